"""Which customers go back to the pool when, as one condition of the database.

Nothing about it is stored on the customer: a clock that has run out is a date not after the cut-off of its unit's
calendar and its class's rule (`playbooks/rules/recycling.py`), asked when the question is asked. So a changed playbook,
a changed calendar and a changed owner are true in the same moment, with no row to bring along.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from genjin.core.audit.models import Entry
from genjin.core.calendar.rules import WorkingCalendar
from genjin.customers.models import Customer
from genjin.organization.calendars import calendars_for
from genjin.organization.models import Unit
from genjin.playbooks import rules
from genjin.playbooks.editions import current
from genjin.playbooks.editions.models import Edition
from genjin.playbooks.editions.services import content_of, version
from genjin.playbooks.keeping_order import Recycle
from genjin.playbooks.practice import Practice
from genjin.playbooks.services import playbooks_for

# Class code → condition → working days.
BoundsByClass = Mapping[str, Mapping[str, int]]
BEGAN_BY = {
    "no_contact": ("owned_since", "last_effective_on"),
    "no_move_up": ("owned_since", "moved_up_on"),
    "not_won": ("owned_since",),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """Units with one calendar that work by one playbook, and its bounds by class."""

    playbook: str
    calendar: WorkingCalendar
    bounds: BoundsByClass
    units: tuple[int, ...]
    warn_days: int

    @property
    def longest(self) -> int:
        return max((days for bounds in self.bounds.values() for days in bounds.values()), default=0)


def bounds_by_class(recycle: Recycle) -> dict[str, dict[str, int]]:
    """The bounds of a playbook; none while recycling is switched off."""
    return {code: rule.bounds for rule in recycle.rules for code in rule.classes} if recycle.active else {}


def bounds_on(playbook: str, day: date) -> dict[str, dict[str, int]]:
    """The bounds of a playbook as they count on a day: what was tightened on it, or later, counts from the day after.

    `day` is today or has passed.
    """
    now = bounds_by_class(current.current()[playbook].recycle)
    newest = current.stamp()
    if not now or newest is None or newest[1] < beginning_of(day):
        return now
    before = _recycle_before(playbook, beginning_of(day))
    if before is None:
        return now
    held = bounds_by_class(before)
    return {code: both for code, bounds in now.items() if (both := rules.loosened(held.get(code, {}), bounds))}


def _recycle_before(playbook: str, moment: datetime) -> Recycle | None:
    """What the playbook said then; None where it has not been changed since."""
    editions = Edition.objects.filter(playbook=playbook)
    if not editions.filter(made_at__gte=moment).exists():
        return None
    held = editions.filter(made_at__lt=moment).order_by("-pk").first()
    return (content_of(held) if held else version(playbook, 0)).recycle


def beginning_of(day: date) -> datetime:
    """The first instant of a day in the organisation's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def is_anywhere() -> bool:
    """Whether any playbook lets customers go back at all."""
    return any(playbook.recycle.active and playbook.recycle.rules for playbook in current.current().values())


def grounds_on(day: date, units: Iterable[Unit] | None = None) -> list[Ground]:
    """Where customers go back by the rules of a day, of these units or of all. A unit that began to work by another
    playbook on that day, or since, is not among them: its rules count from the next."""
    if not is_anywhere():
        return []
    chosen = list(Unit.objects.all() if units is None else units)
    playbooks, calendars = playbooks_for(unit.pk for unit in chosen), calendars_for(chosen)
    changed = _changed_since(beginning_of(day))
    together: dict[tuple[str, int], list[int]] = defaultdict(list)
    for unit in chosen:
        if unit.pk not in changed:
            together[playbooks[unit.pk].code, id(calendars[unit.pk])].append(unit.pk)
    bounds = {code: bounds_on(code, day) for code in {code for code, _calendar in together}}
    return [
        Ground(code, calendars[some[0]], bounds[code], tuple(some), playbooks[some[0]].recycle.warn_days)
        for (code, _calendar), some in together.items()
        if bounds[code]
    ]


