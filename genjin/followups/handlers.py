"""What was agreed with a customer goes where the customer goes."""

from collections.abc import Iterator, Sequence

from django.db.models import OuterRef, Subquery

from genjin.core.many_rows import among
from genjin.customers.events import CustomersClosed, CustomersReopened, HangingMoved, OwnershipChanged
from genjin.customers.models import Customer
from genjin.followups.models import Appointment, Promise
from genjin.followups.plans.leave import plan_around
from genjin.followups.services.agreements import note_next_appointment
from genjin.organization.events import AbsenceChanged, PersonLeft

BATCH = 500


def pass_on_agreements(event: OwnershipChanged | HangingMoved) -> None:
    """Open promises and appointments belong to the new owner; in a pool they wait, nobody's, for whoever claims."""
    for some in batches(event.customers):
        Promise.objects.open().filter(customer__in=among(some)).update(by=event.owner)
        appointments = Appointment.objects.open().filter(customer__in=among(some))
        appointments.update(by=event.owner)
        if event.owner is not None:
            for pk in appointments.order_by().values_list("customer", flat=True).distinct():
                note_next_appointment(pk)


def find_next_appointments(event: HangingMoved) -> None:
    """Appointments came or went with a merge: the next one is another."""
    if event.owner is not None:
        for pk in event.customers:
            note_next_appointment(pk)


def pass_on_the_leavers_word(event: PersonLeft) -> None:
    """What the leaver agreed at customers of others is kept by those whose customers they are."""
    owner = Customer.objects.filter(pk=OuterRef("customer")).values("owner")
    for agreements in (Promise, Appointment):
        agreements.objects.open().filter(by=event.person).update(by=Subquery(owner))


def settle_agreements(event: CustomersClosed) -> None:
    """Closed: what was still open will not happen any more, and the record says so."""
    for some in batches(event.customers):
        Promise.objects.open().filter(customer__in=among(some)).update(ended_at=event.at, is_broken=True)
        Appointment.objects.open().filter(customer__in=among(some)).update(ended_at=event.at, result="closed")


def restore_agreements(event: CustomersReopened) -> None:
    """The closing was undone: what it settled is open again."""
    if event.closed_at is None:
        return
    for some in batches(event.customers):
        ended = {"customer__in": among(some), "ended_at": event.closed_at}
        Promise.objects.filter(**ended, is_broken=True).update(ended_at=None, is_broken=False)
        appointments = Appointment.objects.filter(**ended)
        agreed = list(appointments.order_by().values_list("customer", flat=True).distinct())
        appointments.update(ended_at=None, result="")
        for pk in agreed:
            note_next_appointment(pk)


def plan_around_leave(event: AbsenceChanged) -> None:
    """Whoever stands on a day of leave gets another day at once, and the day's plan is made for what is left of it."""
    plan_around(person=event.person, first=event.first, last=event.last, by=event.by, at=event.at)


def batches(customers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Keys in numbers that a statement takes."""
    return (customers[start : start + BATCH] for start in range(0, len(customers), BATCH))
