"""Taking an import of customers back: those nobody touched since are gone with all that hung on them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from genjin.core.audit.models import Entry
from genjin.core.audit.services import entry, record_many
from genjin.core.reasons import Reason
from genjin.core.search import index
from genjin.core.transfer import bulk
from genjin.core.transfer.kinds import Kept, TakenBack, UndoForecast
from genjin.core.transfer.models import ImportRun
from genjin.customers import hanging
from genjin.customers.models import Customer
from genjin.customers.search import KIND

FIRST_KEPT = 50
MADE_BY_IMPORT = 1  # the version a customer is created with


class CustomerUndo:
    """See `core.transfer.kinds.Undo`."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run

    def forecast(self) -> UndoForecast:
        created = Customer.objects.filter(import_run=self.run).order_by()
        kept = created.filter(~Q(version=MADE_BY_IMPORT) | hanging.touched(self.run))
        first = dict(kept.order_by("pk").values_list("pk", "version")[:FIRST_KEPT])
        keep = kept.count()
        return UndoForecast(created.count() - keep, 0, keep, self._kept(first))

    def take_back(self, after: int, limit: int, *, by: Any, at: datetime) -> TakenBack | None:
        created = Customer.objects.filter(import_run=self.run, pk__gt=after).order_by("pk").select_for_update()
        rows = list(created.values_list("pk", "version", "name")[:limit])
        if not rows:
            return None
        kept = self._kept({pk: version for pk, version, _name in rows})
        staying = {one.subject for one in kept}
        gone = {pk: name for pk, _version, name in rows if pk not in staying}
        self._remove(gone, by=by, at=at)
        return TakenBack(rows[-1][0], removed=len(gone), kept=kept)

    def _kept(self, versions: Mapping[int, int]) -> list[Kept]:
        """Those that somebody touched since, each with who did what last."""
        reasons = dict(hanging.touched_among(versions, self.run))
        for pk, version in versions.items():
            if version != MADE_BY_IMPORT:
                reasons.setdefault(pk, Reason("touched_since_import"))
        told = last_touches(list(reasons))
        return [Kept(pk, told.get(pk, reason)) for pk, reason in sorted(reasons.items())]

    def _remove(self, names: Mapping[int, str], *, by: Any, at: datetime) -> None:
        pks = list(names)
        hanging.take_away(pks)
        index.remove(KIND, pks)
        bulk.delete_rows(Customer, "id", pks)
        record_many(
            entry(
                by=by, at=at, verb="customer.import_undone", kind="customer", subject=pk,
                changes={"name": [name, None], "import_run": [self.run.pk, None]},
            )
            for pk, name in names.items()
        )  # fmt: skip


def last_touches(pks: Sequence[int]) -> dict[int, Reason]:
    """What was last done to each of these customers after it was imported, as the audit trail has it."""
    found: dict[int, Reason] = {}
    entries = Entry.objects.filter(kind="customer", subject__in=pks).exclude(verb="customer.imported")
    fields = ("subject", "pk", "verb", "at", "by__name")
    for subject, pk, verb, at, name in entries.order_by("subject", F("at").desc(), "-pk").values_list(*fields):
        if subject not in found:
            figures = {"entry": pk, "verb": verb, "by": name or "", "at": at.isoformat()}
            found[subject] = Reason("touched_since_import_by", figures)
    return found
