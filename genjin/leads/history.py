"""The audit record of leads in words: every verb a sentence, every field a word."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from genjin.core.audit.models import Entry
from genjin.core.reasons import Reason
from genjin.customers.models import Customer, SourceChannel
from genjin.leads.custom import changes_told
from genjin.leads.models import Judgement, Lead, Outcome
from genjin.leads.queues.models import Queue
from genjin.organization.models import Person, Unit
from genjin.web import formats
from genjin.web.wording import word

VERBS: dict[str, tuple[str, Any]] = {
    "lead.changed": ("note", _("Changed what it says")),
    "lead.accepted": ("check", _("Accepted")),
    "lead.given": ("swap", _("Given to somebody")),
    "lead.laid_back": ("pool", _("Laid into a queue")),
    "lead.handed_over": ("swap", _("Handed over by somebody who left")),
    "lead.push_undone": ("undo", _("Took a push back")),
    "lead.merged": ("users", _("Took in another lead")),
    "lead.merged_into": ("users", _("Became part of another lead")),
    "lead.merge_undone": ("undo", _("Gave back a lead that it had taken in")),
    "lead.taken_apart": ("undo", _("Is a lead of its own again")),
    "lead.import_undone": ("undo", _("Undid the import")),
    "lead.arrival_taken_back": ("undo", _("Undid the import of one arrival")),
    "lead.ended": ("x", _("Ended")),
    "lead.reopened": ("refresh", _("Opened again")),
}
KEYS: dict[str, Any] = {
    "owner_id": Person, "queue_id": Queue, "unit_id": Unit, "source_id": SourceChannel, "referred_by_id": Customer,
    "matched_id": Customer, "customer_id": Customer,
}  # fmt: skip
# What a reader is told of a change; the rest follows from it or is said by its own row.
SHOWN = (
    "company", "person_name", "title", "phone", "phone_text", "email", "wechat", "province", "city", "product", "wants",
    "language", "source_id", "campaign", "referred_by_id", "owner_id", "queue_id", "judgement", "push_on", "visit_at",
    "outcome", "customer_id", "assigned_why",
)  # fmt: skip


def register_verbs(verbs: Mapping[str, tuple[str, Any]]) -> None:
    """Words of what another part of leads records: verb → icon and sentence."""
    VERBS.update(verbs)


@dataclass(frozen=True, slots=True)
class Change:
    label: Any
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words; `who` is "" where a rule did it."""

    entry: Entry
    who: str
    icon: str
    sentence: Any
    changes: Sequence[Change]


def tell(entries: Iterable[Entry], reader: Person) -> list[Told]:
    """Entries in the reader's language; of custom fields those that the reader's role sees."""
    rows = list(entries)
    names, own = names_in(row.changes for row in rows), changes_told(rows, reader)
    return [_told(entry, names, own[place]) for place, entry in enumerate(rows)]


def _told(entry: Entry, names: dict[str, dict[int, str]], own: Iterable[tuple[str, str, str]]) -> Told:
    icon, sentence = VERBS[entry.verb]
    changes = [
        Change(label_of(field), worded(field, pair[0], names), worded(field, pair[1], names))
        for field in SHOWN
        if (pair := entry.changes.get(field)) is not None
    ]
    shown = [each for each in (*changes, *(Change(*told) for told in own)) if each.before != each.after]
    return Told(entry, entry.by.name if entry.by else "", icon, sentence, shown)


def label_of(field: str) -> Any:
    if field == "assigned_why":
        return _("why")
    return Lead._meta.get_field(field.removesuffix("_id")).verbose_name  # type: ignore[union-attr]


def names_in(changes: Iterable[Mapping[str, Any]]) -> dict[str, dict[int, str]]:
    wanted: dict[str, set[int]] = {field: set() for field in KEYS}
    for each in changes:
        for field in KEYS:
            wanted[field].update(key for key in each.get(field, ()) if isinstance(key, int))
    return {
        field: {row.pk: str(row) for row in KEYS[field]._default_manager.filter(pk__in=keys)} if keys else {}
        for field, keys in wanted.items()
    }


def worded(field: str, value: Any, names: dict[str, dict[int, str]]) -> str:
    if value in (None, "", {}):
        return ""
    if field in KEYS:
        return names[field].get(value, str(value))
    if field == "assigned_why":
        reason = Reason.from_json(value)
        return str(word(reason)) if reason else ""
    if field == "push_on":
        return formats.day_weekday(str(value))
    if field == "visit_at":
        at = parse_datetime(str(value))
        return formats.moment(at) if at else str(value)
    choices: dict[str, Any] = {"judgement": Judgement, "outcome": Outcome}
    return str(dict(choices[field].choices).get(value, value)) if field in choices else str(value)
