"""Conditions that find what is wrong with a customer's own row: work for whoever keeps the data right (C15)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from genjin.customers.filters.kinds import Reading
from genjin.customers.models import Phone
from genjin.playbooks.editions.current import current
from genjin.playbooks.services import variant

EARLIEST = date(1990, 1, 1)  # (ours) before it nobody kept customers by computer; spreadsheets write 1900 for nothing
CYCLES = 3  # (ours) cycles from today beyond which no due date lies by the playbook
DAYS_KNOWN = ("class_since", "owned_since", "last_effective_on", "won_on")


@dataclass(frozen=True, slots=True)
class ImpossibleDates:
    """A day in the future or before 1990 where something has happened, or due far beyond the class's cycle."""

    control: str = "flag"
    operators: tuple[str, ...] = ("yes", "no")

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return None if any(values) else ()

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        found = _happened_at_no_time(reading.today) | _due_far_off(reading.today)
        return found if operator == "yes" else ~found


def _happened_at_no_time(today: date) -> Q:
    days = [
        Q(**{f"{name}__isnull": False}) & (Q(**{f"{name}__gt": today}) | Q(**{f"{name}__lt": EARLIEST}))
        for name in DAYS_KNOWN
    ]
    tomorrow = datetime(today.year, today.month, today.day, tzinfo=UTC) + timedelta(days=2)  # wherever one is
    instants = [Q(**{f"{name}__isnull": False, f"{name}__gt": tomorrow}) for name in ("last_touch_at", "created_at")]
    return reduce(or_, [*days, *instants])


def _due_far_off(today: date) -> Q:
    """A class's cycle is in working days: seven calendar days for five of them."""
    found = Q(pk__in=[])
    for playbook in map(variant, current()):
        for cls in playbook.classes:
            working = cls.first_contact_within if cls.is_queue else cls.max_days
            if working:
                last = today + timedelta(days=CYCLES * working * 7 // 5 + 7)
                found |= Q(playbook=playbook.code, class_code=cls.code, due_on__isnull=False, due_on__gt=last)
    return found


def shares_a_phone() -> Q:
    """Another customer has one of its numbers: one of them is there twice, or they are one firm."""
    own = Phone.objects.filter(customer=OuterRef("pk"))
    others = Phone.objects.filter(number=OuterRef("number")).exclude(customer=OuterRef("customer"))
    return Q(Exists(own.filter(Exists(others))))
