"""Taking an import of customers back: those nobody touched since go with all that hung on them, and those it changed
get back what stood before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from genjin.core.audit.models import Entry
from genjin.core.audit.services import entry, record_many
from genjin.core.reasons import Reason
from genjin.core.search import index
from genjin.core.transfer import bulk
from genjin.core.transfer.kinds import Kept, TakenBack, UndoForecast
from genjin.core.transfer.models import ImportRun
from genjin.customers import hanging
from genjin.customers.importing.updating.giving_back import give_back, merged_changes
from genjin.customers.models import Customer, ImportedChange
from genjin.customers.search import KIND
from genjin.customers.services.restoring import Ground

FIRST_KEPT = 50
MADE_BY_IMPORT = 1  # the version a customer is created with


class CustomerUndo:
    """See `core.transfer.kinds.Undo`."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run

    def forecast(self) -> UndoForecast:
        created = self._with_its_version(Customer.objects.filter(import_run=self.run).order_by())
        touched = created.filter(~Q(version=F("imported_version")) | hanging.touched(self.run))
        changes = ImportedChange.objects.filter(run=self.run).values("customer")
        others = Customer.objects.filter(pk__in=changes).exclude(pk__in=created.values("pk")).order_by()
        changed = self._with_its_version(others)
        later = changed.exclude(version=F("imported_version"))
        kept, part = touched.count(), later.count()
        first = dict.fromkeys(touched.order_by("pk").values_list("pk", flat=True)[:FIRST_KEPT], False)
        first |= dict.fromkeys(later.order_by("pk").values_list("pk", flat=True)[:FIRST_KEPT], True)
        told = last_touches(list(first))
        return UndoForecast(
            created.count() - kept,
            changed.count(),
            kept,
            [Kept(pk, told.get(pk, Reason("touched_since_import")), is_part=first[pk]) for pk in sorted(first)][
                :FIRST_KEPT
            ],
            part=part,
        )

    def _with_its_version(self, rows: QuerySet) -> QuerySet:
        """Each customer with the version that the import left it in."""
        changes = ImportedChange.objects.filter(run=self.run, customer=OuterRef("pk")).order_by()
        last = Subquery(changes.values("customer").annotate(last=Max("version")).values("last"))
        return rows.annotate(imported_version=Coalesce(last, MADE_BY_IMPORT))

    def take_back(self, after: int, limit: int, *, by: Any, at: datetime) -> TakenBack | None:
        pks = self._next(after, limit)
        if not pks:
            return None
        merged = merged_changes(self.run, pks)
        ground = Ground({pk: one.before for pk, one in merged.items()})
        rows = {row.pk: row for row in Customer.objects.filter(pk__in=pks).order_by("pk").select_for_update()}
        created = {pk: row for pk, row in rows.items() if row.import_run_id == self.run.pk}
        changed = {pk: row for pk, row in rows.items() if pk in merged and pk not in created}
        versions = {pk: merged[pk].version if pk in merged else MADE_BY_IMPORT for pk in created}
        kept = self._touched(created, versions)
        staying = {one.subject for one in kept}
        gone = {pk: row.name for pk, row in created.items() if pk not in staying}
        self._remove(gone, by=by, at=at)
        given = give_back(self.run, changed, merged, ground, by=by, at=at)
        told = last_touches([*given.kept, *given.part])
        for pk in sorted(given.kept | given.part):
            kept.append(Kept(pk, told.get(pk, Reason("touched_since_import")), is_part=pk in given.part))
        return TakenBack(pks[-1], removed=len(gone), restored=len(given.whole | given.part), kept=kept)

    def _next(self, after: int, limit: int) -> list[int]:
        """The next customers that the import made or changed."""
        made = Customer.objects.filter(import_run=self.run, pk__gt=after).order_by("pk")
        changes = ImportedChange.objects.filter(run=self.run, customer__gt=after).order_by("customer")
        changed = changes.values_list("customer", flat=True).distinct()
        return sorted({*made.values_list("pk", flat=True)[:limit], *changed[:limit]})[:limit]

    def _touched(self, rows: Mapping[int, Customer], versions: Mapping[int, int]) -> list[Kept]:
        """Those that somebody touched since, each with who did what last."""
        reasons = dict(hanging.touched_among(rows, self.run))
        for pk, row in rows.items():
            if row.version != versions[pk]:
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


class ContactUndo(CustomerUndo):
    """The same for contact people: those of a customer go together, unless it was touched since."""

    def forecast(self) -> UndoForecast:
        found = super().forecast()
        first = [replace(one, is_part=False) for one in found.first_kept]
        return UndoForecast(found.remove, found.restore - found.part, found.keep + found.part, first)


def last_touches(pks: Sequence[int]) -> dict[int, Reason]:
    """What a person last did to each of these customers, as the audit trail has it; imports name themselves there."""
    found: dict[int, Reason] = {}
    entries = Entry.objects.filter(kind="customer", subject__in=pks).exclude(changes__has_key="import_run")
    fields = ("subject", "pk", "verb", "at", "by__name")
    for subject, pk, verb, at, name in entries.order_by("subject", F("at").desc(), "-pk").values_list(*fields):
        if subject not in found:
            figures = {"entry": pk, "verb": verb, "by": name or "", "at": at.isoformat()}
            found[subject] = Reason("touched_since_import_by", figures)
    return found
