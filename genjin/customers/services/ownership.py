"""Whose a customer is: assigning, claiming, releasing, handing over, lending.

Taking on (claim, assignment, dealing out) refuses above a limit, with the figures; nothing already held is taken away.
A customer that had a due date keeps it when its owner changes: a transfer makes nothing look fresh.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from genjin.core.audit.models import Entry
from genjin.core.audit.services import changes_between, entry, record, record_many
from genjin.core.events import emit
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers import events
from genjin.customers.models import Collaboration, Customer, Pool
from genjin.customers.moves.services import note_moves
from genjin.customers.pools import counting, resting
from genjin.customers.pools import rules as pool_rules
from genjin.customers.pools.administering import leads_pool, may_deal, takers
from genjin.customers.pools.claiming import lock_out
from genjin.customers.services.records import (
    keep,
    locked,
    require_deciding,
    require_open,
    snapshot,
    write_many,
)
from genjin.customers.services.standing import start_cycle, suit_playbook, suit_standing
from genjin.organization.models import Person, PersonQuerySet
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice, Practices, practice_of
from genjin.playbooks.variant import Variant

OWNERSHIP = (
    "owner_id", "pool_id", "unit_id", "owned_since", "kept_until", "kept_why", "claimable_from", "former_owner_id",
    "released_on", "playbook", "class_code", "class_rank", "class_since", "moved_up_on", "entered_classes", "won_on",
    "due_on", "due_why", "planned_on", "planned_why", "appointment_at", "missed_in_row",
)  # fmt: skip


def stock_of(person: Person, playbook: Variant) -> Counter[str]:
    """How many open customers a person holds, by the class that each has or will have in this playbook."""
    rows = Customer.objects.owned_by(person).order_by().values_list("playbook", "class_code").annotate(n=Count("pk"))
    stock: Counter[str] = Counter()
    for held, code, count in rows:
        stock[rules.map_class(playbook, held, code).code if held != playbook.code else code] += count
    return stock


def own(customer: Customer, person: Person, practice: Practice, *, today: date) -> None:
    """Make the person the owner. A due date stays; without one the cycle starts today. Saves nothing.

    A lock was given to the owner of before, for their reason: it ends with them. The clocks of going back begin anew
    with whoever has it now, so nobody loses it tonight, and who leads may keep it for them again.
    """
    if customer.owner_id != person.pk:
        customer.kept_until = customer.kept_why = None
    customer.owner, customer.pool, customer.unit, customer.owned_since = person, None, person.unit, today
    customer.claimable_from = customer.former_owner = customer.released_on = None
    suit_standing(customer, practice, today=today)
    if customer.due_on is None:
        start_cycle(customer, practice, anchor=today, anchor_kind="assigned")
        customer.missed_in_row = 0


def pooled(
    customer: Customer,
    pool: Pool,
    *,
    today: date,
    resting_until: date | None = None,
    practice: Practice | None = None,
) -> None:
    """Lay the customer into a pool: no owner, no dates. Saves nothing.

    It rests there until `resting_until` or the end of the pool's embargo, whichever is later; the days of somebody who
    owned it until now count from today for their lock-out. `practice` is the pool's unit's, where it is known.
    """
    practice = practice or practice_of(pool.unit)
    if customer.owner_id:
        customer.former_owner_id = customer.owner_id
        customer.released_on = today
    for name, value in as_pooled(pool, practice, today=today, resting_until=resting_until).items():
        setattr(customer, name, value)
    customer.pool, customer.unit = pool, pool.unit
    suit_playbook(customer, practice, today=today)


def as_pooled(pool: Pool, practice: Practice, *, today: date, resting_until: date | None = None) -> dict[str, Any]:
    """What stands on every customer that is laid into a pool, by attribute name; besides who owned it until now."""
    return {
        "owner_id": None, "pool_id": pool.pk, "unit_id": pool.unit_id, "owned_since": None,
        "kept_until": None, "kept_why": None,
        "claimable_from": resting.claimable_from(practice, today=today, resting_until=resting_until),
        "due_on": None, "due_why": {}, "planned_on": None, "planned_why": {}, "appointment_at": None,
    }  # fmt: skip


class Taker:
    """A person who takes on customers, one or many: held, with their practice and how many they have.

    Held until the transaction ends, so that two hands cannot pass one limit together; always before the customers, as
    somebody's leaving holds people before customers: two such never wait in a circle.
    """

    def __init__(self, person: Person, practices: Practices | None = None) -> None:
        holding = Person.objects.holding_customers().select_for_update(of=("self",)).select_related("unit")
        held = holding.filter(pk=person.pk).first()
        if held is None:
            raise Refused("cannot_hold_customers", person=person.name)
        self.person = held
        self.practices = practices or Practices()
        self.practice = self.practices.of(held.unit)
        self.taken: Counter[str] = Counter()
        self.claimed = 0
        self._claimed_before: int | None = None

    @cached_property
    def held_before(self) -> Counter[str]:
        """How many they have, by class, without what is taken now: asked only where a limit asks for it."""
        return stock_of(self.person, self.practice.playbook)

    def claim(self, customer: Customer, *, today: date) -> None:
        """Take one out of its pool for oneself, within what the pool's rules let one. Saves nothing."""
        locked_out = lock_out(customer, self.person, self.practices.of(customer.unit), today=today)
        if locked_out:
            raise Refused(locked_out.code, **locked_out.figures)
        claimed = counting.claimed_on(today, self.person) if self._claimed_before is None else self._claimed_before
        self._claimed_before = claimed
        reason = pool_rules.refusal_of_one_more(self.practice.playbook.pool, claimed=claimed + self.claimed)
        if reason:
            raise Refused(reason.code, **reason.figures)
        self.take(customer, today=today)
        self.claimed += 1

    def note_claims(self, *, today: date) -> None:
        """Count what was claimed, once it is written."""
        if self.claimed:
            counting.note_claims(self.person, self.claimed, today=today)

    def take(self, customer: Customer, *, today: date) -> None:
        """Make the person the owner, or raise Refused when they may hold no more of its class. Saves nothing."""
        code = class_for(self.practice, customer)
        self.require_room(code)
        own(customer, self.person, self.practice, today=today)
        self.taken[code] += 1

    def require_room(self, class_code: str) -> None:
        """Raise Refused with the figures and the way out when one more would pass a limit of the playbook."""
        playbook = self.practice.playbook
        if rules.limit_on(playbook, class_code) is None:
            return
        held = {code: self.held_before[code] + self.taken[code] for code in self.held_before | self.taken}
        reason = rules.refusal_to_take_on(playbook, held, {class_code: 1})
        if reason:
            raise Refused(reason.code, **reason.figures | {"person": self.person.name})

    def give_up(self, class_code: str) -> None:
        """One of the person's own goes to somebody else."""
        self.taken[class_code] -= 1


