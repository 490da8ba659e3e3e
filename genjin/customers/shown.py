"""A customer as a line of a list: badge, who to ask for, the state of the next contact in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from genjin.core.audit.models import Entry
from genjin.customers.classes import Rung, rung_of
from genjin.customers.models import ContactPerson, Customer, CustomerQuerySet
from genjin.web import formats


@dataclass(frozen=True, slots=True)
class Line:
    """`number` is the first phone, whole; lists show it masked."""

    customer: Customer
    rung: Rung
    contact: ContactPerson | None
    number: str
    state: str
    next: str


def with_people(rows: CustomerQuerySet) -> CustomerQuerySet:
    """The rows with all that a line needs, in three queries however many they are."""
    return rows.select_related("owner", "pool").prefetch_related("contact_people", "phones")


def lines(customers: Iterable[Customer], today: date) -> list[Line]:
    return [line_of(customer, today) for customer in customers]


def line_of(customer: Customer, today: date) -> Line:
    people, phones = list(customer.contact_people.all()), list(customer.phones.all())
    first = people[0] if people else None
    own = [phone.number for phone in phones if first and phone.contact_person_id == first.pk]
    number = next(iter(own or [phone.number for phone in phones]), "")
    state = customer.follow_up_state(today)
    rung = rung_of(customer.playbook, customer.class_code)
    return Line(customer, rung, first, number, state, next_contact_in_words(customer, today))


def next_contact_in_words(customer: Customer, today: date) -> str:
    """逾期 2 天, 今日 15:00, 11-25 周三, 未排; "" for what has no next contact."""
    state = customer.follow_up_state(today)
    if state == "overdue":
        days = (today - customer.due_on).days  # type: ignore[operator]
        return ngettext("overdue %(n)d day", "overdue %(n)d days", days) % {"n": days}
    if state == "none":
        return gettext("not planned")
    if state == "":
        return ""
    day = customer.planned_on or customer.due_on
    at = customer.appointment_at
    clock = formats.clock(at) if at and timezone.localdate(at) == max(day, today) else ""  # type: ignore[type-var]
    if state == "today":
        return f"{gettext('today')} {clock}".strip()
    return f"{formats.day_weekday(day)} {clock}".strip()


def in_pool_since(customers: Iterable[Customer]) -> dict[int, datetime]:
    """Since when each of these lies in its pool: the last record that put it there, else its making."""
    rows = list(customers)
    laid = (
        Entry.objects.filter(kind="customer", subject__in=[row.pk for row in rows], changes__has_key="pool_id")
        .order_by()
        .values_list("subject")
        .annotate(at=Max("at"))
    )
    since = dict(laid)
    return {row.pk: since.get(row.pk, row.created_at) for row in rows}
