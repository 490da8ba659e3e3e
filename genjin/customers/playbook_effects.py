"""What a changed playbook would do to the customers of today: counted from real rows, nobody is touched.

Three questions however many customers there are: how many of each class a person holds, how many customers of a class
with another cycle count from which day, how many stand in a class that is left out.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Count
from django.db.models.fields.json import KT

from genjin.customers.bulk.renewing import ANCHORS, units_by_variant
from genjin.customers.models import Customer
from genjin.customers.recycling.effects import taken_back
from genjin.organization.calendars import calendars_for
from genjin.organization.models import Person, Unit
from genjin.playbooks import rules
from genjin.playbooks.editions.effects import (
    Above,
    ChangedLimit,
    Effects,
    MovedDates,
    PersonsLoad,
    changed_cycles,
    counterpart,
)
from genjin.playbooks.schema import Playbook
from genjin.playbooks.variant import Variant

Pair = tuple[Variant, Variant]


def effects(before: Playbook, after: Playbook, today: date) -> Effects:
    """Owned open customers of all units that work by the playbook; those merged into another class, closed ones too."""
    pairs: dict[int, Pair] = {}
    known: dict[tuple[str, str], Pair] = {}
    for chosen, units in units_by_variant(before.code).items():
        pair = known.setdefault((chosen.size, chosen.rhythm), (counterpart(before, chosen), counterpart(after, chosen)))
        pairs |= dict.fromkeys(units, pair)
    found = Effects()
    _count_stock(found, before.code, pairs)
    _count_dates(found, before, after, pairs, today)
    gone = [entry.code for entry in before.classes if entry.code not in {each.code for each in after.classes}]
    found.taken_back = taken_back(before, after, list(pairs), today)
    found.merged = standing_in(before.code, gone) if gone else {}
    return found


def standing_in(playbook: str, classes: Collection[str]) -> dict[str, int]:
    """How many customers of a playbook stand in each of these classes, closed ones too."""
    rows = Customer.objects.filter(playbook=playbook, class_code__in=list(classes)).order_by()
    return dict(rows.values_list("class_code").annotate(n=Count("pk")))


def _count_stock(found: Effects, playbook: str, pairs: dict[int, Pair]) -> None:
    held: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Customer.objects.open().filter(owner__isnull=False, playbook=playbook).order_by()
    for owner, code, count in rows.values_list("owner", "class_code").annotate(n=Count("pk")):
        held[owner][code] += count
    people = Person.objects.filter(pk__in=held).select_related("unit").order_by("unit", "name", "pk")
    above: dict[tuple[Pair, tuple[str, ...]], tuple[list[Above], list[Above]]] = {}
    for person in people:
        if person.unit_id not in pairs:
            continue
        pair, counts = pairs[person.unit_id], held[person.pk]
        found.people += 1
        found.customers += counts.total()
        found.loads.append(_load(person, pair, counts))
        for nth, version in enumerate(pair):
            for holding in rules.stock(version, _as_in(version, counts)):
                if holding.state == "above_limit":
                    sides = above.setdefault((pair, holding.classes), ([], []))
                    sides[nth].append(Above(person.name, person.unit.name, holding.held, holding.excess))
    found.limits = [limit for pair in dict.fromkeys(pairs.values()) for limit in _limits(pair, above)]
    found.loads.sort(key=lambda each: each.slots_after - each.after.slackest)


def _as_in(playbook: Variant, counts: Counter[str]) -> Counter[str]:
    """The same customers by the classes they would have."""
    found: Counter[str] = Counter()
    for code, count in counts.items():
        found[rules.map_class(playbook, playbook.code, code).code] += count
    return found


def _load(person: Person, pair: Pair, counts: Counter[str]) -> PersonsLoad:
    before, after = pair
    return PersonsLoad(
        person.name,
        person.unit.name,
        counts.total(),
        person.daily_slots or before.daily_slots,
        person.daily_slots or after.daily_slots,
        rules.load_arithmetic(before, _as_in(before, counts)),
        rules.load_arithmetic(after, _as_in(after, counts)),
    )


def _limits(
    pair: Pair, above: dict[tuple[Pair, tuple[str, ...]], tuple[list[Above], list[Above]]]
) -> list[ChangedLimit]:
    """The limits that differ in one number set."""
    before, after = pair
    held = {cls.counts_with: cls.limit for cls in before.classes}
    changed = []
    for group in dict.fromkeys(cls.counts_with for cls in after.classes):
        limit = after.class_of(group[0]).limit
        if limit == held.get(group):
            continue
        over_before, over_after = above.get((pair, group), ([], []))
        over_after.sort(key=lambda each: -each.excess)
        changed.append(ChangedLimit(group, after.size, held.get(group), limit, len(over_before), tuple(over_after)))
    return changed


def _count_dates(found: Effects, before: Playbook, after: Playbook, pairs: dict[int, Pair], today: date) -> None:
    classes = changed_cycles(before, after)
    if not classes:
        return
    moved = {code: MovedDates(code) for code in classes}
    calendars = calendars_for(Unit.objects.filter(pk__in=pairs))
    rows = (
        Customer.objects.open()
        .filter(owner__isnull=False, playbook=before.code, class_code__in=classes)
        .order_by()
        .annotate(why=KT("due_why__code"), since=KT("due_why__since"))
        .values_list("unit", "class_code", "why", "since", "due_on")
        .annotate(n=Count("pk"))
    )
    for unit, code, why, since, due_on, count in rows:
        if why not in ANCHORS or unit not in pairs:
            continue
        cls = pairs[unit][1].class_of(code)
        new = rules.due(
            cls, anchor=date.fromisoformat(since), anchor_kind=ANCHORS[why], calendar=calendars[unit]
        ).due_on
        line = moved[code]
        line.customers += count
        line.earlier += count if new < due_on else 0
        line.later += count if new > due_on else 0
        line.newly_overdue += count if new < today <= due_on else 0
        line.no_longer_overdue += count if due_on < today <= new else 0
    found.dates = list(moved.values())
