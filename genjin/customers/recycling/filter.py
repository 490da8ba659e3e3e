"""剩余归属天数: how many working days are left until a customer goes back, as a condition of a list."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from genjin.customers.recycling.clocks import leaving, ruled

MOST = 366


@dataclass(frozen=True, slots=True)
class DaysLeft:
    """Of those to whom a rule applies: 0 is tonight."""

    control: str = "days"
    operators: tuple[str, ...] = ("max", "min", "between")

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        whole = [value for value in values if value.isascii() and value.isdecimal() and len(value) <= 3]
        if len(whole) != len(values) or len(values) != (2 if operator == "between" else 1):
            return None
        days = sorted(int(value) for value in whole)
        return tuple(map(str, days)) if days[-1] <= MOST else None

    def q(self, operator: str, values: tuple[str, ...], reading: Any) -> Q:
        first, last = int(values[0]), int(values[-1])
        if operator == "max":
            return leaving(reading.today, last)
        later = ruled(reading.today)
        if first:
            later &= ~leaving(reading.today, first - 1)
        return later if operator == "min" else later & leaving(reading.today, last)
