"""Leave that is written down or taken back: the coming days are levelled at once, and today's plan is made anew."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import record
from genjin.customers.models import Customer
from genjin.followups.day import has_begun
from genjin.followups.plans.models import DayPlan
from genjin.followups.plans.services import level_days, make_plan
from genjin.organization.models import Person
from genjin.playbooks.agenda import agenda_of
from genjin.playbooks.practice import practice_of


@transaction.atomic
def plan_around(*, person: Person, first: date, last: date, by: Person, at: datetime) -> None:
    """Move whoever stands on a day of leave to another one of the cycle.

    A plan of today that nobody has worked yet is made anew, and is gone where the whole day is off. Once its work has
    begun it stays as it was made; what is not done of it has moved.
    """
    today = timezone.localdate(at)
    if last < today or not Customer.objects.owned_by(person).exists():
        return
    agenda = agenda_of(person, practice_of(person.unit), first=today)
    if first > today:
        level_days(person, agenda, first=today + timedelta(days=1), at=at)
        return
    plan = DayPlan.objects.filter(person=person, on=today).first()
    if plan is not None and not has_begun(person, today):
        plan.delete()
        record(by=by, at=at, verb="plan.remade", kind="person", subject=person.pk)
        if make_plan(person, agenda, at=at) is not None:
            return
    level_days(person, agenda, first=today, at=at)
