"""A pass over a customer list: rows are read, those already there are set apart, the others are written."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from genjin.core.reasons import Refused
from genjin.core.transfer.kinds import CellWrong, Judged, Row, kind_of
from genjin.core.transfer.mapping import columns_of
from genjin.core.transfer.models import ImportRun
from genjin.core.transfer.runs import as_problem
from genjin.customers.importing.directory import Directory
from genjin.customers.importing.duplicates import Duplicates
from genjin.customers.importing.fields import NAME
from genjin.customers.importing.rows import Choices, NewCustomer, RowReader
from genjin.customers.importing.standing import Standings
from genjin.customers.importing.tally import Tally, reaches
from genjin.customers.importing.writing import Writer, hold_owners
from genjin.customers.models import Customer, Phone, Pool
from genjin.organization.models import Unit


class CustomerImporter:
    """One pass; see `core.transfer.kinds.Importer`."""

    def __init__(self, run: ImportRun, *, at: datetime, for_real: bool) -> None:
        self.run, self.for_real, self.today = run, for_real, timezone.localdate(at)
        self.kind = kind_of(run)
        self.columns = columns(run)
        self.standings = Standings(self.today)
        self.writer = Writer(run=run.pk, by=run.by, at=at, today=self.today)
        self.directory = Directory(run.by)
        choices = choices_of(run, self.directory)
        self.reader = RowReader(self.directory, self.standings, choices, self.kind.additions, self.columns)
        self.tally = Tally(self.directory, self.today)
        self.duplicates = Duplicates(
            run=run.pk, scope=run.by.scope, names=lambda pk: self.directory.people[pk].name, titles=self._title
        )
        self._rooms: dict[int, int] = {}
        self._stored = last_stored()
        self._pools = {pool.unit_id: pool for pool in Pool.objects.all()}

    def judge(self, rows: Sequence[Row]) -> Judged:
        if self.for_real:
            self.directory.refresh()
        read: list[NewCustomer] = []
        judged = Judged()
        for row in rows:
            try:
                read.append(self.reader.read(row, self.today))
            except CellWrong as wrong:
                judged.problems.append(as_problem(row, self.run, wrong))
        judged.items, known = self.duplicates.divide(read)
        judged.problems += known
        if self.run.options.get("excess_to_pool"):
            for item in judged.items:
                self._send_excess_to_pool(item)
        if not self.for_real:
            self.tally.count(judged.items, judged.problems)
        return judged

    def still_holds(self, items: Sequence[NewCustomer]) -> bool:
        stored = last_stored()
        if stored != self._stored:
            customers, phones = self._stored
            self.duplicates.learn_of_others(customers=customers, phones=phones)
            self._stored = stored
        return not self.duplicates.meets_others(items) and hold_owners({item.owner.pk for item in items if item.owner})

    def write(self, items: Sequence[NewCustomer]) -> None:
        self.writer.write(items)
        self._stored = last_stored()

    def findings(self) -> dict[str, Any]:
        return self.tally.as_json()

    def _send_excess_to_pool(self, item: NewCustomer) -> None:
        """A new customer that its owner could not reach in time lies in the pool of the owner's unit instead."""
        owner = item.owner
        if owner is None or not item.is_new:
            return
        if owner.pk not in self._rooms:
            self._rooms[owner.pk] = reaches(self.directory, [owner])[owner.pk].room
        if self._rooms[owner.pk] > 0:
            self._rooms[owner.pk] -= 1
            return
        if item.standing and item.standing.planned_on:
            item.lost_plan = True
        item.owner, item.standing, item.pool = None, None, self._pools[owner.unit]
        self.tally.beyond_reach += 1

    def _title(self, field: str) -> str:
        places = self.columns.get(field)
        return self.run.header[places[0]] if places else ""


def last_stored() -> tuple[int, int]:
    """The highest keys of customers and phones: they grow whenever anybody adds one."""
    customer = Customer.objects.order_by("-pk").values_list("pk", flat=True).first()
    return customer or 0, Phone.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def columns(run: ImportRun) -> dict[str, list[int]]:
    return columns_of(run.mapping, run.header, kind_of(run).all_fields())


def verify(run: ImportRun) -> None:
    """Raise Refused when the file cannot be taken so."""
    choices_of(run, Directory(run.by))


def choices_of(run: ImportRun, directory: Directory) -> Choices:
    """How the rows are taken, from the run's options. Refused when they no longer hold, or when names are missing."""
    options = run.options
    has_name = NAME in columns(run)
    name_from_row = bool(options.get("name_from_row")) and not has_name
    if not has_name and not name_from_row:
        raise Refused("name_column_missing")
    pool = owner = None
    if options.get("pool"):
        units = Unit.objects.visible_to(run.by)
        pool = Pool.objects.filter(pk=options["pool"], unit__in=units).first()
        if pool is None:
            raise Refused("pool_outside_scope")
    if options.get("give_to") == "person":
        owner = directory.people.get(options.get("owner") or 0)
        if owner is None or owner.refusal:
            raise Refused(owner.refusal if owner else "owner_missing", name=owner.name if owner else "")
    return Choices(
        kind=options.get("kind") or "org",
        name_from_row=name_from_row,
        file_stem=Path(run.file_name).stem[:40],
        owner=owner,
        pool=pool,
        all_to_pool=options.get("give_to") == "pool",
    )
