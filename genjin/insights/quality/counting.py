"""Counting the faults of a day: by the same conditions that the lists behind the figures are read with."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genjin.core.permissions import require
from genjin.customers.filters import FIELDS
from genjin.customers.filters.kinds import Reading
from genjin.customers.models import HELD, Customer
from genjin.insights.models import QualityDay
from genjin.organization.models import Person

KEPT_DAYS = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """`condition` as an address writes it: the list behind the figure."""

    code: str
    label: Any
    condition: str

    def q(self, today: date) -> Any:
        field, _colon, operator = self.condition.partition(":")
        return FIELDS[field].kind.q(operator, (), Reading(0, Customer.objects.all(), today))


FAULTS = (
    Fault("no_phone", _("No phone"), "phone:empty"),
    Fault("unreachable", _("Number leads nowhere"), "unreachable:yes"),
    Fault("shared_phone", _("Phone of another customer"), "shared_phone:yes"),
    Fault("no_key_person", _("No KP"), "key_person:no"),
    Fault("missing", _("Class conditions missing"), "missing:filled"),
    Fault("impossible", _("Impossible dates"), "impossible:yes"),
)


def count_quality(*, units: Iterable[int], at: datetime) -> int:
    """Count the faults of these units' held customers as of today, in the place of what was counted today before; how
    many people hold any."""
    units, today = list(units), timezone.localdate(at)
    held = Customer.objects.filter(HELD, unit__in=units).order_by().values_list("unit", "owner")
    stock = {(unit, owner): n for unit, owner, n in held.annotate(n=Count("pk"))}
    faults: defaultdict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for fault in FAULTS:
        for unit, owner, n in held.filter(fault.q(today)).annotate(n=Count("pk")):
            faults[unit, owner][fault.code] = n
    rows = [
        QualityDay(on=today, unit_id=unit, owner_id=owner, held=n, faults=dict(faults[unit, owner]), counted_at=at)
        for (unit, owner), n in stock.items()
    ]
    with transaction.atomic():
        QualityDay.objects.filter(on=today, unit__in=units).delete()
        QualityDay.objects.filter(on__lt=today - timedelta(days=KEPT_DAYS), unit__in=units).delete()
        QualityDay.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def recount(*, units: Iterable[int], by: Person, at: datetime) -> int:
    """The same because somebody wants to see what their work has changed."""
    require(by, "insights.count_quality")
    return count_quality(units=units, at=at)
