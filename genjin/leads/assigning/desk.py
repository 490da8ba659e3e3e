"""Giving leads by the rules: one lead, or a batch of them in one transaction."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.db.models import F

from genjin.core.calendar.hours import WorkingHours
from genjin.core.reasons import Reason
from genjin.leads.assigning import facts as asked
from genjin.leads.assigning import rules
from genjin.leads.assigning.document import Rule
from genjin.leads.assigning.models import EmptyHanded, GivenOfDay, Turn
from genjin.leads.assigning.reading import InForce, floor_for, in_force_for, versions_in_force
from genjin.leads.assigning.rules import Decision, Floor, Moment
from genjin.leads.models import Lead
from genjin.leads.queues.models import Queue
from genjin.organization.absences.rules import AFTERNOON, MORNING
from genjin.organization.hours import hours_of
from genjin.organization.models import Person, Unit

NOON = time(12)


@dataclass(frozen=True, slots=True)
class Given:
    """What became of a lead: whom or where to, why, and until when it is to be accepted. `rule` None: by no rule."""

    person: Person | None
    queue: Queue | None
    why: Reason | None
    accept_by: datetime | None


class Desk:
    """Where leads are given out, for one transaction: what it reads it reads once, what changes it writes at `close`.

    The turns of a unit's rules are held from the first lead that goes by them until the transaction ends: two desks
    give by them one after the other. Units are held in the order of `hold`.
    """

    def __init__(self, *, at: datetime) -> None:
        self.at = at
        self._books: dict[int, Book] = {}

    def hold(self, units: set[int]) -> None:
        """Take the turns of what arrives at these units, always in one order, so that two never wait in a circle."""
        found = {each.unit: each for unit in units if (each := in_force_for(unit, self.versions, self._tree))}
        for unit in sorted(found):
            self._book(found[unit])

    def give(self, lead: Lead, form: int | None, unit: int) -> Given:
        """To whom a lead goes that arrives at a unit. Writes nothing."""
        home = self.unit(unit)
        moment = self.moment_of(unit)
        in_force = in_force_for(unit, self.versions, self._tree)
        queue = self.home_queue(unit)
        if in_force is None:
            return Given(None, queue, None, None)
        book = self._book(in_force)
        facts = asked.facts_of(lead, form, working_hours=self.hours(home).is_working(lead.arrived_at))
        decision = rules.decide(book.in_force.document.rules, facts, book.floor, moment)
        book.note(decision, moment)
        return self._given(book, decision, queue)

    def _given(self, book: "Book", decision: Decision, queue: Queue) -> Given:
        rule, choice = decision.rule, decision.choice
        if rule is None:
            first = next(iter(decision.empty_handed), None)
            why = Reason("lead_nobody_free", {"rule": first[0].name, "besides": dict(first[1])}) if first else None
            return Given(None, queue, why, None)
        why = Reason("lead_by_rule", book.named(rule))
        if choice.queue is not None:
            return Given(None, self.queue(choice.queue), why, None)
        assert choice.person is not None
        person = book.people[choice.person]
        return Given(person, None, why, self.accept_by(person, rule.accept_minutes or queue.accept_minutes))

    def hold_giver(self, why: dict[str, Any]) -> None:
        """Take the turns of the rule that gave a lead, before the lead itself is held."""
        self._rule_of(why)

    def pass_on(self, why: dict[str, Any], unit: int, asked_before: set[int]) -> Given:
        """To whom a lead goes that somebody let lapse: on by the rule that gave it, where it still says so, else into
        the queue of the unit that it arrived at. `asked_before` are never asked again."""
        queue, moment = self.home_queue(unit), self.moment_of(unit)
        rule, book = self._rule_of(why)
        if rule is None or book is None or rule.if_late != "next" or rule.target.kind == "queue":
            return Given(None, queue, None, None)
        choice = rules.choose(rule, book.floor, moment, asked_before)
        if choice.person is None:
            return Given(None, queue, None, None)
        book.given[choice.person, moment.day] += 1
        person = book.people[choice.person]
        reason = Reason("lead_passed_on", book.named(rule))
        return Given(person, None, reason, self.accept_by(person, rule.accept_minutes or queue.accept_minutes))

    def _rule_of(self, why: dict[str, Any]) -> "tuple[Rule | None, Book | None]":
        in_force = self.versions.get(why.get("unit", 0))
        if in_force is None:
            return None, None
        rule = in_force.document.rule(why.get("key", 0))
        return (rule, self._book(in_force)) if rule is not None and rule.is_on else (None, None)

    def accept_by(self, person: Person, minutes: int | None) -> datetime | None:
        """Until when somebody must have accepted, in the working minutes of their own unit."""
        return self.hours(self.unit(person.unit_id)).after(self.at, minutes) if minutes else None

    def moment_of(self, unit: int) -> Moment:
        """When what comes now is first worked: at night and on a Sunday that is the next working morning."""
        first = self.hours(self.unit(unit)).next_working(self.at)
        return Moment(first.date(), MORNING if first.time() < NOON else AFTERNOON)

    def close(self) -> None:
        """Write whose turn it is next, how many each was given, and which rules had nobody; more may be given after."""
        for book in self._books.values():
            book.close()

    @cached_property
    def versions(self) -> dict[int, InForce]:
        return versions_in_force()

    def unit(self, pk: int) -> Unit:
        return self._units[pk]

    def hours(self, unit: Unit) -> WorkingHours:
        if unit.pk not in self._hours:
            self._hours[unit.pk] = hours_of(unit)
        return self._hours[unit.pk]

    def home_queue(self, unit: int) -> Queue:
        """The unit's own queue."""
        return next(queue for queue in self._queues.values() if queue.home_of_id == unit)

    def queue(self, pk: int) -> Queue:
        return self._queues[pk]

    @cached_property
    def _units(self) -> dict[int, Unit]:
        return Unit.objects.in_bulk()

    @cached_property
    def _tree(self) -> Any:
        return Unit.tree()

    @cached_property
    def _hours(self) -> dict[int, WorkingHours]:
        return {}

    @cached_property
    def _queues(self) -> dict[int, Queue]:
        return {queue.pk: queue for queue in Queue.objects.open().select_related("unit")}

    def _book(self, in_force: InForce) -> "Book":
        if in_force.unit not in self._books:
            self._books[in_force.unit] = Book(in_force, day=self.moment_of(in_force.unit).day, tree=self._tree)
        return self._books[in_force.unit]


