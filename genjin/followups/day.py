"""The day of one person: whom to contact, in which block, what is done, what is left. A handful of queries."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from genjin.core.reasons import Reason
from genjin.core.statements import Statement
from genjin.customers.recycling.reading import Going
from genjin.followups.candidates import candidate, pressing, with_whys
from genjin.followups.chips import worded
from genjin.followups.counts import Around, around
from genjin.followups.models import Touch
from genjin.followups.other_entries import OtherEntries, entries_of, slots_taken
from genjin.followups.recycling.warning import LastNight, going_soon, taken_last_night
from genjin.followups.reports.rules import Contact, Standard, standards
from genjin.followups.stock import Stock, held_by
from genjin.followups.tasks.waiting import NO_TASKS, tasks_of
from genjin.followups.waiting import belonging_to, promised_by, start_of
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.agenda import Agenda, agenda_of
from genjin.playbooks.practice import Practice, practice_of
from genjin.playbooks.variant import Block, CustomerClass


@dataclass(frozen=True, slots=True)
class Row:
    """One customer to contact. `state` is one of the four words; `appointment_at` local time of what is agreed or
    promised for today; `is_second`: tried or spoken with earlier today."""

    customer: int
    name: str
    cls: CustomerClass
    state: str
    overdue_days: int
    appointment_at: time | None
    reasons: tuple[Reason, ...]
    is_second: bool = False


@dataclass(frozen=True, slots=True)
class DoneRow:
    """One attempt made today. `miss_reason` in words; `missed_in_row` is the customer's count as it stands now."""

    touch: int
    customer: int
    name: str
    cls: CustomerClass
    moved_to: CustomerClass | None
    at: datetime
    is_effective: bool
    miss_reason: str
    missed_in_row: int


@dataclass(frozen=True, slots=True)
class DayBlock:
    """A block of the day with what is done in it and what is still to do."""

    block: Block
    done: tuple[DoneRow, ...]
    rows: tuple[Row, ...]
    is_now: bool
    minutes_left: int

    @property
    def target(self) -> int:
        return len(self.done) + len(self.rows)


@dataclass(frozen=True, slots=True)
class Half:
    """The day before or after its longest break: marks "e" and "x" of what is done, in order, and how many in all."""

    name: str
    done: tuple[str, ...]
    total: int


