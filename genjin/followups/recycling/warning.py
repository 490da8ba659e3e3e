"""Who of one person's customers goes back soon, and what last night took of them: for their day."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max

from genjin.core.calendar.rules import WorkingCalendar
from genjin.customers.models import Customer
from genjin.customers.recycling.clocks import is_anywhere, leaving
from genjin.customers.recycling.reading import Going, going_of
from genjin.followups.recycling.models import RecycledCustomer, RecycleRun
from genjin.organization.calendars import calendar_for
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice

MOST = 500
JUDGED_BY = (
    "playbook", "class_code", "owner", "owned_since", "last_effective_on", "moved_up_on", "kept_until", "won_on",
    "closed_on",
)  # fmt: skip


def going_soon(person: Person, practice: Practice, today: date) -> dict[int, Going]:
    """A person's customers in the days in which they are warned, who goes first first."""
    if not practice.playbook.recycle.active:
        return {}
    near = Customer.objects.owned_by(person).filter(leaving(today, None, [person.unit])).only(*JUDGED_BY)
    found = [(row.pk, going) for row in near[:MOST] if (going := going_of(row, practice, today))]
    return dict(sorted(found, key=lambda each: (each[1].on, each[0])))


@dataclass(frozen=True, slots=True)
class LastNight:
    """How many customers went back in the nights since the last working day; `run` where they are of one."""

    customers: int
    run: int | None


def taken_last_night(person: Person, practice: Practice, today: date) -> LastNight | None:
    """What the last night took of a person's own customers; None for nothing."""
    rows = RecycledCustomer.objects.filter(
        owner=person, run__on__gte=_last_day(practice.calendar, today), given_back_at=None
    )
    found = rows.aggregate(n=Count("pk"), run=Max("run")) if is_anywhere() else {"n": 0}
    return LastNight(found["n"], found["run"]) if found["n"] else None


def taken_from_units(person: Person, today: date) -> LastNight | None:
    """What the last night took in the units that a person leads; None for nothing."""
    if not is_anywhere():
        return None
    nights = RecycleRun.objects.visible_to(person).filter(
        moved__gt=0, on__gte=_last_day(calendar_for(person.unit), today)
    )
    runs = dict(nights.order_by("pk").values_list("pk", "moved"))
    return LastNight(sum(runs.values()), next(iter(runs)) if len(runs) == 1 else None) if runs else None


def taken_by_owner(person: Person, today: date) -> list[tuple[str, int]]:
    """From whom the last night took how many in the units that a person leads, the most first; what was given back
    since is not counted."""
    if not is_anywhere():
        return []
    nights = RecycleRun.objects.visible_to(person).filter(
        moved__gt=0, on__gte=_last_day(calendar_for(person.unit), today)
    )
    taken = RecycledCustomer.objects.filter(run__in=nights, given_back_at=None).exclude(owner=person).order_by()
    found = taken.values_list("owner__name").annotate(n=Count("pk"))
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _last_day(calendar: WorkingCalendar, today: date) -> date:
    return rules.last_worked(calendar, today - timedelta(days=1))
