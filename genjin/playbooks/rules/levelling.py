"""Days that are too full: who stays, who moves to which later day, who finds none (domain §1 `planned_on`).

Each customer that is due takes one of the day's slots, and so does each task. What was booked with the customer or by a
person stays. What is overdue comes next, in the order of the day, on the first day with a slot. All others may stand on
any day from the one they are planned for to the last of their cycle: as many as possible get one, the more urgent
before the less urgent, and each in that order has the earliest day that leaves all of them theirs. The same floor
always gives the same days.

The sets of customers that can all be placed form a transversal matroid (Edmonds and Fulkerson 1965), so that taking
them in order of urgency is exact, not a rule of thumb. Whether a set can be placed is asked by Hall's condition: no
span of days may hold more customers that must lie within it than it has slots.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from genjin.core.reasons import Reason
from genjin.playbooks.rules.planning import NO_LEAVE
from genjin.playbooks.rules.today import order_of_urgency
from genjin.playbooks.variant import Variant

NO_TASKS: Mapping[date, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer and the day it is planned for. `is_booked`: agreed with the customer or set by a person."""

    customer: int
    class_code: str
    planned_on: date
    due_on: date
    is_booked: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """The customer's new day. `reason` holds the figures of the day it left, so that they can be counted again."""

    standing: Standing
    to: date
    reason: Reason


@dataclass(frozen=True, slots=True)
class NoDay:
    """The customer finds no day up to the last of its cycle. `reason`: the span that is too full, in figures."""

    standing: Standing
    reason: Reason


@dataclass(frozen=True, slots=True)
class Levelled:
    """Each customer lies in exactly one of the two: `days` has those with a day, whether they moved or stayed."""

    days: Mapping[int, date]
    moves: tuple[Move, ...]
    no_day: tuple[NoDay, ...]


def level(
    playbook: Variant, standings: Iterable[Standing], slots: Mapping[date, int], *, today: date,
    leave: Mapping[date, int] = NO_LEAVE, tasks: Mapping[date, int] = NO_TASKS,
) -> Levelled:  # fmt: skip
    """Give everybody a day that has a slot. `slots` are the working days from `today` on, in order, with their slots.

    A customer planned for before today stands on today's list. Nobody moves to an earlier day, nobody in time past the
    last day of the cycle. A span of days that nobody asks for need not be in `slots`, but whoever is planned after its
    end stays where it is. `leave`: the days on which the person is away in part or as a whole, for the reasons.
    `tasks`: slots of a day that go to what the person is asked to do besides.
    """
    floor = _Floor(slots, today, leave, tasks)
    ordered = sorted(standings, key=order_of_urgency(playbook))
    waiting = []
    for each in ordered:
        if each.is_booked or floor.lies_beyond(each):
            floor.keep(each)
        else:
            waiting.append(each)
    floor.place_overdue([each for each in waiting if each.due_on < today])
    floor.place_in_time([each for each in waiting if each.due_on >= today])
    return floor.levelled(ordered)


