"""How soon who asks is called: from arrival to an owner, to accepting, to the first push; in working minutes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from genjin.core.calendar.hours import WorkingHours
from genjin.customers.models import SourceChannel
from genjin.insights.floor import end_of, start_of
from genjin.insights.rules.period import Period
from genjin.leads.capture.models import CaptureForm
from genjin.leads.models import Arrival, Lead
from genjin.organization.hours import hours_of_units
from genjin.organization.models import Person, Unit

MOST = 10_000  # the newest so many are measured, so that the page answers (ours)
SOON, HOUR = 10, 60  # working minutes: the shares that are told (issue 5: "the first call in ten minutes")
BY = ("unit", "person", "source", "form")


@dataclass(slots=True)
class Line:
    """Leads of one unit, person, source or form. The lists have a number for each lead that came so far: minutes from
    its arrival, working ones but for `clock_to_push`."""

    called: str
    arrived: int = 0
    to_owner: list[int] = field(default_factory=list)
    to_accept: list[int] = field(default_factory=list)
    to_push: list[int] = field(default_factory=list)
    clock_to_push: list[int] = field(default_factory=list)

    @property
    def medians(self) -> tuple[float | None, ...]:
        """Half of them took at most so many minutes: to an owner, to accept, to push, to push by the clock."""
        every = (self.to_owner, self.to_accept, self.to_push, self.clock_to_push)
        return tuple(median(each) if each else None for each in every)

    def share_within(self, minutes: int) -> float | None:
        """The share of all that arrived which was pushed within so many working minutes, 0 to 1."""
        return sum(each <= minutes for each in self.to_push) / self.arrived if self.arrived else None


@dataclass(frozen=True, slots=True)
class Measured:
    """`is_cut`: only the newest were measured."""

    lines: list[Line]
    total: Line
    is_cut: bool


def first_contacts(actor: Person, within: Iterable[int], period: Period, *, by: str) -> Measured:
    """Of the leads that the reader sees of these units and that arrived in the period, by one of `BY`.

    What somebody entered for themselves is left out: there was nothing to wait for.
    """
    seen = Lead.objects.visible_to(actor).filter(
        unit__in=within, arrived_at__gte=start_of(period.first), arrived_at__lt=end_of(period.last)
    )
    rows = list(
        seen.exclude(channel="hand")
        .order_by("-arrived_at", "-pk")
        .values_list("pk", "unit", "owner", "source", "arrived_at", "assigned_at", "accepted_at", "first_push_at")[
            : MOST + 1
        ]
    )
    is_cut, rows = len(rows) > MOST, rows[:MOST]
    hours = hours_of_units(Unit.objects.filter(pk__in={row[1] for row in rows}))
    forms = _forms([row[0] for row in rows]) if by == "form" else {}
    lines: dict[Any, Line] = {}
    total = Line("")
    for pk, unit, owner, source, arrived, *moments in rows:
        key = {"unit": unit, "person": owner, "source": source, "form": forms.get(pk)}[by]
        line = lines.setdefault(key, Line(""))
        for each in (line, total):
            _count(each, hours[unit], arrived, *moments)
    called = _names(by, [key for key in lines if key is not None])
    for key, line in lines.items():
        line.called = called.get(key, "")
    return Measured(sorted(lines.values(), key=lambda line: -line.arrived), total, is_cut)


def _count(line: Line, hours: WorkingHours, arrived: Any, assigned: Any, accepted: Any, pushed: Any) -> None:
    line.arrived += 1
    for found, at in ((line.to_owner, assigned), (line.to_accept, accepted), (line.to_push, pushed)):
        if at is not None:
            found.append(hours.between(arrived, at))
    if pushed is not None:
        line.clock_to_push.append(max(int((pushed - arrived).total_seconds() // 60), 0))


def _forms(leads: list[int]) -> dict[int, int]:
    """The form by which each of these leads came first."""
    found: dict[int, int] = {}
    for start in range(0, len(leads), 1000):
        came = Arrival.objects.filter(lead__in=leads[start : start + 1000], form__isnull=False).order_by("-at", "-pk")
        found |= dict(came.values_list("lead", "form"))
    return found


def _names(by: str, keys: list[int]) -> dict[int, str]:
    if by == "source":
        return {row.pk: str(row) for row in SourceChannel.objects.filter(pk__in=keys)}
    model: Any = {"unit": Unit, "person": Person, "form": CaptureForm}[by]
    return dict(model.objects.filter(pk__in=keys).values_list("pk", "name"))
