"""Who would get how many before customers are dealt out, and why the rest would stay: the same rule, on counts."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from genjin.core.reasons import Reason
from genjin.customers.attempts import Attempts, attempts_of_people
from genjin.customers.bulk.wording import why_in_short
from genjin.customers.models import Customer, CustomerQuerySet
from genjin.customers.pools import resting
from genjin.customers.pools.administering import leads_pool
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.practice import Practices
from genjin.playbooks.rules.dealing import Room, most_room

LOOKED_AT = 3000  # customers of a whole list, the best first (ours): the run goes on in the same way


@dataclass(slots=True)
class Share:
    """What one person would get, and what they hold now. `room`: their days as they would be then; `attempts`: those
    of their last weeks, where they are enough to say how many it takes to reach somebody."""

    person: Person
    held: int
    room: Room
    attempts: Attempts | None = None
    gets: Counter[str] = field(default_factory=Counter)
    refusal: Reason | None = None  # why they would get no more

    @property
    def needed(self) -> float:
        """Attempts a day that the stock would take then, as this person makes them; 0 where nobody knows."""
        return self.attempts.taken_by(self.room.asked) if self.attempts else 0.0

    @property
    def count(self) -> int:
        return self.gets.total()


@dataclass(slots=True)
class Forecast:
    """`left`: customers that stay where they are, by the reason. `goes_on`: there are more than were looked at."""

    shares: list[Share]
    looked_at: int
    goes_on: bool
    left: list[tuple[str, int]]

    @property
    def dealt(self) -> int:
        return sum(share.count for share in self.shares)


def forecast(rows: CustomerQuerySet, among: Sequence[int], *, way: str, by: Person, today: date) -> Forecast:
    """Deal these customers out on paper. Nothing is locked: what happens meanwhile is the run's to see."""
    practices = Practices()
    people = {person.pk: person for person in Person.objects.filter(pk__in=among).select_related("unit")}
    people = {pk: people[pk] for pk in among if pk in people}
    held = _held(people, practices)
    rooms = {
        pk: Room(practices.of(one.unit).playbook, practices.of(one.unit).slots_of(one), held[pk])
        for pk, one in people.items()
    }
    made = attempts_of_people(people.keys(), until=today)
    shares = {pk: Share(one, held[pk].total(), rooms[pk], made.get(pk)) for pk, one in people.items()}
    left: Counter[str] = Counter()
    turn, count = 0, 0
    order = list(people)
    best_first = rows.order_by("class_rank", "pk").select_related("unit").defer("due_why", "planned_why", "remarks")
    for row in best_first[: LOOKED_AT + 1]:
        count += 1
        if count > LOOKED_AT:
            break
        classes = {pk: _class_for(row, rooms[pk]) for pk in rooms}
        found: int | Reason | None = _refusal(row, by, today)
        if found is None and way == "capacity":
            found = most_room(rooms, classes)
        elif found is None:
            found, turn = _in_turn(rooms, classes, order, turn)
        if isinstance(found, Reason):
            left[found.code] += 1
            continue
        rooms[found].take(classes[found])
        if row.owner_id != found:
            shares[found].gets[classes[found]] += 1
    _say_who_is_full(shares, rooms, way)
    goes_on = count > LOOKED_AT
    stay = [(why_in_short(code), number) for code, number in left.most_common()]
    return Forecast(list(shares.values()), min(count, LOOKED_AT), goes_on, stay)


def _refusal(row: Customer, by: Person, today: date) -> Reason | None:
    """Why the one who deals may not give it away, as `require_assignable` has it."""
    if not row.is_open:
        return Reason("customer_is_closed", {"name": row.name})
    if row.pool_id and resting.rests(row.claimable_from, today) and not leads_pool(row, by):
        return resting.refusal_to_wake(name=row.name, claimable_from=row.claimable_from, today=today)
    return None


def _in_turn(rooms: dict[int, Room], classes: dict[int, str], order: list[int], turn: int) -> tuple[int | Reason, int]:
    """One each in turn, passing over who is at a limit; and whose turn is next."""
    why = Reason("nobody_to_deal_to")
    for _tried in order:
        pk = order[turn % len(order)]
        turn += 1
        reason = rules.refusal_to_take_on(rooms[pk].playbook, rooms[pk].held, {classes[pk]: 1})
        if reason is None:
            return pk, turn
        why = reason
    return why, turn


def _class_for(row: Customer, room: Room) -> str:
    if row.playbook == room.playbook.code:
        return row.class_code
    return rules.map_class(room.playbook, row.playbook, row.class_code).code


def _held(people: dict[int, Person], practices: Practices) -> dict[int, Counter[str]]:
    """What each holds, by the class of their unit's playbook: one question for all."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Customer.objects.open().filter(owner__in=list(people)).order_by()
    for owner, held, code, number in rows.values_list("owner", "playbook", "class_code").annotate(n=Count("pk")):
        playbook = practices.of(people[owner].unit).playbook
        found[owner][code if held == playbook.code else rules.map_class(playbook, held, code).code] += number
    return found


def _say_who_is_full(shares: dict[int, Share], rooms: dict[int, Room], way: str) -> None:
    """Who would take no more of the class they got most of, with the reason."""
    for pk, share in shares.items():
        for code, _count in share.gets.most_common(1):
            room = rooms[pk]
            limit = rules.refusal_to_take_on(room.playbook, room.held, {code: 1})
            share.refusal = room.refusal(code) if way == "capacity" else limit
