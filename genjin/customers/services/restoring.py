"""What stood at a customer, kept before a change and given back when the change is undone.

A note, a single verb, a bulk run and an import are all taken back this way: while the customer's version is still the
one the change made, it gets back what stood before; whoever was touched since is left as they are.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.models import Entry
from genjin.core.audit.services import changes_between, plain
from genjin.core.events import emit
from genjin.core.reasons import Refused
from genjin.customers import custom, events
from genjin.customers.models import Customer, Pool
from genjin.customers.pools.rules import refusal_to_former_owner
from genjin.customers.rules import name_key
from genjin.customers.search import reindex_customer
from genjin.customers.services.identity import FILE, phones_of, tags_of, write_phones, write_tags
from genjin.customers.services.records import STANDING, keep, locked, require_working, restored, snapshot
from genjin.customers.services.standing import suit_playbook
from genjin.organization.models import Person
from genjin.playbooks.practice import Practices

RESTORABLE = frozenset((*STANDING, *FILE))
# What hangs on the row: kept as lists of names and numbers.
HANGING = {"tags": (tags_of, write_tags), "phones": (phones_of, lambda row, phones: write_phones(row, None, phones))}
WHOSE = frozenset({"owner_id", "pool_id", "unit_id", "closed_on", "class_code", "playbook"})
UNDOABLE = {
    "customer.released", "customer.assigned", "customer.claimed", "customer.closed", "customer.class_moved",
    "customer.planned", "customer.reopened", "customer.changed", "customer.kept",
}  # fmt: skip


def standing_of(customer: Customer, fields: Iterable[str] = STANDING) -> dict[str, Any]:
    """What stands at the customer now, as JSON keeps it: fields of its row by attribute name, `tags` and `phones`."""
    return {
        field: HANGING[field][0](customer) if field in HANGING else plain(custom.value_of(customer, field))
        for field in fields
    }


def stood_before(changes: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """The standing before a change, from its audit record."""
    known = RESTORABLE | HANGING.keys()
    return {field: pair[0] for field, pair in changes.items() if field in known or custom.is_custom(field)}


class Ground:
    """Who of those who would own them still holds customers, and how units work: asked once for one or thousands.

    Given what stood at each customer, by its key. The people are held until the transaction ends: make it before the
    customers are locked, as somebody's leaving holds people before customers, and two such never wait in a circle.
    """

    def __init__(self, standings: Mapping[int, Mapping[str, Any]]) -> None:
        wanted = {each["owner_id"] for each in standings.values() if each.get("owner_id")}
        kept = [pk for pk, each in standings.items() if "owner_id" not in each and not WHOSE.isdisjoint(each)]
        owned = Customer.objects.filter(pk__in=kept, owner__isnull=False).order_by()
        wanted.update(owned.values_list("owner_id", flat=True).distinct() if kept else ())
        held = Person.objects.filter(pk__in=wanted).order_by("pk").select_for_update(no_key=True)
        active = Person.objects.holding_customers().filter(pk__in=[person.pk for person in held] if wanted else [])
        self.people: dict[int, Person] = {person.pk: person for person in active.select_related("unit")}
        self._pools: dict[int, Pool] = {}
        self.practices = Practices()

    def pool(self, pk: int) -> Pool:
        if pk not in self._pools:
            self._pools[pk] = Pool.objects.select_related("unit").get(pk=pk)
        return self._pools[pk]


def set_fields(customer: Customer, values: Mapping[str, Any]) -> None:
    """Set fields of the row to values as the audit record keeps them; what hangs on it is left. Saves nothing."""
    for field, value in values.items():
        if custom.is_custom(field):
            custom.set_value(customer, field, value)
        elif field not in HANGING:
            setattr(customer, field, restored(field, value))
    if "name" in values:
        customer.name_key = name_key(customer.name)


def put_back(customer: Customer, standing: Mapping[str, Any], ground: Ground, *, today: date) -> None:
    """Set the fields of the row as they stood. An open customer of somebody who left is refused. Saves nothing.

    The unit is the one its owner has now, the class one of that unit's playbook: both may have changed since, while
    the customer was closed.
    """
    set_fields(customer, standing)
    if not customer.is_open or WHOSE.isdisjoint(standing):
        return
    if customer.owner_id:
        owner = ground.people.get(customer.owner_id)
        if owner is None:
            raise Refused("owner_has_left", name=customer.name)
        customer.owner, customer.unit = owner, owner.unit
    else:
        pool = ground.pool(customer.pool_id)  # type: ignore[arg-type]
        customer.pool, customer.unit = pool, pool.unit
    suit_playbook(customer, ground.practices.of(customer.unit), today=today)


def restore(
    customer: Customer,
    standing: Mapping[str, Any],
    ground: Ground,
    *,
    by: Person | None,
    at: datetime,
    verb: str = "customer.undone",
    note: str = "",
    changed_at: datetime | None = None,
    changes: Mapping[str, list[Any]] | None = None,
) -> None:
    """Give one locked customer back what stood before, under a new version, with its record and its events.

    `changed_at` is the instant of what is undone: agreements that were settled by it are open again. `changes` are
    recorded besides.
    """
    before, stood = snapshot(customer), (customer.is_open, customer.owner_id)
    of_file = tuple(field for field in standing if field in FILE or custom.is_custom(field))
    before |= snapshot(customer, of_file)
    hanging = [field for field in standing if field in HANGING]
    hung = standing_of(customer, hanging)
    put_back(customer, standing, ground, today=timezone.localdate(at))
    for field in hanging:
        HANGING[field][1](customer, standing[field])
    besides = {**(changes or {}), **changes_between(hung, {field: standing[field] for field in hanging})}
    keep(customer, before, by=by, at=at, verb=verb, note=note, changes=besides)
    if of_file or hanging:
        reindex_customer(customer)
    tell_what_moved([(customer, *stood)], changed_at=changed_at, by=by, at=at)


def require_taking_back(
    row: Customer,
    by: Person,
    standing: Mapping[str, Any],
    ground: Ground,
    *,
    today: date,
    lent: Collection[int] | None = None,
) -> None:
    """Raise unless this person may give the customer back what stood. Who let one go and is locked out of claiming it
    may have it back on the same day only."""
    if not row.is_open:
        return
    if row.pool_id is None:
        require_working(row, by, today, lent=lent)
        return
    for_oneself = standing.get("owner_id") == by.pk == row.former_owner_id
    if for_oneself and row.released_on not in (None, today):
        practice = ground.practices.of(row.unit)
        reason = refusal_to_former_owner(
            practice.playbook.pool, practice.calendar, name=row.name, released_on=row.released_on, today=today
        )
        if reason:
            raise Refused(reason.code, **reason.figures)


def tell_what_moved(
    rows: Iterable[tuple[Customer, bool, int | None]], *, changed_at: datetime | None, by: Person | None, at: datetime
) -> None:
    """Tell the other apps whose customers are now others'; each row with whether it was open, and its owner, before.

    `changed_at` is the instant of a close that was undone: what it settled is open again.
    """
    closed, reopened = [], []
    moved: dict[int | None, list[int]] = {}
    for row, was_open, owner in rows:
        if was_open and not row.is_open:
            closed.append(row.pk)
        elif row.is_open and not was_open:
            reopened.append(row.pk)
        elif row.is_open and row.owner_id != owner:
            moved.setdefault(row.owner_id, []).append(row.pk)
    if closed:
        emit(events.CustomersClosed(closed, by, at))
    if reopened:
        emit(events.CustomersReopened(reopened, changed_at, by, at))
    for person, keys in moved.items():
        emit(events.OwnershipChanged(keys, person, by, at))


@transaction.atomic
def undo(*, entry: Entry, by: Person, at: datetime) -> Customer:
    """Take back one's own last verb on a customer, as long as nobody touched it since."""
    if entry.kind != "customer" or entry.verb not in UNDOABLE or entry.by_id != by.pk:
        raise Refused("cannot_be_undone")
    standing = stood_before(entry.changes)
    ground = Ground({entry.subject: standing})
    row = locked(entry.subject)
    if row.version != entry.changes["version"][1]:
        raise Refused("touched_since", name=row.name)
    require_taking_back(row, by, standing, ground, today=timezone.localdate(at))
    restore(row, standing, ground, by=by, at=at, note=entry.verb, changed_at=entry.at)
    return row
