"""What happened with the demo's customers: half a year of contacts that end where each customer stands today."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from django.utils import timezone

from genjin.customers.models import Customer
from genjin.followups.demo_notes import EFFECTIVE, MISSED, told
from genjin.followups.models import Touch
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice
from genjin.playbooks.words import Chip

HISTORY_DAYS = 150

# The way each class was reached, with how many effective contacts each step took (least, most).
WAYS: dict[str, list[tuple[str, int, int]]] = {
    "0": [], "0k": [],
    "5": [("0", 0, 0), ("5", 1, 3)],
    "4": [("0", 1, 2), ("4", 5, 12)],
    "4k": [("0", 1, 2), ("4", 2, 5), ("4k", 3, 8)],
    "3": [("0", 1, 2), ("4", 4, 8), ("3", 1, 4)],
    "3k": [("0", 1, 1), ("4", 2, 5), ("3", 3, 8), ("3k", 1, 3)],
    "2": [("0", 1, 1), ("4", 2, 4), ("3", 2, 6), ("3k", 2, 3), ("2", 1, 2)],
    "1": [("0", 1, 1), ("4", 2, 4), ("3", 2, 5), ("3k", 1, 3), ("2", 1, 2), ("1", 1, 1)],
    "6": [("0", 1, 1), ("4", 2, 4), ("3", 2, 5), ("3k", 1, 3), ("2", 1, 2), ("1", 1, 1), ("6", 1, 3)],
    "7": [("0", 1, 2), ("4", 2, 4), ("7", 1, 3)],
    "9": [("0", 1, 1), ("4", 1, 3), ("3", 2, 4), ("3k", 1, 3), ("2", 1, 2), ("1", 1, 1), ("9", 1, 4)],
    "A": [("C", 1, 3), ("B", 2, 4), ("A", 2, 4)],
    "B": [("C", 1, 3), ("B", 3, 6)],
    "C": [("C", 3, 6)],
    "D": [("C", 1, 2), ("D", 1, 2)],
}  # fmt: skip
OVERDUE = {"0": 0.0, "0k": 0.0, "1": 0.0, "2": 0.05, "5": 0.05, "6": 0.1}


@dataclass(slots=True)
class Past:
    """A customer's touches, oldest first, and the days its class changed: (day, from, to)."""

    touches: list[Touch] = field(default_factory=list)
    moves: list[tuple[date, str, str]] = field(default_factory=list)