def colleagues(by: Person) -> PersonQuerySet:
    """Who one may lend a customer to: those one sees, and those of one's own unit."""
    seen = Q(pk__in=Person.objects.visible_to(by).values("pk")) | Q(unit=by.unit_id)
    return Person.objects.active().filter(seen).exclude(pk=by.pk).select_related("unit").order_by("unit", "pk")


def class_for(practice: Practice, customer: Customer) -> str:
    """The class it will have in this practice."""
    if customer.playbook == practice.playbook.code:
        return customer.class_code
    return rules.map_class(practice.playbook, customer.playbook, customer.class_code).code


@transaction.atomic
def assign_customer(
    *, customer: Customer, to: Person, by: Person, at: datetime, version: int | None = None, reason: str = ""
) -> Customer:
    """Give an open customer to a person: from a pool or from another owner, with everything that belongs to it."""
    require_dealing(by)
    if not takers(by).filter(pk=to.pk).exists() and not Person.objects.visible_to(by).filter(pk=to.pk).exists():
        raise NotPermitted("person_out_of_scope", person=to.name)
    taker = Taker(to)
    row = locked(customer, version=version)
    require_assignable(row, by, visible_pools(by) if row.pool_id else (), today=timezone.localdate(at))
    if row.owner_id == to.pk:
        return row
    before = snapshot(row, OWNERSHIP)
    taker.take(row, today=timezone.localdate(at))
    return _taken_on(row, before, taker, verb="customer.assigned", by=by, at=at, note=reason)


