"""Quantity, conversion, speed (C14), and where they leak most. Plain values in, one leak out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

ENOUGH = 10  # customers that must have been in a class before its conversion is held against anybody (ours)
EXPECTED = 3  # customers that should have gone on at least: of fewer chance decides (ours)
LESS = 0.8  # of what the others do: anything nearer to them is no leak (ours)
LATE_COSTS = 0.25  # of a customer: who goes on late is not lost, but some who are late never go on (ours)


@dataclass(frozen=True, slots=True)
class Count:
    """One class, or classes of one badge, in a period.

    `contacts`: effective contacts with customers of it. `had`: customers that were in it on these days: who stood there
    at the beginning and who came since. `came`: those who came by a move. `exits`: moves out of it nearer to payment.
    `days`: calendar days that these had stood in it since they first came, where that is known.
    """

    contacts: int = 0
    had: int = 0
    came: int = 0
    exits: int = 0
    days: tuple[int, ...] = ()

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.contacts + other.contacts,
            self.had + other.had,
            self.came + other.came,
            self.exits + other.exits,
            self.days + other.days,
        )

    def without(self, own: "Count") -> "Count":
        """What is left of everybody's when one's own is taken away; the days are not told apart."""
        return Count(self.contacts - own.contacts, self.had - own.had, self.came - own.came, self.exits - own.exits)

    @property
    def rate(self) -> float | None:
        """Conversion: exits over those who were in it; None where nobody was."""
        return self.exits / self.had if self.had else None

    @property
    def speed(self) -> float | None:
        """The middle one of the days: half of them were faster."""
        return median(self.days) if self.days else None

    def late(self, window: int | None) -> int:
        """How many stood in it longer than the close window."""
        return sum(day > window for day in self.days) if window is not None else 0


Kind = Literal["conversion", "conversion_before", "quantity", "speed"]


@dataclass(frozen=True, slots=True)
class Leak:
    """Where most customers are lost: whose (None: everybody's), at which station, and how many. `other` is what it is
    compared with: the others' figure, or the same of the time before."""

    kind: Kind
    person: int | None
    station: int | None
    count: Count
    other: float
    lost: float


def total(counts: Sequence[Sequence[Count]], stations: int) -> list[Count]:
    """Everybody's counts added up, station by station."""
    return [sum((row[place] for row in counts), Count()) for place in range(stations)]


def largest_leak(
    people: Mapping[int, Sequence[Count]],
    before: Sequence[Count],
    windows: Sequence[int | None],
    *,
    newcomers: Collection[int] = (),
) -> Leak | None:
    """The leak that costs most customers; None where nothing lags behind or too little happened to say so.

    Three things are compared. Conversion: a person's at a station with the others' at it, and everybody's with the time
    before; what is lost is the difference times those who were in the class. Quantity: a person's effective contacts
    with the others' average; lost is what the person's exits lack to the same share. Speed: exits beyond a class's
    close window. Newcomers count among everybody, and are neither named nor compared with.
    """
    stations = len(windows)
    everybody = total(list(people.values()), stations)
    found: list[Leak] = []
    settled = {person: counts for person, counts in people.items() if person not in newcomers}
    of_settled = total(list(settled.values()), stations)
    for person, counts in settled.items():
        others = [count.without(own) for count, own in zip(of_settled, counts, strict=True)]
        found += _slower_to_convert(person, counts, others)
        found += _fewer_contacts(person, counts, others, len(settled) - 1)
    for place, (count, earlier, window) in enumerate(zip(everybody, before, windows, strict=True)):
        if _lags(count, earlier):
            lost = (earlier.rate - count.rate) * count.had  # type: ignore[operator]
            found.append(Leak("conversion_before", None, place, count, earlier.rate or 0, lost))
        if late := count.late(window):
            found.append(Leak("speed", None, place, count, float(window or 0), late * LATE_COSTS))
    return max(
        (leak for leak in found if leak.lost >= 1),
        key=lambda leak: (leak.lost, leak.kind, leak.person or 0),
        default=None,
    )


def _lags(count: Count, other: Count) -> bool:
    if min(count.had, other.had) < ENOUGH or not other.rate:
        return False
    if other.rate * count.had < EXPECTED:
        return False
    return count.rate is not None and count.rate < LESS * other.rate


def _slower_to_convert(person: int, counts: Sequence[Count], others: Sequence[Count]) -> list[Leak]:
    return [
        Leak("conversion", person, place, count, other.rate or 0, (other.rate - count.rate) * count.had)  # type: ignore[operator]
        for place, (count, other) in enumerate(zip(counts, others, strict=True))
        if _lags(count, other)
    ]


def _fewer_contacts(person: int, counts: Sequence[Count], others: Sequence[Count], number: int) -> list[Leak]:
    if not number:
        return []
    own, average = sum(count.contacts for count in counts), sum(count.contacts for count in others) / number
    if average < ENOUGH or own >= LESS * average:
        return []
    exits = sum(count.exits for count in others) / number
    lost = exits * (1 - own / average)
    return [Leak("quantity", person, None, Count(contacts=own), average, lost)]
