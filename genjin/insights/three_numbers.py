"""Quantity, conversion and speed of people in a period, by the stations on the way to payment."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count as CountOf
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from genjin.customers.models import HELD, ClassMove, Customer
from genjin.customers.moves.models import ClassMoveQuerySet
from genjin.followups import team
from genjin.insights.floor import end_of, start_of
from genjin.insights.note_quality import talks_of
from genjin.insights.rules.period import Period
from genjin.insights.rules.steps import is_nearer, is_new_three, stations
from genjin.insights.rules.three_numbers import Count, Leak, largest_leak, total
from genjin.organization.models import Person
from genjin.playbooks.variant import CustomerClass, Variant

NEW_FOR = 90  # days in which somebody who joined is not held against the others (ours)
BEFORE = 4  # periods of the same length that a figure is compared with: one alone says little


class Move(NamedTuple):
    """One class move; `owned_since` of its customer as it is today, `days` since it first came into the class."""

    before: str
    after: str
    on: date
    owned_since: date | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Station:
    """Classes of one badge on the way; `following` is where it leads, None for won."""

    codes: tuple[str, ...]
    cls: CustomerClass
    following: CustomerClass | None

    @property
    def window(self) -> int | None:
        """Calendar days within which it should be left."""
        return self.cls.close_within


@dataclass(frozen=True, slots=True)
class Numbers:
    """The people of one playbook: their counts by station, everybody's, and those of the four periods before."""

    playbook: Variant
    stations: list[Station]
    people: list[Person]
    counts: dict[int, list[Count]]
    new_three: dict[int, int]
    together: list[Count]
    before: list[Count]
    leak: Leak | None

    @property
    def leaking(self) -> Person | None:
        """Whose the largest leak is; None where it is everybody's or nobody's."""
        return next((person for person in self.people if self.leak and person.pk == self.leak.person), None)

    def contacts_of(self, person: Person) -> int:
        return sum(count.contacts for count in self.counts[person.pk])


def numbers_of(boards: Iterable[team.Board], period: Period, *, today: date) -> list[Numbers]:
    """One for each playbook in use, in four questions for everybody."""
    boards = list(boards)
    told = _Told([line.person.pk for board in boards for line in board.lines], period, today)
    return [_numbers(board, told) for board in boards]


def stations_of(playbook: Variant) -> list[Station]:
    groups = stations(playbook)
    classes = [playbook.class_of(group[-1]) for group in groups]
    return [
        Station(group, cls, following)
        for group, cls, following in zip(groups, classes, [*classes[1:], playbook.won_class], strict=True)
    ]


def _numbers(board: team.Board, told: "_Told") -> Numbers:
    playbook, way = board.playbook, stations_of(board.playbook)
    people = [line.person for line in board.lines]
    floors = [_Person(line, playbook, told) for line in board.lines]
    counts = {each.person: [each.count(station) for station in way] for each in floors}
    before = total([[each.count_before(station) for station in way] for each in floors], len(way))
    return Numbers(
        playbook=playbook,
        stations=way,
        people=people,
        counts=counts,
        new_three={each.person: each.new_three() for each in floors},
        together=total(list(counts.values()), len(way)),
        before=before,
        leak=largest_leak(counts, before, [station.window for station in way], newcomers=_newcomers(people, told)),
    )


def _newcomers(people: list[Person], told: "_Told") -> set[int]:
    since = told.periods[0].last - timedelta(days=NEW_FOR)
    return {person.pk for person in people if person.joined_on and person.joined_on > since}


