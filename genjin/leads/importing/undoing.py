"""Taking an import of leads back: those nobody has worked since go with all that hung on them; of those that were there
before, the arrival goes and what it filled in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet, Sum

from genjin.core.audit.models import Entry
from genjin.core.audit.services import entry, plain, record_many
from genjin.core.fields.rules import merged
from genjin.core.reasons import Reason
from genjin.core.search import index
from genjin.core.transfer.kinds import Kept, TakenBack, UndoForecast
from genjin.core.transfer.models import ImportRun
from genjin.customers.custom import code_of, is_custom
from genjin.customers.rules import name_key
from genjin.leads.models import Arrival, Lead
from genjin.leads.search import KIND, reindex_lead
from genjin.leads.services.records import FILE, keep, put_back, snapshot

FIRST_KEPT = 50
BY_ARRIVING = ("lead.arrived", "lead.came_again")


class LeadUndo:
    """See `core.transfer.kinds.Undo`; it counts leads."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run

    def forecast(self) -> UndoForecast:
        made = Lead.objects.filter(import_run=self.run).order_by()
        worked = self._worked(made)
        kept = worked.count()
        return UndoForecast(
            made.count() - kept, self._others().count(), kept, self._kept(list(worked.order_by("pk")[:FIRST_KEPT]))
        )

    def _others(self) -> QuerySet:
        """Leads that were there before and of which the file brought one more arrival."""
        keys = Arrival.objects.filter(import_run=self.run, lead__isnull=False).order_by().values("lead")
        return Lead.objects.filter(pk__in=keys).exclude(import_run=self.run).order_by()

    def _worked(self, rows: QuerySet) -> QuerySet:
        """Those that a person has done something with since, or that have arrived by another way, too."""
        done = Entry.objects.filter(kind="lead", subject=OuterRef("pk"), by__isnull=False).exclude(verb__in=BY_ARRIVING)
        elsewhere = Arrival.objects.filter(lead=OuterRef("pk")).exclude(import_run=self.run)
        return rows.filter(Exists(done) | Exists(elsewhere))

    def take_back(self, after: int, limit: int, *, by: Any, at: datetime) -> TakenBack | None:
        made = Lead.objects.filter(import_run=self.run, pk__gt=after).order_by("pk").values_list("pk", flat=True)
        others = self._others().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
        pks = sorted({*made[:limit], *others[:limit]})[:limit]
        if not pks:
            return None
        held = Lead.objects.filter(pk__in=pks).order_by("pk").select_for_update(of=("self",))
        rows = {row.pk: row for row in held}
        worked = list(self._worked(Lead.objects.filter(pk__in=pks, import_run=self.run)).order_by("pk"))
        staying = {row.pk for row in worked}
        gone = [row for row in rows.values() if row.import_run_id == self.run.pk and row.pk not in staying]
        there = [row for row in rows.values() if row.import_run_id != self.run.pk]
        self._remove(gone, by=by, at=at)
        for row in there:
            self._take_off(row, by=by, at=at)
        return TakenBack(pks[-1], removed=len(gone), restored=len(there), kept=self._kept(worked))

    def _remove(self, rows: Sequence[Lead], *, by: Any, at: datetime) -> None:
        pks = [row.pk for row in rows]
        record_many(
            entry(
                by=by, at=at, verb="lead.import_undone", kind="lead", subject=row.pk,
                changes={"called": [row.called, None], "import_run": [self.run.pk, None]},
            )
            for row in rows
        )  # fmt: skip
        index.remove(KIND, pks)
        Lead.objects.filter(pk__in=pks).delete()

    def _take_off(self, row: Lead, *, by: Any, at: datetime) -> None:
        """The arrivals of this import go from a lead that was there; what they filled in, too, unless it was changed
        since."""
        arrivals = Arrival.objects.filter(import_run=self.run, lead=row)
        keys = list(arrivals.values_list("pk", flat=True))
        names = (*FILE, "times", "last_arrived_at", "push_on", "push_why")
        before = snapshot(row, names)
        came = Entry.objects.about("lead", row.pk).filter(verb="lead.came_again").order_by("-pk")
        for each in came:
            if each.changes.get("arrival", [None, None])[1] in keys:
                _give_back(row, each.changes)
        left = Arrival.objects.filter(lead=row).exclude(pk__in=keys).aggregate(times=Sum("times"), last=Max("last_at"))
        row.times, row.last_arrived_at = left["times"] or 1, left["last"] or row.arrived_at
        arrivals.delete()
        keep(row, before, by=by, at=at, verb="lead.arrival_taken_back", changes={"import_run": [self.run.pk, None]})
        reindex_lead(row)

    def _kept(self, rows: Sequence[Lead]) -> list[Kept]:
        """With what a person did last."""
        found: dict[int, Reason] = {}
        entries = Entry.objects.filter(kind="lead", subject__in=[row.pk for row in rows]).exclude(verb="lead.arrived")
        for each in entries.select_related("by").order_by("subject", "-at", "-pk"):
            figures = {"entry": each.pk, "by": each.by.name if each.by else "", "at": each.at.isoformat()}
            found.setdefault(each.subject, Reason("touched_since_import_by", figures | {"verb": each.verb}))
        return [Kept(row.pk, found.get(row.pk, Reason("touched_since_import"))) for row in rows]


def _give_back(row: Lead, changes: dict[str, list[Any]]) -> None:
    """What an arrival moved stands as before, where nobody has moved it since. Saves nothing."""
    now = {name: pair for name, pair in changes.items() if name in (*FILE, "push_on", "push_why")}
    put_back(row, {name: pair[0] for name, pair in now.items() if plain(getattr(row, name)) == pair[1]})
    row.name_key = name_key(row.company) if row.company else ""
    own = {code_of(name): pair for name, pair in changes.items() if is_custom(name)}
    given = {code: pair[0] for code, pair in own.items() if (row.custom or {}).get(code) == pair[1]}
    if given:
        row.custom = merged(row.custom, given)
