"""What was agreed with a customer goes where the customer goes."""

from django.db.models import OuterRef, Subquery

from genjin.customers.events import CustomerClosed, CustomerReopened, OwnershipChanged
from genjin.customers.models import Customer
from genjin.followups.models import Appointment, Promise
from genjin.followups.services.agreements import note_next_appointment
from genjin.organization.events import PersonLeft

BATCH = 500


def pass_on_agreements(event: OwnershipChanged) -> None:
    """Open promises and appointments belong to the new owner; in a pool they wait, nobody's, for whoever claims."""
    customers = list(event.customers)
    for start in range(0, len(customers), BATCH):
        some = customers[start : start + BATCH]
        Promise.objects.open().filter(customer__in=some).update(by=event.owner)
        appointments = Appointment.objects.open().filter(customer__in=some)
        appointments.update(by=event.owner)
        if event.owner is not None:
            for pk in appointments.order_by().values_list("customer", flat=True).distinct():
                note_next_appointment(pk)


def pass_on_the_leavers_word(event: PersonLeft) -> None:
    """What the leaver agreed at customers of others is kept by those whose customers they are."""
    owner = Customer.objects.filter(pk=OuterRef("customer")).values("owner")
    for agreements in (Promise, Appointment):
        agreements.objects.open().filter(by=event.person).update(by=Subquery(owner))


def settle_agreements(event: CustomerClosed) -> None:
    """Closed: what was still open will not happen any more, and the record says so."""
    Promise.objects.open().filter(customer=event.customer).update(ended_at=event.at, is_broken=True)
    Appointment.objects.open().filter(customer=event.customer).update(ended_at=event.at, result="closed")


def restore_agreements(event: CustomerReopened) -> None:
    """The closing was undone: what it settled is open again."""
    if event.closed_at is None:
        return
    ended = {"customer": event.customer, "ended_at": event.closed_at}
    Promise.objects.filter(**ended, is_broken=True).update(ended_at=None, is_broken=False)
    Appointment.objects.filter(**ended).update(ended_at=None, result="")
    note_next_appointment(event.customer)
