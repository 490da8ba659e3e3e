"""Promises and appointments: making them, and saying what became of them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import record
from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.customers.services.records import locked, require_open, require_working
from genjin.followups.models import Appointment, Promise, Touch
from genjin.organization.models import Person


def note_next_appointment(customer: int) -> datetime | None:
    """Write the next open appointment's time on the customer, where lists read it."""
    earliest = Appointment.objects.open().filter(customer=customer).order_by("at").values_list("at", flat=True).first()
    Customer.objects.filter(pk=customer, closed_on=None).update(appointment_at=earliest)
    return earliest


@transaction.atomic
def make_promise(
    *, customer: Customer, what: str, by_when: datetime, by: Person, at: datetime, made_in: Touch | None = None
) -> Promise:
    """Promise something to a customer. It is the owner's to keep, whoever wrote it down."""
    row = locked(customer)
    require_working(row, by, timezone.localdate(at))
    require_open(row)
    if not what.strip():
        raise Refused("promise_says_nothing")
    if timezone.localdate(by_when) < timezone.localdate(at):
        raise Refused("date_before_today", day=timezone.localdate(by_when).isoformat())
    promise = Promise.objects.create(
        customer=row, by_id=row.owner_id or by.pk, what=what.strip(), by_when=by_when, made_at=at, made_in=made_in
    )
    changes = {"what": [None, promise.what], "by_when": [None, by_when.isoformat()], "promise": [None, promise.pk]}
    record(by=by, at=at, verb="promise.made", kind="customer", subject=row.pk, changes=changes)
    return promise


@transaction.atomic
def end_promise(*, promise: Promise, kept: bool, by: Person, at: datetime) -> Promise:
    """Kept (in time or late, the times say which), or broken. Saying it twice changes nothing."""
    row = locked(promise.customer_id)
    require_working(row, by, timezone.localdate(at))
    promise = Promise.objects.select_for_update().get(pk=promise.pk)
    if promise.ended_at is not None:
        return promise
    promise.ended_at, promise.is_broken = at, not kept
    promise.save(update_fields=["ended_at", "is_broken"])
    changes = {"what": [promise.what, promise.what], "outcome": ["open", promise.outcome(at)]}
    record(by=by, at=at, verb="promise.ended", kind="customer", subject=row.pk, changes=changes)
    return promise


@transaction.atomic
def reopen_promise(*, promise: Promise, by: Person, at: datetime) -> Promise:
    """Take back a tick that was a slip."""
    row = locked(promise.customer_id)
    require_working(row, by, timezone.localdate(at))
    require_open(row)
    promise = Promise.objects.select_for_update().get(pk=promise.pk)
    if promise.ended_at is None:
        return promise
    changes = {"what": [promise.what, promise.what], "outcome": [promise.outcome(at), "open"]}
    promise.ended_at, promise.is_broken = None, False
    promise.save(update_fields=["ended_at", "is_broken"])
    record(by=by, at=at, verb="promise.reopened", kind="customer", subject=row.pk, changes=changes)
    return promise


@transaction.atomic
def make_appointment(
    *,
    customer: Customer,
    when: datetime,
    kind: str = Appointment.Kind.CALL,
    purpose: str = "",
    by: Person,
    at: datetime,
    made_in: Touch | None = None,
) -> Appointment:
    """Agree an exact time. The customer stands on that day's list, at that time."""
    row = locked(customer)
    require_working(row, by, timezone.localdate(at))
    require_open(row)
    if row.owner_id is None:
        raise Refused("claim_it_first", name=row.name)
    if when <= at:
        raise Refused("time_is_past", day=timezone.localdate(when).isoformat())
    appointment = Appointment.objects.create(
        customer=row, by_id=row.owner_id, at=when, kind=kind, purpose=purpose.strip(), made_in=made_in
    )
    note_next_appointment(row.pk)
    changes = {"appointment": [None, appointment.pk], "at": [None, when.isoformat()], "purpose": [None, purpose]}
    record(by=by, at=at, verb="appointment.made", kind="customer", subject=row.pk, changes=changes)
    return appointment


@transaction.atomic
def end_appointment(*, appointment: Appointment, result: str, by: Person, at: datetime) -> Appointment:
    """Say what became of an appointment: held with a result, moved, or fallen through."""
    row = locked(appointment.customer_id)
    require_working(row, by, timezone.localdate(at))
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if appointment.ended_at is not None:
        return appointment
    appointment.ended_at, appointment.result = at, result.strip()[:200]
    appointment.save(update_fields=["ended_at", "result"])
    note_next_appointment(row.pk)
    changes = {"at": [appointment.at.isoformat(), None], "result": [None, appointment.result]}
    record(by=by, at=at, verb="appointment.ended", kind="customer", subject=row.pk, changes=changes)
    return appointment
