"""A customer as a line of a list: badge, who to ask for, the state of the next contact in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from genjin.core.audit.models import Entry
from genjin.core.fields.reading import fields_of, people_named
from genjin.core.statements import Keys, Statement
from genjin.customers.classes import Rung, rung_of
from genjin.customers.models import Customer
from genjin.customers.pools.masking import masked_among
from genjin.customers.reading import Contact, People, people_of
from genjin.customers.recycling.reading import going_among
from genjin.playbooks.practice import Practices
from genjin.web import formats


@dataclass(frozen=True, slots=True)
class Line:
    """What is worked out only when a column shows it. `number` is the first phone, whole; lists show it masked.
    `is_masked`: also where others show it whole, for nobody has claimed the customer."""

    customer: Customer
    today: date
    people: People
    in_pool_since: datetime | None = None
    is_masked: bool = True
    practices: Practices = field(default_factory=Practices)
    named: Callable[[], Mapping[int, str]] = dict  # colleagues that custom fields name, asked once for all lines

    @property
    def days_left(self) -> int | None:
        """Working days in which its owner can still keep it; None for one that never goes back to the pool."""
        going = going_among([self.customer], self.today, self.practices).get(self.customer.pk)
        return going.left if going else None

    @property
    def rung(self) -> Rung:
        return rung_of(self.customer.playbook, self.customer.class_code)

    @property
    def contact(self) -> Contact | None:
        return self.people.first

    @property
    def number(self) -> str:
        return self.people.number

    @property
    def state(self) -> str:
        return self.customer.follow_up_state(self.today)

    @property
    def next(self) -> str:
        return next_contact_in_words(self.customer, self.today)

    @property
    def facts(self) -> set[str]:
        """The entry conditions that are met as the customer stands: ticked and confirmed ones, and what can be seen."""
        row = self.customer
        seen = {"kp_known"} if any(person.is_key_person for person in self.people.contacts) else set()
        if row.planned_on or row.appointment_at:
            seen.add("next_contact_clear")
        return seen | set(row.conditions)


def lines(customers: Iterable[Customer], today: date, *, pooled: bool = False) -> list[Line]:
    """`pooled`: whether a column shows since when a customer lies in its pool."""
    rows = list(customers)
    since = in_pool_since([row for row in rows if row.pool_id]) if pooled else {}
    people, masked = people_of(row.pk for row in rows), masked_among(rows)
    practices = Practices(row.unit for row in rows if row.owner_id)
    named = cache(lambda: people_named(fields_of("customer"), [row.custom for row in rows]))
    return [Line(row, today, people[row.pk], since.get(row.pk), row.pk in masked, practices, named) for row in rows]


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
    since = dict(_laid_into_a_pool(keys=Keys(row.pk for row in rows)))
    return {row.pk: since.get(row.pk, row.created_at) for row in rows}


@Statement
def _laid_into_a_pool(keys: Keys) -> QuerySet:
    records = Entry.objects.filter(kind="customer", subject__in=keys, changes__has_key="pool_id")
    return records.order_by().values_list("subject").annotate(at=Max("at"))