@dataclass(frozen=True)
class Day:
    """A person's day. `on` is the day of the list: today, or the next working day when today is none or one of leave.

    `off`: the half of that day that is off.
    """

    person: Person
    agenda: Agenda
    today: date
    now: datetime
    on: date
    blocks: tuple[DayBlock, ...]
    left_over: tuple[Row, ...]
    overdue: int
    unplanned: int
    promises_due: int
    around: Around
    standards: tuple[Standard, ...]
    slots: int
    counts: Mapping[str, int]
    off: frozenset[str]
    is_on_leave: bool
    others: tuple[OtherEntries, ...] = ()

    @property
    def practice(self) -> Practice:
        return self.agenda.practice

    @property
    def held(self) -> Stock:
        """What the person holds against the playbook, and what that asks of a day."""
        return Stock(self.practice.playbook, self.counts, self.agenda.slots)

    @property
    def is_working_day(self) -> bool:
        return self.on == self.today

    @property
    def holds_any(self) -> bool:
        """Whether the person owns a customer at all."""
        return any(self.counts.values())

    @property
    def appointments(self) -> int:
        """Agreed for the day and not ended."""
        return self.around.appointments

    @property
    def to_decide(self) -> int:
        """Proposals for this person's customers that wait for a decision."""
        return self.around.to_decide

    @cached_property
    def going(self) -> dict[int, Going]:
        """Who goes back to the pool soon, whether they stand on today's list or not."""
        return going_soon(self.person, self.practice, self.today)

    @cached_property
    def last_night(self) -> LastNight | None:
        """What the last night took of the person's customers."""
        return taken_last_night(self.person, self.practice, self.today)

    @cached_property
    def rows(self) -> list[Row]:
        """Everybody still to contact, in the order of the day."""
        return [row for block in self.blocks for row in block.rows]

    @cached_property
    def done(self) -> list[DoneRow]:
        return [row for block in self.blocks for row in block.done]

    @property
    def effective(self) -> int:
        return sum(row.is_effective for row in self.done)

    @property
    def total(self) -> int:
        """Contacts of the day, done and to do: what the blocks add up to."""
        return len(self.done) + len(self.rows)

    @property
    def is_over(self) -> bool:
        """Whether the shift of a working day has ended."""
        return self.is_working_day and timezone.localtime(self.now).time() >= self.person.unit.shift_to

    @cached_property
    def halves(self) -> tuple[Half, ...]:
        """One part, or two where the day has a break."""
        times = [(each.block.starts, each.block.ends) for each in self.blocks]
        timed = [(starts, ends) for starts, ends in times if starts and ends]
        breaks = [(_minutes(starts) - _minutes(ends), starts) for (_, ends), (starts, _) in pairwise(timed)]
        longest, after = max(breaks, default=(0, time.min))
        if longest <= 0:
            return (_half("day", self.blocks),)
        first = [each for each in self.blocks if each.block.starts and each.block.starts < after]
        return (_half("morning", first), _half("afternoon", [each for each in self.blocks if each not in first]))

    @property
    def half_now(self) -> int:
        """Which of the halves runs now."""
        runs = next((each.block for each in self.blocks if each.is_now), None)
        if len(self.halves) == 1 or runs is None or runs.starts is None:
            return 0 if len(self.halves) == 1 else -1
        timed = [each for each in self.blocks if each.block.starts and each.block.starts <= runs.starts]
        return 0 if sum(each.target for each in timed) <= self.halves[0].total else 1

    @property
    def left_over_by_class(self) -> list[tuple[CustomerClass, int]]:
        """Who found no place today, counted by class, nearest to payment first."""
        counts = Counter(row.cls.code for row in self.left_over)
        return [(cls, counts[cls.code]) for cls in self.practice.playbook.classes if counts[cls.code]]

    def first(self) -> int | None:
        """Whom to begin with: the first of the block that runs now or comes next, else the first of all."""
        at = timezone.localtime(self.now).time()
        ahead = (each for each in self.blocks if each.rows and (each.block.ends is None or at < each.block.ends))
        block = next(ahead, None) if self.is_working_day else None
        if block:
            return block.rows[0].customer
        return self.rows[0].customer if self.rows else None


def _minutes(at: time | None) -> int:
    return at.hour * 60 + at.minute if at else 0


def _half(name: str, blocks: Iterable[DayBlock]) -> Half:
    chosen = list(blocks)
    done = sorted((row for each in chosen for row in each.done), key=lambda row: row.at)
    return Half(name, tuple("e" if row.is_effective else "x" for row in done), sum(each.target for each in chosen))


def day_of(person: Person, *, at: datetime, agenda: Agenda | None = None) -> Day:
    """The day of one person as it stands at an instant; `agenda` is how they work from that day on, where known."""
    today = timezone.localdate(at)
    agenda = agenda or agenda_of(person, practice_of(person.unit, tree=person.tree), first=today)
    practice = agenda.practice
    on = agenda.calendar.next_working(today)
    slots = agenda.slots_on(on)
    touches = _touches_of(person, today)
    last = {touch["customer_id"]: touch for touch in touches} if on == today else {}
    counted = around(person, on, practice.calendar, at=at)
    promised = promised_by(person, on) if counted.promises else []
    asked = pressing(promised, last, Counter(touch["customer_id"] for touch in touches), practice)
    tasks = tasks_of(person.pk, on) if counted.tasks or counted.tasks_done else NO_TASKS
    belonging = {each.customer: each for each in belonging_to(person, practice.playbook, on, asked.values(), tasks)}
    candidates = [candidate(waiting, on, last, asked) for waiting in belonging.values()]
    done = [
        rules.Done(
            touch["customer_id"], touch["class_before"], timezone.localtime(touch["at"]).time(), touch["is_effective"]
        )
        for touch in touches
        if practice.playbook.has_class(touch["class_before"])
    ]
    known = [each for each in candidates if practice.playbook.has_class(each.class_code)]
    others = entries_of(person, on, counted.others)
    plan = rules.fill_day(
        agenda.playbook_on(on), known, done, today=on, slots=slots, calendar=practice.calendar,
        tasks=tasks.besides + slots_taken(others), known=lambda each: with_whys(each, belonging[each.customer]),
    )  # fmt: skip
    names = {pk: waiting.name for pk, waiting in belonging.items()}
    names |= {touch["customer_id"]: touch["customer__name"] for touch in touches}
    blocks = _blocks(plan, practice, names, touches, on=on, now=at, is_today=on == today)
    counts, overdue, unplanned = held_by(person, practice.playbook, today)
    return Day(
        person=person,
        agenda=agenda,
        today=today,
        now=at,
        on=on,
        blocks=blocks,
        left_over=tuple(_row(each, (), practice, {}, on) for each in plan.left_over),
        overdue=overdue,
        unplanned=unplanned,
        promises_due=len(promised),
        around=counted,
        standards=standards(practice.playbook, [_contact(touch) for touch in touches]),
        slots=slots,
        counts=counts,
        off=agenda.off.get(on, frozenset()),
        is_on_leave=agenda.is_away(today),
        others=others,
    )