def require_assignable(row: Customer, by: Person, pools: Collection[int], *, today: date) -> None:
    """Raise unless this person may give the customer to somebody; `pools` are those they may look into.

    Out of a pool who assigns by role, or administers that pool; one that rests is given away by nobody but who
    decides about its pool.
    """
    require_open(row)
    if row.owner_id:
        require(by, "customers.assign")
        require_deciding(row, by)
        return
    require_pool(row, pools)
    decides = leads_pool(row, by)
    if not by.may("customers.assign") and not decides:
        raise NotPermitted("not_administrator", name=row.name)
    if resting.rests(row.claimable_from, today) and not decides:
        require_awake(row, today)


def require_dealing(by: Person) -> None:
    """Raise NotPermitted unless the person gives customers to others at all."""
    if not may_deal(by):
        require(by, "customers.assign")


def require_awake(row: Customer, today: date) -> None:
    """Raise Refused with the day while a customer rests in its pool."""
    reason = resting.refusal_to_wake(name=row.name, claimable_from=row.claimable_from, today=today)
    if reason:
        raise Refused(reason.code, **reason.figures)


@transaction.atomic
def claim_customer(*, customer: Customer, by: Person, at: datetime) -> Customer:
    """Take a customer out of a pool for oneself. Of two people exactly one wins; the other hears who.

    Refused while it rests, to who let it go a few days ago, above the claims of a day, and above a limit.
    """
    require(by, "customers.claim")
    taker, today = Taker(by), timezone.localdate(at)
    row = locked(customer)
    require_claimable(row, visible_pools(by) if row.pool_id else (), today=today)
    before = snapshot(row, OWNERSHIP)
    taker.claim(row, today=today)
    taker.note_claims(today=today)
    return _taken_on(row, before, taker, verb="customer.claimed", by=by, at=at)


def require_claimable(row: Customer, pools: Collection[int], *, today: date) -> None:
    """Raise unless the customer still lies in one of these pools, and no longer rests."""
    require_open(row)
    if row.pool_id is None:
        raise Refused("claimed_by_another", name=row.name, person=row.owner.name if row.owner else "")
    require_pool(row, pools)
    require_awake(row, today)


def visible_pools(by: Person) -> frozenset[int]:
    return frozenset(Pool.objects.visible_to(by).values_list("pk", flat=True))


def require_pool(row: Customer, pools: Collection[int]) -> None:
    """Raise NotPermitted when the customer lies in a pool this person may not look into."""
    if row.pool_id not in pools:
        raise NotPermitted("pool_out_of_scope", name=row.name)


def _taken_on(
    row: Customer, before: Mapping[str, Any], taker: Taker, *, verb: str, by: Person, at: datetime, note: str = ""
) -> Customer:
    keep(row, before, by=by, at=at, verb=verb, note=note)
    emit(events.OwnershipChanged([row.pk], taker.person.pk, by, at))
    return row


@transaction.atomic
def release_customer(
    *, customer: Customer, to: Pool | None = None, reason: str, by: Person, at: datetime, version: int | None = None
) -> Customer:
    """Lay a customer into a pool (its unit's own when none is named), with a reason. History and promises stay."""
    row = locked(customer, version=version)
    today = timezone.localdate(at)
    require(by, "customers.release")
    require_releasable(row, by, reason)
    if row.pool_id:
        return row
    if to is not None and not Pool.objects.visible_to(by).filter(pk=to.pk).exists():
        raise NotPermitted("pool_out_of_scope", name=to.name)
    before = snapshot(row, OWNERSHIP)
    pooled(row, to or row.unit.pool, today=today)
    keep(row, before, by=by, at=at, verb="customer.released", note=reason)
    emit(events.OwnershipChanged([row.pk], None, by, at))
    return row


