"""How many attempts a contact takes of a person: what a stock really asks of a day.

The load arithmetic counts contacts, a day counts attempts. On a floor where every other attempt reaches nobody a stock
that asks for 24 of 40 takes 48 (`simulation/REPORT.md`). The app that keeps the attempts registers who counts them.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Attempts:
    """What a person made of their last weeks: attempts, and how many of them were effective."""

    made: int
    effective: int

    @property
    def percent(self) -> int:
        return round(100 * self.effective / self.made)

    def taken_by(self, contacts: float) -> float:
        """Attempts that so many contacts take, made as these were."""
        return contacts * self.made / self.effective


Count = Callable[[Collection[int], date], Mapping[int, Attempts]]
_counts: list[Count] = []


def register_count(count: Count) -> Count:
    """`count(people, until)` tells by the keys of people what they made of the weeks before a day."""
    _counts.append(count)
    return count


def attempts_of_people(people: Collection[int], *, until: date) -> dict[int, Attempts]:
    """Those of whom it can be said."""
    return {pk: made for count in _counts for pk, made in count(people, until).items()}
