"""Who could take an overdue customer off its owner: who is here, has room for it, and is less behind. Reads only."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from genjin.core.reasons import Reason
from genjin.customers.models import Customer
from genjin.organization.absences.reading import off_days_of
from genjin.organization.absences.rules import WHOLE
from genjin.organization.models import Person, PersonQuerySet, Role, Unit
from genjin.playbooks import rules
from genjin.playbooks.practice import practice_of
from genjin.playbooks.rules.dealing import Room, refusal_to_relieve
from genjin.playbooks.variant import Variant


@dataclass(frozen=True, slots=True)
class Receiver:
    """One colleague: how many they hold of the customer's class, in all, and of these overdue; what their stock asks of
    a day, and how many contacts the new ones leave for it; why they do not take it, if they do not."""

    person: Person
    of_class: int
    held: int
    overdue: int
    asked: float
    slots: int
    refusal: Reason | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may hold customers of a team; `room` by their limits and days, as when customers are dealt out."""

    person: Person
    room: Room
    overdue: int
    is_here: bool

    def refusal(self, code: str, *, owners: int) -> Reason | None:
        """Why they do not take one of this class off somebody who has so many overdue."""
        if not self.is_here:
            return Reason("not_here_today")
        return refusal_to_relieve(self.room, code, overdue=self.overdue, owners=owners)


@dataclass(frozen=True, slots=True)
class Team:
    """The sellers of a unit as they stand on one day, and how many customers each person there has overdue."""

    playbook: Variant
    colleagues: list[Colleague]
    overdue: Mapping[int, int]

    def code_of(self, playbook: str, class_code: str) -> str:
        """The class of the unit's playbook that a customer is in."""
        return rules.map_class(self.playbook, playbook, class_code).code

    def takes(self, code: str, *, owner: int) -> bool:
        """Whether anybody could take one of this class off this owner."""
        return any(
            each.refusal(code, owners=self.overdue.get(owner, 0)) is None
            for each in self.colleagues
            if each.person.pk != owner
        )


def team_of(unit: Unit, people: PersonQuerySet, *, today: date) -> Team:
    """Those of these people who sell in the unit, in as many questions as for one."""
    practice = practice_of(unit)
    sellers = list(people.holding_customers().filter(unit=unit, role=Role.SELLER).order_by("pk"))
    away = off_days_of(sellers, first=today)
    stock: dict[int, Counter[str]] = defaultdict(Counter)
    overdue: Counter[int] = Counter()
    held = Customer.objects.open().filter(unit=unit, owner__isnull=False).order_by()
    counts = held.values_list("owner", "playbook", "class_code")
    for owner, playbook, class_code, n, late in counts.annotate(
        n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today))
    ):
        stock[owner][rules.map_class(practice.playbook, playbook, class_code).code] += n
        overdue[owner] += late
    colleagues = [
        Colleague(
            person,
            Room(practice.playbook, practice.slots_of(person), stock[person.pk]),
            overdue[person.pk],
            away.get(person.pk, {}).get(today) != WHOLE,
        )
        for person in sellers
    ]
    return Team(practice.playbook, colleagues, overdue)


def colleagues_of(customer: Customer, lead: Person, *, today: date) -> list[Receiver]:
    """Everybody of the owner's team besides the owner, who can take the customer and is least behind first."""
    assert customer.owner_id is not None
    team = team_of(customer.unit, Person.objects.visible_to(lead), today=today)
    code, owners = team.code_of(customer.playbook, customer.class_code), team.overdue.get(customer.owner_id, 0)
    found = [
        Receiver(
            person=each.person,
            of_class=each.room.held[code],
            held=each.room.held.total(),
            overdue=each.overdue,
            asked=each.room.asked,
            slots=each.room.follow_up,
            refusal=each.refusal(code, owners=owners),
        )
        for each in team.colleagues
        if each.person.pk != customer.owner_id
    ]
    order = sorted(found, key=lambda each: (each.overdue, each.of_class, each.held, each.person.pk))
    return sorted(order, key=lambda each: each.refusal is not None)


def receivers(customer: Customer, lead: Person, *, today: date) -> list[Receiver]:
    """Those of them who can take it."""
    return [each for each in colleagues_of(customer, lead, today=today) if each.refusal is None]
