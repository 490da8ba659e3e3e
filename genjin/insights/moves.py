"""Moves between classes, counted by the person whose customers moved."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from genjin.customers.classes import Rung, rung_of
from genjin.customers.models import ClassMove
from genjin.insights.floor import end_of, start_of
from genjin.insights.rules.period import Period
from genjin.insights.rules.steps import is_nearer, is_new_three
from genjin.organization.models import Person
from genjin.playbooks.editions.current import variant

# (owner, class before, class after)
Moved = tuple[int, str, str]


def moves_of(people: Iterable[int], start: datetime, end: datetime) -> Counter[Moved]:
    """How many of these people's customers were moved from which class to which, from `start` until before `end`.

    Moves that somebody meant and that stand: no mapping to another playbook, no import, nothing that was taken back.
    """
    meant = ClassMove.objects.by_people().between(start, end).filter(owner__in=list(people))
    found: Counter[Moved] = Counter()
    for owner, _playbook, before, after, n in meant.counts_by_person():
        if owner is not None:
            found[owner, before, after] += n
    return found


WHAT = {"nearer": _("Came nearer"), "farther": _("Went farther"), "new_three": _("New class 3"), "": _("All moves")}
NEWEST_FIRST = ("-at", "-pk")


@dataclass(frozen=True, slots=True)
class Row:
    """One move with its classes as badges."""

    move: ClassMove
    before: Rung
    after: Rung


def found(
    actor: Person, people: Iterable[Person], what: str, *, period: Period, before: str = "", after: str = ""
) -> QuerySet[ClassMove]:
    """The moves of these people's customers in the period; `before` and `after` name classes, several with commas
    between."""
    rows = ClassMove.objects.visible_to(actor).filter(owner__in=list(people))
    rows = rows.filter(pk__in=ClassMove.objects.by_people().between(start_of(period.first), end_of(period.last)))
    if before:
        rows = rows.filter(from_code__in=before.split(","))
    if after:
        rows = rows.filter(to_code__in=after.split(","))
    return (rows.filter(_called(rows, what)) if what else rows).select_related("customer", "owner", "by")


def _called(rows: QuerySet[ClassMove], what: str) -> Q:
    """The moves that are called so: asked of each two classes between which there are any."""
    wanted = Q(pk__in=())
    for playbook, before, after in rows.order_by().values_list("playbook", "from_code", "to_code").distinct():
        if what in kinds_of(playbook, before, after):
            wanted |= Q(playbook=playbook, from_code=before, to_code=after)
    return wanted


def shown(moves: Iterable[ClassMove]) -> list[Row]:
    """Each with its classes as badges."""
    return [Row(move, rung_of(move.playbook, move.from_code), rung_of(move.playbook, move.to_code)) for move in moves]


def kinds_of(playbook: str, before: str, after: str) -> set[str]:
    """What a move is called: nearer or farther, and perhaps a new class 3."""
    works_by = variant(playbook)
    kinds = {"nearer" if is_nearer(works_by, before, after) else "farther"}
    return kinds | ({"new_three"} if is_new_three(works_by, before, after) else set())