class Book:
    """The rules of one unit with everybody they may name, and what was given by them in this transaction."""

    def __init__(self, in_force: InForce, *, day: date, tree: Any) -> None:
        self.in_force = in_force
        Turn.objects.bulk_create([Turn(unit_id=in_force.unit)], ignore_conflicts=True)
        self.turn = Turn.objects.select_for_update(of=("self",)).get(unit=in_force.unit)
        on = [rule for rule in in_force.document.rules if rule.is_on]
        self.floor: Floor = floor_for(on, day=day, standing=self.turn.standing, tree=tree)
        self.given: Counter[tuple[int, date]] = Counter()
        self.empty: dict[tuple[int, date], tuple[int, dict[str, int]]] = {}

    @cached_property
    def people(self) -> dict[int, Person]:
        return Person.objects.select_related("unit").in_bulk(list(self.floor.hands))

    @cached_property
    def _fields(self) -> dict[str, asked.Asked]:
        return asked.asked_fields()

    def named(self, rule: Rule) -> dict[str, Any]:
        """What a reason keeps of a rule: enough to say it in words, and to find it again."""
        return {
            "rule": rule.name, "key": rule.key, "unit": self.in_force.unit, "join": rule.join,
            "said": asked.said(rule.conditions, self._fields),
        }  # fmt: skip

    def note(self, decision: Decision, moment: Moment) -> None:
        if decision.choice.person is not None:
            self.given[decision.choice.person, moment.day] += 1
        for rule, besides in decision.empty_handed:
            number, _before = self.empty.get((rule.key, moment.day), (0, {}))
            self.empty[rule.key, moment.day] = (number + 1, dict(besides))

    def close(self) -> None:
        standing = {str(key): {str(pk): at for pk, at in each.items()} for key, each in self.floor.standing.items()}
        if standing != self.turn.standing:
            self.turn.standing = standing
            self.turn.save(update_fields=["standing"])
        for (person, day), number in sorted(self.given.items()):
            # Another unit's desk may begin this person's day at the same time.
            GivenOfDay.objects.bulk_create([GivenOfDay(person_id=person, on=day, number=0)], ignore_conflicts=True)
            GivenOfDay.objects.filter(person=person, on=day).update(number=F("number") + number)
        for (rule, day), (number, besides) in self.empty.items():
            known = EmptyHanded.objects.filter(unit=self.in_force.unit, rule=rule, on=day)
            if not known.update(number=F("number") + number, besides=besides):
                EmptyHanded.objects.create(
                    unit_id=self.in_force.unit, rule=rule, on=day, number=number, besides=besides
                )
        self.empty.clear()
