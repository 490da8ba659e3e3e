"""Rows of a list of leads as arrivals that are settled at once, in the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID, uuid5

from django.utils import timezone

from genjin.core.transfer.models import ImportRun
from genjin.customers.models import SourceChannel
from genjin.leads.importing.reading import NewArrival
from genjin.leads.models import Arrival, Channel, Lead
from genjin.leads.services.arriving import Coming, settle, write_arrival
from genjin.organization.models import Person

ROWS = UUID("6f0a3b52-6f0e-4a3a-9a50-0b9f6a4d9c11")  # whose names are a run and a row


def key_of(run: int, row: int) -> UUID:
    """The same for the same row of the same run: what is carried on makes nothing twice."""
    return uuid5(ROWS, f"{run} {row}")


class LeadWriter:
    """Writes the batches of one run."""

    def __init__(self, run: ImportRun, *, at: datetime) -> None:
        self.run, self.at = run, at
        self._sources: dict[str, int] = {}

    def write(self, items: Sequence[NewArrival]) -> None:
        people = Person.objects.in_bulk([item.owner.pk for item in items if item.owner is not None])
        for item in items:
            self._write(item, people[item.owner.pk] if item.owner else None)

    def _write(self, item: NewArrival, owner: Person | None) -> None:
        came_from = {"import": self.run.pk, "row": item.row}
        coming = Coming(
            Channel.IMPORT, self.run.by.unit_id, item.given, came_from, source=self._source(item.source),
            campaign=item.campaign, key=key_of(self.run.pk, item.row),
        )  # fmt: skip
        arrival = write_arrival(coming, by=self.run.by, at=self.at)
        if arrival.lead_id is not None:
            return
        lead = settle(arrival, at=self.at, owner=owner)
        came_at = self._instant(item)
        Arrival.objects.filter(pk=arrival.pk).update(import_run=self.run, at=came_at, last_at=came_at)
        if lead.version == 1:
            # Given out and pushed as of now; when it arrived is what the file says.
            Lead.objects.filter(pk=lead.pk).update(import_run=self.run, arrived_at=came_at, last_arrived_at=came_at)

    def _instant(self, item: NewArrival) -> datetime:
        if item.arrived_on is None or item.arrived_on == timezone.localdate(self.at):
            return self.at
        return datetime.combine(item.arrived_on, time(12), timezone.get_current_timezone())

    def _source(self, name: str) -> int | None:
        """A source by its name, made where there is none."""
        if not name:
            return None
        if name not in self._sources:
            self._sources[name] = SourceChannel.objects.get_or_create(name=name)[0].pk
        return self._sources[name]
