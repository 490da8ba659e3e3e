"""How many attempts a contact takes: what a stock really asks of a day. Reads only.

The load arithmetic counts contacts, a day counts attempts. On a floor where every other attempt reaches nobody a stock
that asks for 24 of 40 takes 48 (`simulation/REPORT.md`).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from genjin.followups.models import Touch
from genjin.followups.waiting import start_of
from genjin.organization.models import Person

LOOKED_BACK = timedelta(days=28)  # four weeks (ours)
FEWEST = 100  # attempts below which a share says nothing (ours)


@dataclass(frozen=True, slots=True)
class Attempts:
    """What a person made of their last four weeks: attempts, and how many of them were effective."""

    made: int
    effective: int

    @property
    def percent(self) -> int:
        return round(100 * self.effective / self.made)

    def taken_by(self, contacts: float) -> float:
        """Attempts that so many contacts take, made as these were."""
        return contacts * self.made / self.effective


def attempts_of(person: Person, *, until: date) -> Attempts | None:
    """Those of the four weeks before a day; None where they are too few to say anything, or none was effective."""
    touches = Touch.objects.made_here().filter(author=person, at__lt=start_of(until))
    counted = touches.filter(at__gte=start_of(until - LOOKED_BACK)).aggregate(
        made=Count("pk"), effective=Count("pk", filter=Q(is_effective=True))
    )
    enough = counted["made"] >= FEWEST and counted["effective"] > 0
    return Attempts(**counted) if enough else None
