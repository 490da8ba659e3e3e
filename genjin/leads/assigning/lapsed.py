"""Leads that nobody accepted in time: what who leads hears of them."""

from datetime import datetime
from typing import Any

from genjin.leads.assigning.models import Lapse
from genjin.leads.models import Lead
from genjin.organization.models import Person


def nobody_accepted(person: Person, at: datetime) -> dict[str, Any] | None:
    """How many leads lie in queues that this person leads although somebody was asked to accept them."""
    waiting = Lead.objects.visible_to(person).waiting()
    if not person.scope.everything:
        waiting = waiting.filter(unit__in=person.scope.units)
    number = waiting.filter(pk__in=Lapse.objects.filter(was_last=True, at__lte=at).values("lead")).count()
    return {"count": number} if number else None
