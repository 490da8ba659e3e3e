"""What was given and not accepted in time goes on: to the next by the rule, or into the queue, never in a circle."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from genjin.core.events import emit
from genjin.core.reasons import Reason
from genjin.leads.assigning.desk import Desk
from genjin.leads.assigning.models import Lapse
from genjin.leads.events import LeadsGiven
from genjin.leads.models import Arrival, Lead
from genjin.leads.services.placing import lie_in, own
from genjin.leads.services.records import keep, locked, snapshot

AT_ONCE = 1000  # looked at in one sweep; the next comes a minute later (ours)


def pass_on_lapsed(*, at: datetime) -> int:
    """Every lead whose time to be accepted has run out, each in a transaction of its own; how many there were.

    Killed at any moment and run again it goes on where it was: what was passed on has another time, or none.
    """
    over = Lead.objects.open().filter(accept_by__lte=at, accepted_at=None)
    keys = list(over.order_by("accept_by", "pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_pass_on(pk, at=at) for pk in keys)


@transaction.atomic
def _pass_on(pk: int, *, at: datetime) -> bool:
    seen = Lead.objects.filter(pk=pk).first()
    if seen is None:
        return False
    desk = Desk(at=at)
    # The turns before the lead, as where leads are settled: two never wait for each other in a circle.
    desk.hold_giver(seen.assigned_why)
    row = locked(pk)
    if not _has_lapsed(row, at) or row.assigned_why != seen.assigned_why:
        return False
    before, late = snapshot(row), row.owner
    assert late is not None
    lapse = Lapse.objects.get_or_create(
        lead=row, person=late,
        defaults={"unit_id": row.unit_id, "given_at": row.assigned_at or at, "due_at": row.accept_by or at, "at": at},
    )[0]  # fmt: skip
    asked = set(Lapse.objects.filter(lead=row).values_list("person", flat=True))
    given = desk.pass_on(row.assigned_why, _arrived_at(row), asked)
    if given.person is not None and given.why is not None:
        own(row, given.person, at=at, why=Reason(given.why.code, given.why.figures | {"person": late.name}))
        row.accept_by = given.accept_by
    elif given.queue is not None:
        last = Reason("lead_lapsed_last", {"person": late.name, "count": len(asked)})
        lie_in(row, given.queue, why=last if len(asked) > 1 else Reason("lead_lapsed", {"person": late.name}))
        lapse.was_last = True
        lapse.save(update_fields=["was_last"])
    today = timezone.localdate(at)
    if row.push_on is not None and row.push_on < today:
        row.push_on = today
    keep(row, before, by=None, at=at, verb="lead.lapsed")
    emit(LeadsGiven([row.pk], row.owner_id, None, at))
    desk.close()
    return True


def _has_lapsed(row: Lead, at: datetime) -> bool:
    is_waiting = row.is_open and row.owner_id is not None and row.accepted_at is None
    return is_waiting and row.accept_by is not None and row.accept_by <= at


def _arrived_at(row: Lead) -> int:
    """The unit at which it first arrived."""
    first = Arrival.objects.filter(lead=row).order_by("at", "pk").values_list("unit", flat=True).first()
    return first or row.unit_id