class Historian:
    """Invents one seller's past with customers, the same for the same seed."""

    def __init__(self, random: Random, practice: Practice, *, now: datetime) -> None:
        self.random, self.practice, self.now = random, practice, now
        self.today = timezone.localdate(now)
        start = self.today - timedelta(days=HISTORY_DAYS + 120)
        calendar = practice.calendar
        self.days = [day for day in _days(start, self.today) if calendar.is_working(day) and day < self.today]

    def past_of(self, customer: Customer, author: Person, *, touched_today: bool = False) -> Past:
        """Fill the customer's counts, class days and due date, and give the touches that led there."""
        way = self._way(customer.class_code)
        if not way:
            return self._newly_assigned(customer, author, touched_today=touched_today)
        position = len(self.days) - self._elapsed(customer)
        plan: list[tuple[int, str, bool]] = []
        for code, effective in reversed(way):
            cls = self.practice.playbook.class_of(code)
            low, high = (1, 3) if cls.is_queue else (cls.min_days, cls.max_days)
            for _ in range(effective):
                if position < 0:
                    break
                plan.append((position, code, True))
                for _miss in range(self.random.choices([0, 1, 2], [62, 28, 10])[0]):
                    plan.append((max(0, position - self.random.randint(0, 2)), code, False))
                position -= min(self.random.randint(low, high), 16)
        plan.sort(key=lambda each: (each[0], each[2]))
        past = Past()
        before = plan[0][1]
        for at, planned, effective in plan:
            code = planned if effective else before  # nobody moves a class without having talked
            day = self.days[min(at, len(self.days) - 1)]
            past.touches.append(self._touch(customer, author, day, before, code, effective))
            if code != before:
                past.moves.append((day, before, code))
            before = code
        past.touches += self._trailing_misses(customer, author, plan[-1][0])
        if touched_today and self.practice.calendar.is_working(self.today):
            past.touches += self._today(customer, author)
        self._stand(customer, past)
        return past

    def _way(self, code: str) -> list[tuple[str, int]]:
        return [(step, self.random.randint(least, most)) for step, least, most in WAYS[code] if most]

    def _elapsed(self, customer: Customer) -> int:
        """Working days since the last effective contact: within the cycle, a few beyond its end."""
        cls = self.practice.playbook.class_of(customer.class_code)
        if self.random.random() < OVERDUE.get(customer.class_code, 0.03):
            return cls.max_days + self.random.choice([1, 1, 2, 2, 3, 4, 6, 7, 11])
        return self.random.randint(1, max(1, cls.max_days))

    def _touch(
        self, customer: Customer, author: Person, day: date, before: str, code: str, effective: bool,
        at: datetime | None = None,
    ) -> Touch:  # fmt: skip
        remarks, interest, objection, miss = "", "", "", ""
        if effective:
            family = self.practice.playbook.class_of(code).family
            remarks, interest, objection = self.random.choice(EFFECTIVE[family])
        else:
            miss, remarks = self.random.choice(MISSED)
        chips = self.practice.playbook.chips
        interest, objection = self._chip(interest, chips.interests), self._chip(objection, chips.objections)
        offered = [chip.code for chip in chips.services]
        services = sorted(self.random.sample(offered, self.random.randint(0, 2))) if effective else []
        touch = Touch(
            customer=customer, author=author, at=at or self._moment(day),
            channel=self.random.choices(["phone", "wechat", "visit"], [92, 6, 2])[0] if effective else "phone",
            is_effective=effective, proposed_effective=effective, miss_reason=miss, remarks=remarks,
            interests=[interest] if interest else [], objections=[objection] if objection else [],
            services=services, bring_next=[], duration=self.random.randint(45, 480) if effective else None,
            class_before=before, class_after=code, key=UUID(int=self.random.getrandbits(128), version=4),
        )  # fmt: skip
        if effective:
            touch.remarks = told(remarks, key=touch.key.int, author=author.sign_in)
        return touch

    def _chip(self, code: str, chips: Sequence[Chip]) -> str:
        """The note's own chip, or another where this playbook has none of that name; none stays none."""
        codes = [chip.code for chip in chips]
        return code if code in codes or not code else self.random.choice(codes)

    def _moment(self, day: date) -> datetime:
        minute = self.random.choice([self.random.randint(510, 719), self.random.randint(810, 1079)])
        return timezone.make_aware(datetime.combine(day, time(minute // 60, minute % 60, self.random.randint(0, 59))))

    def _trailing_misses(self, customer: Customer, author: Person, last: int) -> list[Touch]:
        left = len(self.days) - 1 - last
        if left <= 0 or self.random.random() > 0.12:
            return []
        code = customer.class_code
        tries = sorted(self.random.sample(range(last + 1, len(self.days)), min(left, self.random.randint(1, 2))))
        return [self._touch(customer, author, self.days[at], code, code, False) for at in tries]

    def _today(self, customer: Customer, author: Person) -> list[Touch]:
        """A contact of this morning, if the morning is far enough gone for it to have been made."""
        opened = timezone.make_aware(datetime.combine(self.today, time(8, 30)))
        gone = (self.now - opened).total_seconds()
        if gone < 600:
            return []
        at = opened + timedelta(seconds=self.random.uniform(300, min(gone - 60, 9 * 3600)))
        code = customer.class_code
        return [self._touch(customer, author, self.today, code, code, self.random.random() < 0.68, at)]

    def _newly_assigned(self, customer: Customer, author: Person, *, touched_today: bool) -> Past:
        customer.owned_since = self.days[-self.random.randint(1, 7)]
        past = Past()
        if self.random.random() < 0.15:
            day = self.random.choice([day for day in self.days if day >= customer.owned_since])
            past.touches = [self._touch(customer, author, day, customer.class_code, customer.class_code, False)]
        if touched_today and self.practice.calendar.is_working(self.today):
            past.touches += self._first_talk(customer, author, past)
        self._stand(customer, past)
        return past

    def _first_talk(self, customer: Customer, author: Person, past: Past) -> list[Touch]:
        """This morning's first call: who was reached is a class 4 from now on."""
        touches = self._today(customer, author)
        for touch in touches:
            if touch.is_effective:
                touch.class_after = customer.class_code = "4"
                customer.class_rank = self.practice.playbook.class_of("4").rank
                past.moves.append((self.today, touch.class_before, "4"))
        return touches

    def _stand(self, customer: Customer, past: Past) -> None:
        """Everything the customer's own row says about its past, derived from the touches alone."""
        effective = [touch for touch in past.touches if touch.is_effective]
        customer.attempts, customer.effective_contacts = len(past.touches), len(effective)
        moved = [day for day, _before, _after in past.moves]
        first = timezone.localdate(past.touches[0].at) if past.touches else customer.owned_since
        customer.owned_since = customer.owned_since or first
        customer.class_since = moved[-1] if moved else customer.owned_since
        customer.entered_classes = {after: day.isoformat() for day, _before, after in reversed(past.moves)}
        customer.entered_classes.setdefault(customer.class_code, customer.class_since.isoformat())
        if past.touches:
            last = past.touches[-1]
            customer.last_touch_at = last.at
            noted = next((touch.remarks for touch in reversed(past.touches) if touch.remarks), "")
            customer.last_note = noted[:200]
        customer.missed_in_row = (
            len(past.touches) - 1 - max((n for n, touch in enumerate(past.touches) if touch.is_effective), default=-1)
        )
        cls = self.practice.playbook.class_of(customer.class_code)
        if effective:
            customer.last_effective_on = timezone.localdate(effective[-1].at)
            anchor, kind = max((customer.last_effective_on, "effective"), (customer.class_since, "class_move"))
        else:
            anchor, kind = customer.owned_since, "assigned"
        due = rules.due(cls, anchor=anchor, anchor_kind=kind, calendar=self.practice.calendar)  # type: ignore[arg-type]
        customer.due_on, customer.due_why = due.due_on, due.reason.as_json()
        if cls.is_won:
            customer.won_on = customer.class_since


class Planner:
    """Places one seller's customers on days: inside their cycle, no day above what one makes."""

    def __init__(self, practice: Practice, *, slots: int, today: date) -> None:
        self.practice, self.today = practice, today
        # New customers come from the queue and take their own blocks: the rest of the day is planned.
        self.room = max(6, slots - 14)
        self.load: Counter[date] = Counter()

    def place(self, customers: Sequence[Customer], *, unplaced: int) -> None:
        """Give each a planned day, the soonest due first; `unplaced` of those due are left on no day."""
        calendar = self.practice.calendar
        start = calendar.next_working(self.today)
        self.load[self.today] = sum(self._was_called(each) for each in customers)
        for customer in sorted(customers, key=lambda row: (row.due_on, row.class_rank, row.name)):
            cls = self.practice.playbook.class_of(customer.class_code)
            if cls.is_queue:
                continue
            if self._was_called(customer):
                self._after_today(customer, cls.min_days)
                continue
            if customer.due_on <= start and unplaced > 0 and not cls.is_key:
                unplaced -= 1
                continue
            first = max(start, calendar.add(customer.last_effective_on or customer.class_since, cls.min_days))
            for day in calendar.working_days(first):
                if self.load[day] < self.room or day >= max(customer.due_on, start):
                    break
            self._on(customer, day)

    def _was_called(self, customer: Customer) -> bool:
        return customer.last_touch_at is not None and timezone.localdate(customer.last_touch_at) == self.today

    def _after_today(self, customer: Customer, min_days: int) -> None:
        effective = customer.last_effective_on == self.today
        self._on(customer, self.practice.calendar.add(self.today, min_days if effective else 1))

    def _on(self, customer: Customer, day: date) -> None:
        self.load[day] += 1
        customer.planned_on = day
        cls = self.practice.playbook.class_of(customer.class_code)
        anchor = customer.last_effective_on or customer.class_since
        planned = rules.next_contact(
            cls, today=min(day, self.today), anchor=anchor, calendar=self.practice.calendar, load={}, slots=self.room
        )
        customer.planned_why = planned.reason.as_json() | {
            "day": day.isoformat(), "nth": self.practice.calendar.between(anchor, day),
        }  # fmt: skip


def amounts(random: Random) -> Iterator[Decimal]:
    """What a sale brought, in yuan: packages of a quarter to a year."""
    while True:
        yield Decimal(random.choice([2400, 3600, 4800, 7200, 9800, 12800]))


def _days(start: date, end: date) -> Iterator[date]:
    for number in range((end - start).days + 1):
        yield start + timedelta(days=number)
