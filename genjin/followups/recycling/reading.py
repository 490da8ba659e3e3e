"""What pages say about going back: the nights, whom they took, who is near it, by which rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from genjin.customers.classes import Rung, rung_of
from genjin.customers.listing import leads
from genjin.customers.models import Customer, CustomerQuerySet
from genjin.customers.recycling.clocks import is_anywhere, leaving
from genjin.followups.recycling.models import RecycledCustomer, RecycleRun
from genjin.organization.models import Person, Unit
from genjin.playbooks.services import playbooks_for
from genjin.playbooks.variant import Variant
from genjin.web.paging import count_up_to_cap

NIGHTS = 90  # on the page
Condition = RecycledCustomer.Condition


@dataclass(frozen=True, slots=True)
class Night:
    """One unit's night as a person sees it. `moved` counts theirs where they lead nobody; `by` the clocks that ran out,
    the most frequent first."""

    run: RecycleRun
    moved: int
    back: int
    by: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One customer of a night. `customer` is None where the reader no longer sees it; `now` is whose it is."""

    listed: RecycledCustomer
    customer: Customer | None
    rung: Rung
    is_touched: bool


def is_on() -> bool:
    return is_anywhere()


def nights_for(person: Person) -> list[Night]:
    """The latest nights that took somebody."""
    mine = Q() if leads(person) else Q(customers__owner=person)
    theirs = Count("customers", filter=mine)
    back = Count("customers", filter=mine & Q(customers__given_back_at__isnull=False))
    runs = RecycleRun.objects.visible_to(person).filter(moved__gt=0).select_related("unit")
    found = runs.annotate(theirs=theirs, back=back).order_by("-on", "unit")[:NIGHTS]
    return [Night(run, run.theirs, run.back, _conditions(run)) for run in found]


def _conditions(run: RecycleRun) -> tuple[tuple[str, int], ...]:
    ordered = sorted(run.by_condition.items(), key=lambda each: -each[1])
    return tuple((str(Condition(code).label), count) for code, count in ordered)


def lines_of(listed: Sequence[RecycledCustomer], reader: Person) -> list[Line]:
    """With whose each customer is now, and whether it was touched since the night."""
    keys = [each.customer_id for each in listed]
    seen = Customer.objects.visible_to(reader).select_related("owner", "pool").in_bulk(keys)
    playbooks = dict(Customer.objects.filter(pk__in=keys).values_list("pk", "playbook"))
    return [
        Line(
            each,
            seen.get(each.customer_id),
            rung_of(each.before.get("playbook") or playbooks.get(each.customer_id, ""), each.class_code),
            each.customer_id not in seen or seen[each.customer_id].version != each.version,
        )
        for each in listed
    ]


def names_of(listed: Iterable[RecycledCustomer], reader: Person) -> dict[int, str]:
    rows = Customer.objects.visible_to(reader).filter(pk__in=[each.customer_id for each in listed])
    return dict(rows.values_list("pk", "name"))


def units_of(person: Person) -> QuerySet[Unit]:
    """The units whose rules concern somebody: their own, and those they lead."""
    return Unit.objects.visible_to(person)


def leaving_by(person: Person, today: date, *, days: int) -> str:
    """How many of theirs go back within so many working days, no further than the cap: 12, or 1000+."""
    count = count_up_to_cap(leaving_of(person, today, days=days))
    return f"{count}"


def leaving_of(person: Person, today: date, *, days: int) -> CustomerQuerySet:
    rows = Customer.objects.visible_to(person) if leads(person) else Customer.objects.owned_by(person)
    return rows.filter(leaving(today, days, list(units_of(person))))


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules by which units go, in words: classes with their conditions."""

    playbook: Variant
    units: tuple[str, ...]
    warn_days: int
    rules: tuple[Any, ...]


def rules_for(person: Person, today: date) -> list[Rules]:
    """The playbooks of one's units that let customers go back."""
    if not is_anywhere():
        return []
    units = {unit.pk: unit for unit in units_of(person)}
    by_playbook: dict[str, tuple[Variant, list[str]]] = {}
    for pk, playbook in playbooks_for(units).items():
        by_playbook.setdefault(playbook.code, (playbook, []))[1].append(units[pk].name)
    return [
        Rules(playbook, tuple(names), playbook.recycle.warn_days, playbook.recycle.rules)
        for playbook, names in by_playbook.values()
        if playbook.recycle.active and playbook.recycle.rules
    ]