def _changed_since(moment: datetime) -> set[int]:
    """Units whose playbook was adopted, or taken from above, since; with those below them, which may take theirs."""
    verbs = ("playbook_adopted", "playbook_inherited")
    changed = set(Entry.objects.filter(kind="unit", verb__in=verbs, at__gte=moment).values_list("subject", flat=True))
    if not changed:
        return changed
    tree = Unit.tree()
    return {below for unit in changed for below in tree.below(unit)} | changed


def ran_out(grounds: Collection[Ground], day: date) -> Q:
    """Customers that go back in the night after `day`, or should have before it."""
    return _held(grounds, [each for ground in grounds for each in _of_ground(ground, day)])


def leaving(today: date, days: int | None, units: Iterable[Unit] | None = None) -> Q:
    """Customers that go back within so many working days after today: 0 is tonight, None the days in which their owner
    is warned."""
    if days == 0:
        return ran_out(grounds_on(today, units), today)
    conditions: list[Q] = []
    grounds = grounds_on(today + timedelta(days=1), units)
    for ground in grounds:
        within = ground.warn_days if days is None else days
        last = ground.calendar.add(today, within) if within else today
        conditions += _of_ground(ground, last)
    return _held(grounds, conditions)


def ruled(today: date) -> Q:
    """Customers to whom a rule applies, however much time they have."""
    grounds = grounds_on(today + timedelta(days=1))
    conditions = [Q(unit__in=one.units, playbook=one.playbook, class_code__in=list(one.bounds)) for one in grounds]
    return _held(grounds, conditions)


def _held(grounds: Iterable[Ground], conditions: Sequence[Q]) -> Q:
    """Those who are held and meet one of the conditions. The units and classes of all say nothing new, but stand
    outside the "or": by them a database finds the few among a million."""
    if not conditions:
        return Q(pk__in=[])
    units = sorted({unit for ground in grounds for unit in ground.units})
    codes = sorted({code for ground in grounds for code in ground.bounds})
    held = Q(closed_on__isnull=True, owner__isnull=False, won_on__isnull=True)
    return held & Q(unit__in=units, class_code__in=codes) & reduce(or_, conditions)


def _of_ground(ground: Ground, day: date) -> Iterable[Q]:
    """One condition for each set of bounds, whichever classes have it."""
    worked = rules.last_worked(ground.calendar, day)
    classes: dict[tuple[tuple[str, int], ...], list[str]] = defaultdict(list)
    for code, bounds in ground.bounds.items():
        classes[tuple(sorted(bounds.items()))].append(code)
    free = Q(kept_until__isnull=True) | Q(kept_until__lt=worked)
    for some, codes in classes.items():
        clocks = reduce(or_, (_began_by(name, ground.calendar.back(worked, days)) for name, days in some))
        yield Q(unit__in=ground.units, playbook=ground.playbook, class_code__in=codes) & clocks & free


def _began_by(condition: str, day: date) -> Q:
    taken, *happened = BEGAN_BY[condition]
    began = Q(**{f"{taken}__lte": day})
    for field in happened:
        began &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lte": day})
    return began


def clocks_of(customer: Customer) -> rules.Clocks:
    """What the rule judges the customer by."""
    return rules.Clocks(
        taken_on=customer.owned_since if customer.owner_id and customer.is_open else None,
        effective_on=customer.last_effective_on,
        moved_up_on=customer.moved_up_on,
        kept_until=customer.kept_until,
        is_won=customer.won_on is not None,
    )


def goes_back(customer: Customer, practice: Practice, today: date) -> rules.GoesBack | None:
    """When this customer goes back, as its unit works today; None for never."""
    if customer.owner_id is None or customer.playbook != practice.playbook.code:
        return None
    now = bounds_by_class(practice.playbook.recycle).get(customer.class_code)
    if not now:
        return None
    clocks, calendar = clocks_of(customer), practice.calendar
    back = rules.goes_back(now, clocks, calendar)
    if back is None or back.on > today:
        return back
    tonight = rules.goes_back(bounds_on(customer.playbook, today).get(customer.class_code, {}), clocks, calendar)
    return tonight if tonight is not None and tonight.on <= today else _tomorrow(back, calendar, today)


def _tomorrow(back: rules.GoesBack, calendar: WorkingCalendar, today: date) -> rules.GoesBack:
    """A rule that is new today counts from the next day on."""
    return replace(back, on=calendar.next_working(today + timedelta(days=1)))
