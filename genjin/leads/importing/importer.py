"""A pass over a list of leads: each row is read, told whether its lead is there already, and arrives."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from genjin.core.reasons import Refused
from genjin.core.transfer.kinds import CellWrong, Judged, Row
from genjin.core.transfer.models import ImportRun
from genjin.core.transfer.runs import as_problem
from genjin.customers.importing.custom import mapped
from genjin.customers.importing.days import DayColumn
from genjin.customers.importing.directory import Directory
from genjin.customers.importing.importer import columns
from genjin.customers.importing.questions import day_questions, settled_orders
from genjin.leads.importing.fields import ARRIVED_ON, WHO
from genjin.leads.importing.reading import LeadReader, NewArrival
from genjin.leads.importing.writing import LeadWriter
from genjin.leads.models import Lead
from genjin.organization.models import Person

SHOWN = 20


class LeadImporter:
    """See `core.transfer.kinds.Importer`. A batch is judged by what the one before it has written."""

    judges_ahead = False

    def __init__(self, run: ImportRun, *, at: datetime, for_real: bool) -> None:
        self.run, self.for_real = run, for_real
        self.columns = columns(run)
        custom, orders = mapped(self.columns, "lead"), run.options.get("day_orders", {})
        of_days = [ARRIVED_ON, *(name for name, each in custom.items() if each.kind == "date")]
        self.days = {name: DayColumn(name, orders.get(self.title(name), "")) for name in of_days}
        self.directory = Directory(run.by, run.options.get("owners"), run.options.get("owners_rest"))
        self.reader = LeadReader(self.directory, self.columns, custom, self.days, timezone.localdate(at))
        self.writer = LeadWriter(run, at=at)
        self._seen: set[str] = set()
        self._first: list[dict[str, Any]] = []
        self._counts = {"again": 0, "in_file": 0, "owned": 0}

    def judge(self, rows: Sequence[Row]) -> Judged:
        judged = Judged()
        read: list[NewArrival] = []
        for row in rows:
            try:
                read.append(self.reader.read(row))
            except CellWrong as wrong:
                judged.problems.append(as_problem(row, self.run, *(self.reader.wrongs(row) or [wrong])))
        there = _open_with(read)
        for item in read:
            keys = {key for key in (item.phone, item.email) if key}
            item.is_there = not there.isdisjoint(keys)
            item.in_file = not item.is_there and not self._seen.isdisjoint(keys)
            self._seen |= keys
        judged.items = read
        if not self.for_real:
            self._count(read)
        return judged

    def _count(self, items: Sequence[NewArrival]) -> None:
        self._counts["again"] += sum(item.is_there or item.in_file for item in items)
        self._counts["in_file"] += sum(item.in_file for item in items)
        self._counts["owned"] += sum(item.owner is not None and not (item.is_there or item.in_file) for item in items)
        for item in items[: SHOWN - len(self._first)]:
            self._first.append(
                {
                    "row": item.row,
                    "called": item.called,
                    "person": item.given.get("person_name", ""),
                    "phone": item.phone,
                    "email": item.email,
                    "wants": " ".join(item.given.get("wants", "").split())[:80] or item.given.get("product", ""),
                    "owner": item.owner.name if item.owner else "",
                    "is_there": item.is_there or item.in_file,
                }
            )

    def still_holds(self, items: Sequence[NewArrival]) -> bool:
        """Whether the owners may hold leads still, and nobody has entered or ended one of these meanwhile."""
        there = _open_with(items)
        if any(item.is_there == there.isdisjoint({item.phone, item.email} - {""}) for item in items):
            return False
        owners = {item.owner.pk for item in items if item.owner is not None}
        return Person.objects.holding_customers().filter(pk__in=owners).count() == len(owners)

    def write(self, items: Sequence[NewArrival]) -> None:
        self.writer.write(items)

    def finish(self, *, at: datetime) -> None:
        """Nothing is left that only the whole file could tell."""

    def settle(self) -> dict[str, Any]:
        return settled_orders(self.days, self.run, self.title)

    def findings(self) -> dict[str, Any]:
        return {
            **self._counts,
            "leads": self._first,
            "days": day_questions(self.days, self.run, self.title),
        }

    def title(self, field: str) -> str:
        """What the file calls the column of a field."""
        places = self.columns.get(field)
        return self.run.header[places[0]] if places else ""


def _open_with(items: Collection[NewArrival]) -> set[str]:
    """The phones and e-mails of these that open leads have."""
    phones = {item.phone for item in items if item.phone}
    emails = {item.email for item in items if item.email}
    same = Lead.objects.open().filter(Q(phone__in=phones) | Q(email__in=emails)).order_by()
    return {key for pair in same.values_list("phone", "email") for key in pair if key}


def verify(run: ImportRun) -> None:
    """Raise Refused when no column says whom a row is about."""
    if not set(WHO).intersection(columns(run)):
        raise Refused("lead_columns_say_nobody")