def has_begun(person: Person, today: date) -> bool:
    """Whether the person has tried somebody today."""
    return bool(_touches_of(person, today))


def _touches_of(person: Person, today: date) -> list[dict[str, Any]]:
    """A person's attempts of the day that were not taken back, in their order."""
    rows = _touches_between(author=person.pk, first=start_of(today), end=start_of(today + timedelta(days=1)))
    return [dict(zip(TOUCHED, row, strict=True)) for row in rows]


TOUCHED = (
    "pk", "customer_id", "at", "is_effective", "miss_reason", "class_before", "class_after", "customer__name",
    "customer__missed_in_row",
)  # fmt: skip


@Statement
def _touches_between(author: int, first: datetime, end: datetime) -> QuerySet:
    theirs = Touch.objects.made_here().filter(author=author, at__gte=first, at__lt=end)
    return theirs.order_by("at", "pk").values_list(*TOUCHED)


def _row(
    each: rules.Candidate, reasons: tuple[Reason, ...], practice: Practice, names: dict[int, str], on: date
) -> Row:
    late = practice.calendar.between(each.due_on, on) if each.due_on < on else 0
    return Row(
        customer=each.customer,
        name=names.get(each.customer, ""),
        cls=practice.playbook.class_of(each.class_code),
        state="overdue" if each.due_on < on else "today",
        overdue_days=late,
        appointment_at=each.appointment_at or each.asked_at or (each.promised.at if each.promised else None),
        reasons=reasons,
        is_second=each.tried_at is not None,
    )


def _blocks(
    plan: rules.DayPlan, practice: Practice, names: dict[int, str], touches: list[dict[str, Any]], *, on: date,
    now: datetime, is_today: bool,
) -> tuple[DayBlock, ...]:  # fmt: skip
    local = timezone.localtime(now).time()
    waiting = {(touch["customer_id"], timezone.localtime(touch["at"]).time()): touch for touch in touches}
    playbook = practice.playbook
    blocks = []
    for each in plan.blocks:
        starts, ends = each.block.starts, each.block.ends
        is_now = bool(is_today and starts and ends and starts <= local < ends)
        done = tuple(_done_row(waiting[one.customer, one.at], playbook, names) for one in each.done)
        rows = tuple(_row(entry.candidate, entry.reasons, practice, names, on) for entry in each.entries)
        blocks.append(DayBlock(each.block, done, rows, is_now, _minutes(ends) - _minutes(local) if is_now else 0))
    return tuple(blocks)


def _done_row(touch: dict[str, Any], playbook: Any, names: dict[int, str]) -> DoneRow:
    before, after = touch["class_before"], touch["class_after"]
    moved = before != after and playbook.has_class(after)
    return DoneRow(
        touch=touch["pk"],
        customer=touch["customer_id"],
        name=names.get(touch["customer_id"], ""),
        cls=playbook.class_of(before),
        moved_to=playbook.class_of(after) if moved else None,
        at=touch["at"],
        is_effective=touch["is_effective"],
        miss_reason=worded("miss_reasons", touch["miss_reason"]) if touch["miss_reason"] else "",
        missed_in_row=touch["customer__missed_in_row"],
    )


def _contact(touch: dict[str, Any]) -> Contact:
    return Contact(touch["customer_id"], touch["is_effective"], touch["class_before"], touch["class_after"])
