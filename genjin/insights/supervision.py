"""The board's figures of each person, by aggregate questions: as many for fifty people as for five."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils import timezone

from genjin.customers.models import HELD, Customer
from genjin.followups import team
from genjin.followups.models import Promise, Touch
from genjin.insights.floor import Floor, end_of, start_of
from genjin.insights.moves import moves_of
from genjin.insights.note_quality import NoteTally, judged, tallies
from genjin.insights.rules import hours, ladder, period
from genjin.insights.rules.steps import is_nearer, is_new_three
from genjin.organization.models import Person
from genjin.playbooks.keeping_order import LADDER
from genjin.playbooks.rules.stock import Holding
from genjin.playbooks.variant import Variant

FIRST_HOUR, LAST_HOUR = 8, 19


@dataclass(slots=True)
class Promises:
    """Open with time to come; open and late; kept and broken this week."""

    open: int = 0
    late: int = 0
    kept: int = 0
    broken: int = 0


@dataclass(slots=True)
class Moves:
    """Customers that came nearer to payment this week, that went the other way, and that are a new class 3."""

    nearer: int = 0
    farther: int = 0
    new_three: int = 0


@dataclass(slots=True)
class Line:
    """One person's figures. `overdue` on the steps of the ladder, `booked` Monday to Sunday of next week."""

    stock: team.Line
    marks: tuple[date, ...]
    overdue: tuple[int, ...] = ()
    booked: tuple[int, ...] = (0,) * 7
    promises: Promises = field(default_factory=Promises)
    moves: Moves = field(default_factory=Moves)
    notes: NoteTally = field(default_factory=NoteTally)
    made: list[hours.Made] = field(default_factory=list)

    @property
    def person(self) -> Person:
        return self.stock.person

    @property
    def short(self) -> int:
        """Customers missing to the stock targets."""
        return sum(holding.short for holding in self.stock.holdings)

    @property
    def excess(self) -> int:
        """Customers above limits and warning levels."""
        return sum(holding.excess for holding in self.stock.holdings)

    @property
    def classes_short(self) -> list[str]:
        return [code for holding in self.stock.holdings if holding.short for code in holding.classes]

    @property
    def classes_in_excess(self) -> list[str]:
        return [code for holding in self.stock.holdings if holding.excess for code in holding.classes]


@dataclass(frozen=True, slots=True)
class Board:
    """The people who work by one playbook. `steps` are working days overdue, `standard` next week's bookings a day."""

    playbook: Variant
    lines: list[Line]
    steps: tuple[int, ...]
    days: tuple[date, ...]
    standard: tuple[int, ...]

    @property
    def blocks(self) -> list[hours.InBlock]:
        """The blocks with what all people did in them; the targets of all added up."""
        return hours.in_blocks([each for line in self.lines for each in line.made], self.playbook.blocks)

    def blocks_of(self, line: Line) -> list[hours.InBlock]:
        return hours.in_blocks(line.made, self.playbook.blocks)

    def outside_of(self, line: Line) -> int:
        return hours.outside(line.made, self.playbook.blocks)

    def hours_of(self, line: Line) -> list[hours.Hour]:
        """From eight to eight; contacts before and after it stand in the sums alone."""
        return hours.by_hour(line.made, FIRST_HOUR, LAST_HOUR)

    @property
    def held(self) -> list[int]:
        """Customers of each group of classes."""
        return [sum(line.stock.held_of(holding.classes) for line in self.lines) for holding in self._holdings]

    @property
    def overdue(self) -> tuple[int, ...]:
        return ladder.added((line.overdue for line in self.lines), len(self.steps))

    @property
    def _holdings(self) -> list[Holding]:
        return self.lines[0].stock.holdings

    def booked_average(self) -> tuple[float, ...]:
        """Bookings of a day for each person."""
        return tuple(n / len(self.lines) for n in ladder.added((line.booked for line in self.lines), len(self.days)))