class _Told:
    """What the tables say of these people: contacts of the period by class, and every move from four periods before
    it until now, for what stood in a class then is what stands there now, moved back."""

    def __init__(self, people: list[int], period: Period, today: date) -> None:
        zone = timezone.get_current_timezone()  # asked once, for thousands of moves
        self.periods = [period, *period.earlier(BEFORE)]
        start, end = start_of(period.first), end_of(period.last)
        by_class = (
            talks_of(people, period.first, period.last).values_list("author", "class_before").annotate(n=CountOf("pk"))
        )
        self.contacts = {(author, code): n for author, code, n in by_class}
        meant = ClassMove.objects.by_people().filter(owner__in=people).order_by()
        self.moves: dict[int, list[Move]] = defaultdict(list)
        since = meant.between(start_of(self.periods[-1].first), end_of(today))
        columns = ("owner", "from_code", "to_code", "at", "customer__owned_since")
        for owner, before, after, at, owned_since in since.values_list(*columns):
            self.moves[owner].append(Move(before, after, at.astimezone(zone).date(), owned_since))
        self.new: dict[int, list[tuple[str, date, int]]] = defaultdict(list)
        taken_on = Customer.objects.filter(HELD, owner__in=people, owned_since__gt=self.periods[-1].last).order_by()
        for owner, code, day, n in taken_on.values_list("owner", "class_code", "owned_since").annotate(n=CountOf("pk")):
            self.new[owner].append((code, day, n))
        self.stood: dict[int, list[Move]] = defaultdict(list)
        for owner, before, after, at, entered in self._with_entry(meant.between(start, end)):
            if entered is not None:
                on = at.astimezone(zone).date()
                self.stood[owner].append(Move(before, after, on, days=(on - entered.astimezone(zone).date()).days))

    def _with_entry(self, moves: ClassMoveQuerySet) -> Iterable[tuple]:
        """Each move with the moment at which its customer had first come into the class that it leaves."""
        first = ClassMove.objects.standing().filter(
            customer=OuterRef("customer"), to_code=OuterRef("from_code"), at__lt=OuterRef("at")
        )
        entered = Subquery(first.order_by("at").values("at")[:1])
        return moves.values_list("owner", "from_code", "to_code", "at").annotate(entered=entered)


class _Person:
    """One person's counts, station by station."""

    def __init__(self, line: team.Line, playbook: Variant, told: _Told) -> None:
        self.line, self.playbook, self.told = line, playbook, told
        self.person = line.person.pk
        self.moves = told.moves[self.person]

    def count(self, station: Station) -> Count:
        days = tuple(move.days for move in self.told.stood[self.person] if self._is_exit(move, station))
        contacts = sum(self.told.contacts.get((self.person, code), 0) for code in station.codes)
        return Count(contacts=contacts, days=days) + self._flow(station, self.told.periods[0])

    def count_before(self, station: Station) -> Count:
        return sum((self._flow(station, earlier) for earlier in self.told.periods[1:]), Count())

    def _flow(self, station: Station, period: Period) -> Count:
        """Who was in the class on these days: who is there now and who left since they began, less who came later, by a
        move or to this person."""
        known = [move for move in self.moves if move.owned_since is None or move.owned_since <= period.last]
        left = [move for move in known if move.before in station.codes and move.after not in station.codes]
        came = [move for move in known if move.after in station.codes and move.before not in station.codes]
        taken_on_later = sum(
            n for code, day, n in self.told.new[self.person] if code in station.codes and day > period.last
        )
        now = self.line.held_of(station.codes) - taken_on_later
        had = now + sum(move.on >= period.first for move in left) - sum(move.on > period.last for move in came)
        return Count(
            had=max(had, 0),
            came=sum(period.first <= move.on <= period.last for move in came),
            exits=sum(period.first <= move.on <= period.last and self._is_exit(move, station) for move in left),
        )

    def _is_exit(self, move: Move, station: Station) -> bool:
        leaves = move.before in station.codes and move.after not in station.codes
        return leaves and is_nearer(self.playbook, move.before, move.after)

    def new_three(self) -> int:
        first, last = self.told.periods[0].first, self.told.periods[0].last
        return sum(
            first <= move.on <= last and is_new_three(self.playbook, move.before, move.after) for move in self.moves
        )
