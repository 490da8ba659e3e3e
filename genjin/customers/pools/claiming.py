"""Why somebody cannot claim a customer now, told before they try and after they came second."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from genjin.core.audit.models import Entry
from genjin.core.reasons import Reason
from genjin.customers.models import Customer, Pool
from genjin.customers.pools import counting, resting, rules
from genjin.organization.models import Person
from genjin.playbooks.practice import Practice, practice_of
from genjin.playbooks.services import playbook_for


def refusal_to_claim(customer: Customer, by: Person, *, today: date) -> Reason | None:
    """Why this person cannot claim it today, before they try: it rests, they let it go, or have claimed enough."""
    return (
        resting.refusal_to_wake(name=customer.name, claimable_from=customer.claimable_from, today=today)
        or lock_out(customer, by, practice_of(customer.unit), today=today)
        or rules.refusal_of_one_more(playbook_for(by.unit_id).pool, claimed=counting.claimed_on(today, by))
    )


def lock_out(customer: Customer, by: Person, practice: Practice, *, today: date) -> Reason | None:
    """Why who let it go may not have it back yet."""
    if customer.former_owner_id != by.pk or customer.released_on is None:
        return None
    return rules.refusal_to_former_owner(
        practice.playbook.pool,
        practice.calendar,
        name=customer.name,
        released_on=customer.released_on,
        today=today,
    )


JUST_NOW = timedelta(minutes=15)


def just_taken(keys: Iterable[int], *, by: Person, at: datetime) -> list[tuple[Customer, Reason]]:
    """Those of these customers that lay in a pool this person may look into and were taken out of it a moment ago.

    Who came second hears who was faster, although the customer is no longer theirs to see. Nothing older is told.
    """
    taken = Entry.objects.filter(
        kind="customer",
        subject__in=list(keys),
        verb__in=("customer.claimed", "customer.assigned"),
        at__gt=at - JUST_NOW,
    )
    pools = set(Pool.objects.visible_to(by).values_list("pk", flat=True))
    from_pool = {entry.subject for entry in taken if (entry.changes.get("pool_id") or [None])[0] in pools}
    rows = Customer.objects.open().filter(pk__in=from_pool, owner__isnull=False).exclude(owner=by)
    return [
        (row, Reason("claimed_by_another", {"name": row.name, "person": row.owner.name}))
        for row in rows.select_related("owner").order_by("pk")
    ]