def require_releasable(row: Customer, by: Person, reason: str) -> None:
    """Raise unless this person may lay the customer into a pool, for this reason."""
    require_open(row)
    require_deciding(row, by)
    if row.pool_id is None and not reason.strip():
        raise Refused("releasing_needs_a_reason")


@transaction.atomic
def hand_over(
    *, leaver: Person, among: Sequence[Person] = (), pool: Pool | None = None, by: Person | None, at: datetime
) -> int:
    """Pass on everything open that a leaver owns: to one successor, evenly to several, or to a pool.

    Limits do not refuse it (a leaver's customers must go somewhere); what stands above one is shown as excess.
    Returns how many customers went over.
    """
    today = timezone.localdate(at)
    rows = list(Customer.objects.select_for_update().owned_by(leaver).order_by("class_rank", "pk"))
    heirs = list(among)
    practices = {person.unit_id: practice_of(person.unit) for person in heirs}
    entries: list[Entry] = []
    moved: dict[int | None, list[int]] = {}
    for number, row in enumerate(rows):
        before = snapshot(row, OWNERSHIP)
        heir = heirs[number % len(heirs)] if heirs else None
        if heir:
            own(row, heir, practices[heir.unit_id], today=today)
        else:
            assert pool is not None
            pooled(row, pool, today=today)
        row.version += 1
        changes = changes_between(before, snapshot(row, OWNERSHIP)) | {"version": [row.version - 1, row.version]}
        entries.append(
            entry(by=by, at=at, verb="customer.handed_over", kind="customer", subject=row.pk, changes=changes)
        )
        moved.setdefault(heir.pk if heir else None, []).append(row.pk)
    write_many(rows, (*OWNERSHIP, "version"))
    record_many(entries)
    note_moves(zip(entries, rows, strict=True))
    for owner, customers in moved.items():
        emit(events.OwnershipChanged(customers, owner, by, at))
    lent = Collaboration.objects.filter(person=leaver).filter(Q(ends_on=None) | Q(ends_on__gt=today))
    lent.update(ends_on=today)
    return len(rows)


@transaction.atomic
def lend_customer(
    *, customer: Customer, to: Person, may_work: bool, ends_on: date | None, by: Person, at: datetime
) -> Collaboration:
    """Let a colleague read, or work, one customer, until a day or for good."""
    require(by, "customers.work")
    row = locked(customer)
    today = timezone.localdate(at)
    require_open(row)
    require_deciding(row, by)
    if ends_on and ends_on < today:
        raise Refused("date_before_today", day=ends_on.isoformat())
    if to.pk == row.owner_id or not to.is_active:
        raise Refused("cannot_lend_to", person=to.name)
    held = Collaboration.objects.filter(customer=row, person=to).first()
    lent, _made = Collaboration.objects.update_or_create(
        customer=row, person=to, defaults={"may_work": may_work, "ends_on": ends_on}
    )
    before = held.ends_on if held else None
    changes = {
        "person": [held and to.pk, to.pk],
        "may_work": [held and held.may_work, may_work],
        "ends_on": [before and before.isoformat(), ends_on and ends_on.isoformat()],
    }
    record(by=by, at=at, verb="customer.lent", kind="customer", subject=row.pk, changes=changes)
    return lent


@transaction.atomic
def end_lending(*, collaboration: Collaboration, by: Person, at: datetime) -> None:
    """The colleague no longer sees the customer."""
    require(by, "customers.work")
    row = locked(collaboration.customer_id)
    require_deciding(row, by)
    changes = {"person": [collaboration.person_id, None]}
    record(by=by, at=at, verb="customer.lending_ended", kind="customer", subject=row.pk, changes=changes)
    collaboration.delete()
