"""Leads in layers (E2): headquarters sees regions, a region its dealers or teams, a dealer itself. One page; the scope
of who reads decides what stands on it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q

from genjin.insights.floor import end_of, start_of
from genjin.insights.rules.period import Period
from genjin.leads.models import Lead, LeadQuerySet, Outcome
from genjin.organization.models import Person, Unit
from genjin.organization.rules import Tree


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the leads that arrived in the period: how many were accepted, pushed, judged by somebody who was reached,
    converted, won (their customer has paid), ended otherwise; `minutes` from arrival to the first push, as a sum.
    `waiting` and `late` are of now, whenever they arrived: in a queue, and not pushed on their day."""

    arrived: int = 0
    pushed: int = 0
    reached: int = 0
    converted: int = 0
    won: int = 0
    ended: int = 0
    minutes: int = 0
    waiting: int = 0
    late: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def conversion(self) -> float | None:
        """Converted of those that arrived, 0 to 1; None where none did."""
        return self.converted / self.arrived if self.arrived else None

    @property
    def minutes_to_push(self) -> int | None:
        """Mean minutes by the clock from arrival to the first push, of those pushed."""
        return round(self.minutes / self.pushed) if self.pushed else None


NOTHING = Counts()


@dataclass(frozen=True, slots=True)
class Layer:
    """One line: a unit with all below it, or a person of the unit looked at."""

    name: str
    counts: Counts
    unit: int | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Layers:
    """`upward` leads from the top that the reader sees down to `unit`; without a unit all tops are its lines."""

    unit: Unit | None
    upward: list[Unit]
    lines: list[Layer]
    total: Counts


def layers_of(actor: Person, unit: Unit | None, period: Period, *, today: date) -> Layers:
    """What the reader sees of a unit: the units right below it as wholes, and the people of it itself."""
    visible = {each.pk: each for each in Unit.objects.visible_to(actor)}
    tree = Tree({pk: each.parent_id for pk, each in visible.items()})
    tops = [pk for pk, each in visible.items() if each.parent_id not in visible]
    if unit is None and len(tops) == 1:
        unit = visible[tops[0]]
    below = [pk for pk, each in visible.items() if each.parent_id == unit.pk] if unit else tops
    within = tree.below(unit.pk) if unit else frozenset(visible)
    seen = Lead.objects.visible_to(actor).filter(unit__in=within)
    by_unit = _counts(seen, "unit", period, today=today)
    lines = [
        Layer(visible[pk].name, sum((by_unit.get(each, NOTHING) for each in tree.below(pk)), NOTHING), unit=pk)
        for pk in below
    ]
    if unit is not None:
        lines += _people(seen.filter(unit=unit), actor, unit, period, today=today)
    upward = [visible[pk] for pk in tree.upward(unit.pk) if pk in visible][::-1] if unit else []
    return Layers(unit, upward, lines, sum(by_unit.values(), NOTHING))


def _people(rows: LeadQuerySet, actor: Person, unit: Unit, period: Period, *, today: date) -> list[Layer]:
    """Those of the unit itself who had any; what lies in its queues is a line of its own."""
    by_owner = _counts(rows, "owner", period, today=today)
    names = dict(
        Person.objects.visible_to(actor).filter(pk__in=[pk for pk in by_owner if pk]).values_list("pk", "name")
    )
    people = [Layer(names.get(pk, ""), by_owner[pk], person=pk) for pk in sorted(names)]
    queued = by_owner.get(None)
    return [*people, Layer("", queued)] if queued else people


def _counts(rows: LeadQuerySet, by: str, period: Period, *, today: date) -> dict[int | None, Counts]:
    """Two questions: of those that arrived in the period, and of those open now."""
    arrived = Q(arrived_at__gte=start_of(period.first), arrived_at__lt=end_of(period.last))
    spent = ExpressionWrapper(F("first_push_at") - F("arrived_at"), output_field=DurationField())
    came = rows.filter(arrived).order_by().values_list(by).annotate(
        arrived=Count("pk"),
        pushed=Count("first_push_at"),
        reached=Count("pk", filter=Q(reached__gt=0)),
        converted=Count("pk", filter=Q(outcome=Outcome.CONVERTED)),
        won=Count("pk", filter=Q(outcome=Outcome.CONVERTED, customer__won_on__isnull=False)),
        ended=Count("pk", filter=Q(ended_at__isnull=False) & ~Q(outcome=Outcome.CONVERTED)),
        spent=Avg(spent, filter=Q(first_push_at__isnull=False)),
    )  # fmt: skip
    now = rows.open().order_by().values_list(by).annotate(
        waiting=Count("pk", filter=Q(queue__isnull=False)),
        late=Count("pk", filter=Q(owner__isnull=False, push_on__lt=today)),
    )  # fmt: skip
    found: dict[int | None, Counts] = {}
    for key, count, pushed, reached, converted, won, ended, mean in came:
        minutes = round(mean.total_seconds() / 60 * pushed) if mean is not None else 0
        found[key] = Counts(count, pushed, reached, converted, won, ended, minutes)
    for key, waiting, late in now:
        found[key] = found.get(key, NOTHING) + Counts(waiting=waiting, late=late)
    return found


def as_table(layers: Iterable[Layer]) -> list[list[Any]]:
    return [
        [
            each.name, each.counts.arrived, each.counts.pushed, each.counts.reached, each.counts.converted,
            each.counts.won, each.counts.ended, each.counts.minutes_to_push, each.counts.waiting, each.counts.late,
        ]
        for each in layers
    ]  # fmt: skip
