"""What a person may do with one customer, so that no button stands that a service would refuse."""

from dataclasses import dataclass
from datetime import date

from genjin.customers.models import Customer
from genjin.customers.pools import resting
from genjin.customers.pools.administering import administered
from genjin.customers.services.records import may_decide, refusal_to_work_now
from genjin.organization.models import Person


@dataclass(frozen=True, slots=True)
class Abilities:
    """`work`: notes, the file, dates. `decide`: whose it is."""

    work: bool
    plan: bool
    move_class: bool
    confirm: bool
    close: bool
    reopen: bool
    assign: bool
    release: bool
    claim: bool
    lend: bool
    keep: bool


def abilities_of(customer: Customer, person: Person, today: date) -> Abilities:
    is_open, owned = customer.is_open, customer.owner_id is not None
    works = refusal_to_work_now(customer, person, today) is None
    decides = may_decide(customer, person)
    pooled, awake = is_open and not owned, not resting.rests(customer.claimable_from, today)
    return Abilities(
        work=works,
        plan=works and is_open,
        move_class=works and is_open and person.may("customers.move_class"),
        confirm=works and is_open and person.may("customers.confirm"),
        close=works and is_open,
        reopen=decides and not is_open and person.may("customers.reopen"),
        assign=_assigns(customer, person, decides=decides, awake=awake) if is_open else False,
        release=decides and is_open and owned and person.may("customers.release"),
        claim=pooled and awake and person.may("customers.claim"),
        keep=is_open and owned and person.may("customers.keep") and person.scope.leads(customer.unit_id),
        lend=decides and is_open and owned and person.may("customers.work"),
    )


def _assigns(customer: Customer, person: Person, *, decides: bool, awake: bool) -> bool:
    """By role what they decide about and what can be claimed; out of a pool they administer everything."""
    if person.may("customers.assign") and (decides or (customer.owner_id is None and awake)):
        return True
    return customer.pool_id is not None and customer.pool_id in administered(person)