class _Floor:
    """The days while they are being filled, by their number. `room`: slots that are left of each."""

    def __init__(
        self, slots: Mapping[date, int], today: date, leave: Mapping[date, int], tasks: Mapping[date, int]
    ) -> None:
        self.days = sorted(slots)
        self.slots = [slots[day] for day in self.days]
        self.tasks = tasks
        self.room = [max(slots[day] - tasks.get(day, 0), 0) for day in self.days]
        self.today = today
        self.leave = leave
        self.placed: dict[int, date] = {}
        self.no_day: dict[int, NoDay] = {}

    def stood(self, each: Standing) -> date:
        """The day whose list it is on now."""
        return max(each.planned_on, self.today)

    def first(self, each: Standing) -> int:
        """The number of the first day it may stand on."""
        return bisect_left(self.days, self.stood(each))

    def last(self, each: Standing) -> int:
        """The number of the last day of its cycle that is worked."""
        return bisect_right(self.days, each.due_on) - 1

    def lies_beyond(self, each: Standing) -> bool:
        return self.first(each) >= len(self.days)

    def keep(self, each: Standing) -> None:
        """Leave it on its day, however full; one planned for a day that is not worked takes a slot of the next."""
        self.placed[each.customer] = self.stood(each)
        if (nth := self.first(each)) < len(self.days):
            self.room[nth] = max(self.room[nth] - 1, 0)

    def place_overdue(self, waiting: list[Standing]) -> None:
        for each in waiting:
            free = next((nth for nth in range(self.first(each), len(self.days)) if self.room[nth] > 0), None)
            if free is None:
                self.no_day[each.customer] = NoDay(each, self._shortage(self.first(each), len(self.days) - 1, 0))
            else:
                self._put(each, free)

    def place_in_time(self, waiting: list[Standing]) -> None:
        spans = {each.customer: (self.first(each), self.last(each)) for each in waiting}
        asked = [spans[each.customer] for each in waiting]
        if all(first <= last for first, last in asked) and self._all_fit(asked):
            for each in waiting:
                self._put(each, spans[each.customer][0])
            return
        hall = _Hall(self.room[: max((last for _first, last in asked), default=-1) + 1])
        found = []
        for each in waiting:
            tight = hall.too_full(*spans[each.customer])
            if tight is None:
                hall.add(*spans[each.customer])
                found.append(each)
            else:
                self.no_day[each.customer] = NoDay(each, self._shortage(*tight, hall.within(*tight)))
        for each in found:
            self._put(each, hall.take_earliest(*spans[each.customer]))

    def _all_fit(self, spans: list[tuple[int, int]]) -> bool:
        """Whether everybody can stay on the first day of the span: most floors on most days."""
        wanted = [0] * len(self.days)
        for first, _last in spans:
            wanted[first] += 1
        return all(number <= room for number, room in zip(wanted, self.room, strict=True))

    def _put(self, each: Standing, nth: int) -> None:
        self.room[nth] -= 1
        self.placed[each.customer] = self.days[nth]

    def _shortage(self, first: int, last: int, within: int) -> Reason:
        """From which day to which day more customers are due than there are slots, this one included."""
        if first > last:
            return Reason("no_day_is_worked", {"until": self.days[last].isoformat() if last >= 0 else ""})
        figures: dict[str, Any] = {"from": self.days[first].isoformat(), "to": self.days[last].isoformat()}
        away = [day for day in self.days[first : last + 1] if self.leave.get(day) == 0]
        if away:
            figures["away"] = len(away)
        if tasks := sum(self.tasks.get(day, 0) for day in self.days[first : last + 1]):
            figures["tasks"] = tasks
        slots, room = sum(self.slots[first : last + 1]), sum(self.room[first : last + 1])
        return Reason("no_day_is_free", {**figures, "slots": slots, "taken": slots - room + within, "more": 1})

    def levelled(self, ordered: list[Standing]) -> Levelled:
        asked = Counter(self.stood(each) for each in ordered)
        slots = dict(zip(self.days, self.slots, strict=True))
        moves = tuple(
            self._move(each, asked, slots)
            for each in ordered
            if each.customer in self.placed and self.placed[each.customer] > self.stood(each)
        )
        return Levelled(self.placed, moves, tuple(self.no_day.values()))

    def _move(self, each: Standing, asked: Mapping[date, int], slots: Mapping[date, int]) -> Move:
        was, to, held = self.stood(each), self.placed[each.customer], slots.get(self.stood(each), 0)
        tasks = self.tasks.get(was, 0)
        figures = {"was": was.isoformat(), "day": to.isoformat(), "asked": asked[was] + tasks, "slots": held}
        if tasks:
            figures["tasks"] = tasks
        if was in self.leave:
            code = "levelled_half_day" if held else "levelled_on_leave"
        else:
            code = "levelled_full" if held else "levelled_not_worked"
        return Move(each, to, Reason(code, {**figures, "due_on": each.due_on.isoformat()}))


class _Hall:
    """Spans of days with what they could still take: `slack[first][last]` slots are left over for those who must lie
    within it."""

    def __init__(self, room: list[int]) -> None:
        self.size = len(room)
        self.room = list(room)
        self.asked = [[0] * self.size for _ in room]
        self.slack = [self._sums(first) for first in range(self.size)]

    def _sums(self, first: int) -> list[int]:
        total, sums = 0, [0] * self.size
        for last in range(first, self.size):
            total += self.room[last]
            sums[last] = total
        return sums

    def too_full(self, first: int, last: int) -> tuple[int, int] | None:
        """The narrowest span round this one that can take nobody more; the empty span itself where it is empty."""
        if first > last:
            return first, last
        spans = (
            (starts, ends)
            for starts in range(first, -1, -1)
            for ends in range(last, self.size)
            if self.slack[starts][ends] < 1
        )
        return min(spans, key=lambda span: (span[1] - span[0], span), default=None)

    def within(self, first: int, last: int) -> int:
        """How many are there already that must lie within the span."""
        return sum(self.asked[starts][ends] for starts in range(first, last + 1) for ends in range(starts, last + 1))

    def add(self, first: int, last: int) -> None:
        self.asked[first][last] += 1
        for starts in range(first + 1):
            row = self.slack[starts]
            for ends in range(last, self.size):
                row[ends] -= 1

    def take_earliest(self, first: int, last: int) -> int:
        """The earliest day of the span that leaves everybody else a day, taken for one who was added."""
        nth = next(day for day in range(first, last + 1) if self._may_take(day, first, last))
        for starts in range(nth + 1):
            row = self.slack[starts]
            for ends in range(nth, self.size):
                if starts > first or ends < last:
                    row[ends] -= 1
        self.asked[first][last] -= 1
        return nth

    def _may_take(self, day: int, first: int, last: int) -> bool:
        for starts in range(day + 1):
            holds_the_span_from = last if starts <= first else self.size
            if any(self.slack[starts][ends] < 1 for ends in range(day, holds_the_span_from)):
                return False
        return True
