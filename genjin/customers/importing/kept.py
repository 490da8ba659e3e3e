"""The customers that undoing an import keeps, as a page lists them: which, who touched it, what was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from genjin.core.audit.models import Entry
from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import Kept
from genjin.core.transfer.models import ImportRun, KeptRecord
from genjin.customers.history import tell
from genjin.customers.importing.faces import face_of
from genjin.customers.models import Customer
from genjin.web.wording import word

SHOWN_KEPT = 200


@dataclass(frozen=True, slots=True)
class KeptRow:
    """`customer` is None where the reader may not see it (any more); then nothing is told of it but that it stays."""

    customer: Customer | None
    who: str
    what: str
    at: Any
    is_part: bool


def kept_of(run: ImportRun, kept: Iterable[Kept | KeptRecord], actor: Any) -> list[Any]:
    """The kept ones as the kind of list shows them."""
    face = face_of(run)
    return (face.kept_rows if face and face.kept_rows else kept_rows)(kept, actor)


def kept_rows(kept: Iterable[Kept | KeptRecord], actor: Any) -> list[KeptRow]:
    """The kept ones in the reader's scope and language."""
    asked = [(one.subject, _reason(one), one.is_part) for one in kept]
    customers = Customer.objects.visible_to(actor).in_bulk([pk for pk, _reason, _part in asked])
    entries = Entry.objects.select_related("by").in_bulk(
        [reason.figures["entry"] for _pk, reason, _part in asked if "entry" in reason.figures]
    )
    return [
        _row(customers.get(pk), reason, entries.get(reason.figures.get("entry", 0)), actor, is_part=part)
        for pk, reason, part in asked
    ]


def _reason(one: Kept | KeptRecord) -> Reason:
    if isinstance(one, Kept):
        return one.reason
    reason = Reason.from_json(one.reason)
    assert reason is not None
    return reason


def _row(customer: Customer | None, reason: Reason, entry: Entry | None, reader: Any, *, is_part: bool) -> KeptRow:
    if customer is None:
        return KeptRow(None, "", _("belongs to a colleague"), None, is_part)
    if entry is None:
        return KeptRow(customer, "", word(reason), None, is_part)
    told = tell([entry], customer, reader)[0]
    what = _("Wrote a note") if entry.verb == "touch.saved" else told.sentence
    return KeptRow(customer, told.who, what, entry.at, is_part)
