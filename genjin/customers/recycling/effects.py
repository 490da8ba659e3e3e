"""Whom changed rules of going back would take in their first night: counted from today's rows, nobody is touched."""

from collections import Counter
from datetime import date, timedelta

from django.db.models import Count, Q

from genjin.customers.models import SILENT_SINCE, Customer
from genjin.customers.recycling.clocks import BoundsByClass, Ground, bounds_by_class, clocks_of, ran_out
from genjin.organization.calendars import calendars_for
from genjin.organization.models import Person, Unit
from genjin.playbooks import rules
from genjin.playbooks.editions.effects import Example, TakenBack, TakenFrom
from genjin.playbooks.schema import Playbook

EXAMPLES = 10


def taken_back(before: Playbook, after: Playbook, units: list[int], today: date) -> TakenBack | None:
    """The first night of the new rules beside what the rules of now would take in it; None where no rule changes."""
    held, wanted = bounds_by_class(before.recycle), bounds_by_class(after.recycle)
    if held == wanted:
        return None
    if not units:
        return TakenBack(today)
    chosen = list(Unit.objects.filter(pk__in=units))
    first = min(
        calendar.next_working(today + timedelta(days=1)) for calendar in calendars_for(chosen).values()
    )  # of several weeks the first to have a night
    now, then = (_condition(before.code, bounds, chosen, today) for bounds in (held, wanted))
    rows = Customer.objects.filter(then).order_by()
    by_class: Counter[str] = Counter()
    by_person: Counter[int] = Counter()
    for owner, code, count in rows.values_list("owner", "class_code").annotate(n=Count("pk")):
        by_class[code] += count
        by_person[owner] += count
    stood = dict(Customer.objects.filter(now).order_by().values_list("class_code").annotate(n=Count("pk")))
    return TakenBack(
        first,
        {code: (stood.get(code, 0), by_class[code]) for code in sorted({*stood, *by_class}, key=_rank(after, before))},
        _people(by_person),
        _examples(rows, wanted, chosen),
    )


def _rank(after: Playbook, before: Playbook):
    ladder = [entry.code for entry in (*after.classes, *before.classes)]
    return lambda code: ladder.index(code) if code in ladder else len(ladder)


def _condition(playbook: str, bounds: BoundsByClass, units: list[Unit], today: date) -> Q:
    """As of the end of each unit's next working day."""
    if not bounds:
        return Q(pk__in=[])
    calendars = calendars_for(units)
    together: dict[int, list[int]] = {}
    for unit in units:
        together.setdefault(id(calendars[unit.pk]), []).append(unit.pk)
    found = Q(pk__in=[])
    for some in together.values():
        ground = Ground(playbook, calendars[some[0]], bounds, tuple(some), 0)
        found |= ran_out([ground], ground.calendar.next_working(today + timedelta(days=1)))
    return found


def _people(by_person: Counter[int]) -> tuple[TakenFrom, ...]:
    """Whose customers they are, who loses most first."""
    people = Person.objects.select_related("unit").in_bulk(list(by_person))
    ordered = sorted(by_person.items(), key=lambda each: (-each[1], each[0]))
    return tuple(TakenFrom(people[pk].name, people[pk].unit.name, count) for pk, count in ordered)


def _examples(rows, bounds: BoundsByClass, units: list[Unit]) -> tuple[Example, ...]:
    """Those who were not reached for longest, each with the reason."""
    calendars = calendars_for(units)
    found = []
    for row in rows.select_related("owner").order_by(SILENT_SINCE, "pk")[:EXAMPLES]:
        back = rules.goes_back(bounds[row.class_code], clocks_of(row), calendars[row.unit_id])
        if back is not None and row.owner is not None:
            found.append(Example(row.pk, row.name, row.class_code, row.owner.name, back.reason))
    return tuple(found)
