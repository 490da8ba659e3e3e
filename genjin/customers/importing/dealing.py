"""Rows without an owner, dealt out evenly to the sellers of a pool's team, up to what each may hold."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Count

from genjin.customers.importing.directory import Colleague, Directory
from genjin.customers.importing.rows import NewCustomer
from genjin.customers.models import Customer, Pool
from genjin.organization.models import Person, Role, Unit
from genjin.playbooks.rules import stock
from genjin.playbooks.variant import CustomerClass, Variant

Group = tuple[str, ...]
ClassIn = Callable[[Variant], CustomerClass | None]


class Dealer:
    """Gives each row to whoever has got the fewest of this import and has room for its class.

    What a run has written counts as given, so that one that is carried on deals as if it had never stopped.
    """

    def __init__(self, *, run: int, by: Any, pool: Pool, directory: Directory) -> None:
        self.directory, self.pool = directory, pool
        units = Unit.tree().below(pool.unit_id)
        sellers = Person.objects.visible_to(by).holding_customers().filter(unit__in=units, role=Role.SELLER)
        self.people = {pk: directory.people[pk] for pk in sellers.order_by("pk").values_list("pk", flat=True)}
        self.playbooks: dict[str, tuple[Variant, list[int]]] = {}
        for pk, one in self.people.items():
            playbook = directory.practice(one.unit).playbook
            self.playbooks.setdefault(playbook.code, (playbook, []))[1].append(pk)
        self.given: Counter[int] = Counter(_given(run, self.people))
        self.rooms = self._rooms()
        self._waiting: dict[tuple[str, Group], list[tuple[int, int]]] = {}
        self.dealt: Counter[int] = Counter()
        self.left = 0

    @property
    def unit(self) -> int:
        """The unit by whose playbook the rows are read: the sellers', where they have one in common."""
        if len(self.playbooks) != 1:
            return self.pool.unit_id
        return next(iter(self.people.values())).unit

    def _rooms(self) -> dict[int, dict[Group, float]]:
        """How many more of each group of classes a person may take on."""
        held: dict[int, Counter[str]] = defaultdict(Counter)
        rows = Customer.objects.open().filter(owner__in=list(self.people)).order_by()
        for pk, code, count in rows.values_list("owner_id", "class_code").annotate(n=Count("pk")):
            held[pk][code] = count
        return {
            pk: {
                holding.classes: math.inf if holding.limit is None else holding.limit - holding.held
                for holding in stock(self.directory.practice(one.unit).playbook, held[pk])
            }
            for pk, one in self.people.items()
        }

    def count(self, item: NewCustomer) -> None:
        """A row whose owner the file names: it takes up room as well."""
        if item.owner is not None and item.owner.pk in self.people:
            self._give(item.owner.pk, item.cls.counts_with)

    def taker_of(self, class_in: ClassIn) -> tuple[Colleague, CustomerClass] | None:
        """Who gets a row, and its class there; None when nobody has room, and it stays in the pool."""
        first: tuple[int, int, CustomerClass] | None = None
        for code, (playbook, people) in self.playbooks.items():
            cls = class_in(playbook)
            if cls is None or cls.closes_as:
                continue
            next_one = self._next(code, cls.counts_with, people)
            if next_one is not None and (first is None or next_one < first[:2]):
                first = (*next_one, cls)
        if first is None:
            self.left += 1
            return None
        _given, pk, cls = first
        self._give(pk, cls.counts_with)
        self.dealt[pk] += 1
        return self.people[pk], cls

    def _next(self, code: str, group: Group, people: list[int]) -> tuple[int, int] | None:
        """How many the next one has been given, and who it is. Who has no room is not asked again."""
        waiting = self._waiting.get((code, group))
        if waiting is None:
            waiting = self._waiting[code, group] = sorted((self.given[pk], pk) for pk in people)
        while waiting:
            given, pk = waiting[0]
            if self.rooms[pk].get(group, 0) <= 0:
                heapq.heappop(waiting)
            elif given != self.given[pk]:
                heapq.heapreplace(waiting, (self.given[pk], pk))
            else:
                return given, pk
        return None

    def _give(self, pk: int, group: Group) -> None:
        self.given[pk] += 1
        self.rooms[pk][group] = self.rooms[pk].get(group, 0) - 1


def _given(run: int, people: dict[int, Colleague]) -> dict[int, int]:
    written = Customer.objects.filter(import_run=run, owner__in=list(people)).order_by()
    return dict(written.values_list("owner_id").annotate(n=Count("pk")))
