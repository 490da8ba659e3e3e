"""Taking an import of contacts back: they go, and each customer gets back the dates and figures that stood before.

A customer who was touched since keeps its contacts and is listed: its dates have moved on from them.
"""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, Max, OuterRef, QuerySet, Subquery

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import Kept, TakenBack, UndoForecast
from genjin.core.transfer.models import ImportRun
from genjin.customers.importing.undoing import FIRST_KEPT, last_touches
from genjin.customers.importing.updating.giving_back import give_back, merged_changes
from genjin.customers.models import Customer, ImportedChange
from genjin.customers.services.restoring import Ground
from genjin.followups.models import Touch


class ContactsMadeUndo:
    """See `core.transfer.kinds.Undo`; it counts customers."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run

    def forecast(self) -> UndoForecast:
        told = self._customers()
        touched = told.exclude(version=F("imported_version"))
        kept = touched.count()
        first = list(touched.order_by("pk").values_list("pk", flat=True)[:FIRST_KEPT])
        return UndoForecast(0, told.count() - kept, kept, self._kept(first))

    def _customers(self) -> QuerySet:
        """Everybody the file told of, with the version that the import left."""
        changes = ImportedChange.objects.filter(run=self.run, customer=OuterRef("pk")).order_by()
        last = Subquery(changes.values("customer").annotate(last=Max("version")).values("last"))
        keys = ImportedChange.objects.filter(run=self.run).values("customer")
        return Customer.objects.filter(pk__in=keys).order_by().annotate(imported_version=last)

    def take_back(self, after: int, limit: int, *, by: Any, at: datetime) -> TakenBack | None:
        changes = ImportedChange.objects.filter(run=self.run, customer__gt=after).order_by("customer")
        pks = list(changes.values_list("customer", flat=True).distinct()[:limit])
        if not pks:
            return None
        merged = merged_changes(self.run, pks)
        ground = Ground({pk: one.before for pk, one in merged.items()})
        rows = {row.pk: row for row in Customer.objects.filter(pk__in=pks).order_by("pk").select_for_update()}
        untouched = {pk: row for pk, row in rows.items() if row.version == merged[pk].version}
        given = give_back(self.run, untouched, merged, ground, by=by, at=at)
        self._remove_contacts(sorted(given.whole))
        kept = sorted(rows.keys() - given.whole)
        return TakenBack(pks[-1], restored=len(given.whole), kept=self._kept(kept))

    def _remove_contacts(self, customers: list[int]) -> None:
        if not customers:
            return
        marks = ", ".join(["%s"] * len(customers))
        table = connection.ops.quote_name(Touch._meta.db_table)
        statement = f"DELETE FROM {table} WHERE import_run_id = %s AND customer_id IN ({marks})"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(statement, [self.run.pk, *customers])

    def _kept(self, customers: list[int]) -> list[Kept]:
        told = last_touches(customers)
        return [Kept(pk, told.get(pk, Reason("touched_since_import"))) for pk in customers]