def boards_of(floor: Floor, *, at: datetime, on: date) -> list[Board]:
    """A board for each playbook in use; contacts by the hour are those of the day `on`."""
    today = timezone.localdate(at)
    days = period.next_week(today)
    boards = []
    lines: dict[int, Line] = {}
    for each in floor.boards:
        steps = tuple(dict.fromkeys(step.days for step in each.playbook.ladder or LADDER))
        own = [_line(stock, floor, steps, today) for stock in each.lines]
        lines |= {line.person.pk: line for line in own}
        worked = tuple(day for day in days if any(floor.calendar_of(line.person).is_working(day) for line in own))
        inspected = each.playbook.week.inspected if each.playbook.week else ()
        standard = tuple(inspected[day.weekday()] if day.weekday() < len(inspected) else 0 for day in worked)
        boards.append(Board(each.playbook, own, steps, worked, standard))
    playbooks = {line.person.pk: board.playbook for board in boards for line in board.lines}
    _count_overdue(lines, today)
    _count_bookings(lines, {line.person.pk: board.days for board in boards for line in board.lines})
    _count_promises(lines, at)
    _count_moves(lines, playbooks, today)
    _count_contacts(lines, on)
    for author, tally in tallies(judged(lines, until=today)).items():
        lines[author].notes = tally
    return boards


def _line(stock: team.Line, floor: Floor, steps: tuple[int, ...], today: date) -> Line:
    calendar = floor.calendar_of(stock.person)
    return Line(stock, tuple(calendar.back(today, days) for days in steps))


def _count_overdue(lines: Mapping[int, Line], today: date) -> None:
    due: defaultdict[int, Counter[date]] = defaultdict(Counter)
    rows = Customer.objects.filter(HELD, owner__in=list(lines), due_on__lt=today).order_by()
    for owner, day, n in rows.values_list("owner", "due_on").annotate(n=Count("pk")):
        due[owner][day] = n
    for pk, line in lines.items():
        line.overdue = ladder.on_steps(due[pk], line.marks)


def _count_bookings(lines: Mapping[int, Line], days: Mapping[int, tuple[date, ...]]) -> None:
    """Customers that stand on a day of next week; nobody books a day off."""
    every = [day for own in days.values() for day in own]
    booked: Counter[tuple[int, date]] = Counter()
    if every:
        span = (min(every), max(every))
        rows = Customer.objects.filter(HELD, owner__in=list(lines), planned_on__range=span).order_by()
        booked.update(
            {(owner, day): n for owner, day, n in rows.values_list("owner", "planned_on").annotate(n=Count("pk"))}
        )
    for pk, line in lines.items():
        line.booked = tuple(booked[pk, day] for day in days[pk])


def _count_promises(lines: Mapping[int, Line], at: datetime) -> None:
    monday = start_of(period.monday_of(timezone.localdate(at)))
    of_all = Promise.objects.filter(by__in=list(lines)).order_by()
    late = Count("pk", filter=Q(by_when__lt=at))
    for owner, n, overdue in of_all.filter(ended_at=None).values_list("by").annotate(n=Count("pk"), late=late):
        lines[owner].promises.open, lines[owner].promises.late = n - overdue, overdue
    ended = of_all.filter(ended_at__gte=monday)
    for owner, is_broken, n in ended.values_list("by", "is_broken").annotate(n=Count("pk")):
        if is_broken:
            lines[owner].promises.broken = n
        else:
            lines[owner].promises.kept = n


def _count_moves(lines: Mapping[int, Line], playbooks: Mapping[int, Variant], today: date) -> None:
    start = start_of(period.monday_of(today))
    for (person, before, after), n in moves_of(lines, start, end_of(today)).items():
        moves, playbook = lines[person].moves, playbooks[person]
        if is_nearer(playbook, before, after):
            moves.nearer += n
        else:
            moves.farther += n
        if is_new_three(playbook, before, after):
            moves.new_three += n


def _count_contacts(lines: Mapping[int, Line], on: date) -> None:
    made = Touch.objects.made_here().filter(author__in=list(lines), at__gte=start_of(on), at__lt=end_of(on))
    for author, moment, effective, code in made.order_by("at").values_list(
        "author", "at", "is_effective", "class_before"
    ):
        lines[author].made.append(hours.Made(timezone.localtime(moment).time(), effective, code))
