"""Keeping what channels cost and what informants get."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import record
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.customers.models import Customer, SourceChannel
from genjin.leads.sources.models import Reward, SourceCost
from genjin.organization.models import Person, Unit
from genjin.organization.services.reach import require_leading


@transaction.atomic
def note_cost(
    *, source: SourceChannel, unit: Unit, on: date, amount: Decimal, hours: Decimal, what_for: str, by: Person,
    at: datetime,
) -> SourceCost:  # fmt: skip
    """`amount` in yuan, `hours` of work; one of them is more than nothing."""
    _require_keeping(unit, by)
    if amount <= 0 and hours <= 0:
        raise Refused("cost_of_nothing")
    _require_past(on, at)
    row = SourceCost.objects.create(
        source=source, unit=unit, on=on, amount=amount, hours=hours, what_for=what_for.strip()[:120], by=by, at=at
    )
    said = {"amount": [None, str(amount)], "hours": [None, str(hours)], "on": [None, on.isoformat()]}
    record(by=by, at=at, verb="source_cost.noted", kind="source", subject=source.pk, changes=said, note=what_for)
    return row


@transaction.atomic
def remove_cost(*, cost: SourceCost, by: Person, at: datetime) -> None:
    """Take one out; the audit trail keeps what it said. Twice is once."""
    row = SourceCost.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=cost.pk).first()
    if row is None:
        return
    _require_keeping(row.unit, by)
    said = {"amount": [str(row.amount), None], "hours": [str(row.hours), None], "on": [row.on.isoformat(), None]}
    record(
        by=by, at=at, verb="source_cost.removed", kind="source", subject=row.source_id, changes=said, note=row.what_for
    )
    row.delete()


@transaction.atomic
def note_reward(
    *, informant: str, contact: str, customer: Customer | None, unit: Unit, on: date, amount: Decimal,
    paid_on: date | None, remarks: str, by: Person, at: datetime,
) -> Reward:  # fmt: skip
    """What somebody outside is to get, in yuan, for whom they brought."""
    _require_keeping(unit, by)
    if amount <= 0:
        raise Refused("reward_of_nothing")
    _require_past(on, at)
    _require_paid_after(on, paid_on, at)
    row = Reward.objects.create(
        informant=informant.strip()[:60], contact=contact.strip()[:60], customer=customer, unit=unit, on=on,
        amount=amount, paid_on=paid_on, remarks=remarks.strip()[:200], by=by, at=at,
    )  # fmt: skip
    said = {"informant": [None, row.informant], "amount": [None, str(amount)], "paid_on": [None, _iso(paid_on)]}
    record(by=by, at=at, verb="reward.noted", kind="reward", subject=row.pk, changes=said)
    return row


@transaction.atomic
def pay_reward(*, reward: Reward, on: date | None, by: Person, at: datetime) -> Reward:
    """It was paid on that day; None takes that back."""
    row = Reward.objects.select_for_update(of=("self",)).select_related("unit").get(pk=reward.pk)
    _require_keeping(row.unit, by)
    _require_paid_after(row.on, on, at)
    if row.paid_on == on:
        return row
    said = {"paid_on": [_iso(row.paid_on), _iso(on)]}
    row.paid_on = on
    row.save(update_fields=["paid_on"])
    record(by=by, at=at, verb="reward.paid", kind="reward", subject=row.pk, changes=said)
    return row


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _require_keeping(unit: Unit, by: Person) -> None:
    require(by, "leads.keep_costs")
    require_leading(by, unit.pk)


def _require_past(on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise Refused("cost_day_to_come", day=on.isoformat())


def _require_paid_after(agreed: date, paid: date | None, at: datetime) -> None:
    if paid is not None and not agreed <= paid <= timezone.localdate(at):
        raise Refused("reward_paid_when", day=paid.isoformat())
