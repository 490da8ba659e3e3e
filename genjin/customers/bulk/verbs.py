"""The verbs that many customers can be given. Each changes one locked row in memory, by the rules of its service."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from genjin.core.fields.services import values_given
from genjin.core.reasons import NotPermitted, Reason, Refused
from genjin.customers import custom
from genjin.customers.bulk.models import BulkRow, BulkRun
from genjin.customers.bulk.renewing import Renew
from genjin.customers.bulk.scene import Verb
from genjin.customers.bulk.suiting import Suit
from genjin.customers.models import Customer, Pool, Tag
from genjin.customers.pools.administering import leads_pool, takers
from genjin.customers.recycling.keeping import KEPT, keep_by_lead, require_keepable
from genjin.customers.services.identity import FILE
from genjin.customers.services.ownership import (
    OWNERSHIP,
    Taker,
    class_for,
    pooled,
    require_assignable,
    require_claimable,
    require_dealing,
    require_releasable,
)
from genjin.customers.services.records import STANDING, require_open
from genjin.customers.services.restoring import Ground, put_back, require_taking_back
from genjin.customers.services.standing import close_by_person, move_by_lead, place_by_person, suit_playbook
from genjin.organization.models import Person
from genjin.playbooks.rules.dealing import Room, most_room

Kind = BulkRun.Verb
# What can be set for many at once: what several customers may have in common.
FILLABLE = ("source_id", "industry", "province", "city", "district", "kind")


def _persons(keys: Sequence[int], by: Person) -> list[Person]:
    """These people in this order, whom the one who acts may give customers to."""
    seen = Person.objects.visible_to(by).select_related("unit").in_bulk(list(keys))
    if len(seen) < len(set(keys)):
        seen |= takers(by).in_bulk(list(keys))
    for key in keys:
        if key not in seen:
            raise NotPermitted("person_out_of_scope", person=str(Person.objects.filter(pk=key).first() or ""))
    return [seen[key] for key in keys]


class Assign(Verb):
    """Give each to one person. `options`: to, reason."""

    permission, recorded, fields = "customers.assign", "customer.assigned", OWNERSHIP

    @classmethod
    def require_permission(cls, by: Person) -> None:
        require_dealing(by)

    def hold(self) -> None:
        self.taker = Taker(_persons([self.options["to"]], self.scene.by)[0], self.scene.practices)

    def apply(self, row: Customer) -> None:
        require_assignable(row, self.scene.by, self.scene.pools, today=self.scene.today)
        if row.owner_id != self.taker.person.pk:
            self.taker.take(row, today=self.scene.today)


class Deal(Verb):
    """Share them, the best first. `options`: among; way, "evenly" (one each in turn, passing over who is at a limit) or
    "capacity" (each to whoever has most of their days free, nobody above a limit or what their days can take)."""

    permission, recorded, fields, best_first = "customers.assign", "customer.assigned", OWNERSHIP, True

    @classmethod
    def require_permission(cls, by: Person) -> None:
        require_dealing(by)

    def hold(self) -> None:
        """Who has left meanwhile is passed over like who is at a limit."""
        self.takers: dict[int, Taker] = {}
        self.why_not = Reason("nobody_to_deal_to")
        for person in sorted(_persons(self.options["among"], self.scene.by), key=lambda each: each.pk):
            try:
                self.takers[person.pk] = Taker(person, self.scene.practices)
            except Refused as refused:
                self.why_not = refused.reason
        self.turn = [pk for pk in self.options["among"] if pk in self.takers]
        self.rooms: dict[int, Room] = {}
        if self.options.get("way") == "capacity":
            for pk in self.turn:
                taker = self.takers[pk]
                slots = taker.practice.slots_of(taker.person)
                self.rooms[pk] = Room(taker.practice.playbook, slots, taker.held_before)

    def apply(self, row: Customer) -> None:
        require_assignable(row, self.scene.by, self.scene.pools, today=self.scene.today)
        if self.options.get("way") == "capacity":
            self._by_room(row)
        else:
            self._in_turn(row)

    def _by_room(self, row: Customer) -> None:
        if not self.rooms:
            raise Refused(self.why_not.code, **self.why_not.figures)
        classes = {pk: class_for(taker.practice, row) for pk, taker in self.takers.items()}
        found = most_room(self.rooms, classes)
        if isinstance(found, Reason):
            raise Refused(found.code, **found.figures)
        before = row.owner_id
        if found == before:
            return
        self.takers[found].take(row, today=self.scene.today)
        self.rooms[found].take(classes[found])
        if before in self.takers:
            self.takers[before].give_up(classes[before])
            self.rooms[before].give_up(classes[before])

    def _in_turn(self, row: Customer) -> None:
        before, class_before = row.owner_id, row.class_code
        why_not = self.why_not
        for _tried in self.turn:
            taker = self.takers[self.turn[self.scene.run.turn % len(self.turn)]]
            self.scene.run.turn += 1
            if taker.person.pk == before:
                return
            try:
                taker.take(row, today=self.scene.today)
            except Refused as refused:
                why_not = refused.reason
                continue
            if before in self.takers:
                self.takers[before].give_up(class_before)
            return
        raise Refused(why_not.code, **why_not.figures)


class Claim(Verb):
    """Take them out of the pool for oneself."""

    permission, recorded, fields = "customers.claim", "customer.claimed", OWNERSHIP

    def hold(self) -> None:
        self.taker = Taker(self.scene.by, self.scene.practices)

    def apply(self, row: Customer) -> None:
        require_claimable(row, self.scene.pools, today=self.scene.today)
        self.taker.claim(row, today=self.scene.today)

    def written(self) -> None:
        self.taker.note_claims(today=self.scene.today)


class Release(Verb):
    """Lay them into a pool, each into its unit's own when none is named. `options`: pool, reason."""

    permission, recorded, fields = "customers.release", "customer.released", OWNERSHIP

    def hold(self) -> None:
        pools = Pool.objects.select_related("unit")
        if self.options.get("pool"):
            self.pool = pools.visible_to(self.scene.by).filter(pk=self.options["pool"]).first()
            if self.pool is None:
                raise NotPermitted("pool_out_of_scope", name="")
            return
        self.pool = None
        self.by_unit = {pool.unit_id: pool for pool in pools.filter(home_of__isnull=False)}

    def apply(self, row: Customer) -> None:
        require_releasable(row, self.scene.by, self.note())
        if row.pool_id is None:
            pool = self.pool or self.by_unit[row.unit_id]
            pooled(row, pool, today=self.scene.today, practice=self.scene.practices.of(pool.unit))


class Shift(Verb):
    """Move them to another pool; whose they were and until when they rest stays. `options`: pool, reason."""

    recorded, fields = "customer.pool_changed", OWNERSHIP

    @classmethod
    def require_permission(cls, by: Person) -> None:
        require_dealing(by)

    def hold(self) -> None:
        found = Pool.objects.visible_to(self.scene.by).select_related("unit").filter(pk=self.options["pool"]).first()
        if found is None:
            raise NotPermitted("pool_out_of_scope", name="")
        self.pool = found

    def apply(self, row: Customer) -> None:
        require_open(row)
        if row.pool_id is None:
            raise Refused("lies_in_no_pool", name=row.name)
        if not leads_pool(row, self.scene.by):
            raise NotPermitted("pool_moves_by_its_leader", name=row.name)
        if row.pool_id != self.pool.pk:
            row.pool, row.unit = self.pool, self.pool.unit
            suit_playbook(row, self.scene.practices.of(self.pool.unit), today=self.scene.today)


class Tags(Verb):
    """Put tags on them, take others off. `options`: add, remove (names)."""

    changes_tags = True

    def apply(self, row: Customer) -> None:
        self.require_working(row)
        kept = [name for name in self.scene.tags[row.pk] if name not in self.options.get("remove", ())]
        added = [name for name in self.options.get("add", ()) if name not in kept]
        self.scene.tags[row.pk] = sorted(kept + added)


class Fill(Verb):
    """Set fields that they have in common. `options`: fields (attribute name → value), custom (code → value)."""

    fields: tuple[str, ...] = FILLABLE

    def hold(self) -> None:
        if not set(self.options["fields"]) <= set(FILLABLE):
            raise Refused("field_is_not_for_many")
        given = values_given("customer", self.options.get("custom", {}), by=self.scene.by)
        self.custom = {f"{custom.PREFIX}{code}": value for code, value in (given or {}).items()}
        self.fields = (*FILLABLE, *self.custom)

    def apply(self, row: Customer) -> None:
        self.require_working(row)
        for name, value in self.options["fields"].items():
            setattr(row, name, value)
        for name, value in self.custom.items():
            custom.set_value(row, name, value)


class MoveClass(Verb):
    """Another class by the word of whoever leads. `options`: to, playbook, reason."""

    permission, recorded, fields = "customers.move_class", "customer.class_moved", STANDING

    def apply(self, row: Customer) -> None:
        require_open(row)
        self.require_working(row)
        practice = self.scene.practices.of(row.unit, held=row.playbook)
        if practice.playbook.code != self.options["playbook"]:
            raise Refused("class_of_another_playbook", class_code=self.options["to"])
        if row.class_code != self.options["to"]:
            move_by_lead(row, practice, to=self.options["to"], reason=self.note(), today=self.scene.today)

    def recorded_as(self, row: Customer) -> str:
        return self.recorded if row.is_open else "customer.closed"


class Plan(Verb):
    """Place them on a day. `options`: on (ISO day), reason."""

    recorded, fields = "customer.planned", STANDING

    def apply(self, row: Customer) -> None:
        on = date.fromisoformat(self.options["on"])
        require_open(row)
        self.require_working(row)
        if on != row.planned_on:
            place_by_person(
                row, self.scene.practices.of(row.unit, held=row.playbook), on=on, reason=self.note(), by=self.scene.by,
                today=self.scene.today,
            )  # fmt: skip


class Close(Verb):
    """Stop following them up. `options`: kind, reason."""

    recorded, fields = "customer.closed", STANDING

    def apply(self, row: Customer) -> None:
        require_open(row)
        self.require_working(row)
        close_by_person(row, kind=self.options["kind"], reason=self.note(), today=self.scene.today)


class Keep(Verb):
    """Keep them from going back to the pool. `options`: until (ISO day, "" for no longer), reason."""

    permission, recorded, fields = "customers.keep", "customer.kept", KEPT

    def apply(self, row: Customer) -> None:
        require_keepable(row, self.scene.by)
        until = date.fromisoformat(self.options["until"]) if self.options["until"] else None
        keep_by_lead(row, until=until, reason=self.note(), by=self.scene.by, today=self.scene.today)


class Undo(Verb):
    """Give back what stood before another run, to those whom nobody has touched since."""

    recorded, fields, changes_tags = "customer.undone", tuple(dict.fromkeys((*STANDING, *FILE))), True

    @classmethod
    def keys(cls, run: BulkRun) -> QuerySet:
        """Whom the other run changed."""
        changed = BulkRow.objects.filter(run=run.undoes_id, code="")
        return changed.order_by("customer").values_list("customer", flat=True)

    def hold(self) -> None:
        rows = BulkRow.objects.filter(run=self.scene.run.undoes_id, customer__in=self.scene.keys, code="")
        self.done = {row.customer_id: row for row in rows}
        self.ground = Ground({key: row.before for key, row in self.done.items()})
        self.fields = (*type(self).fields, *{name for row in rows for name in row.before if custom.is_custom(name)})

    def apply(self, row: Customer) -> None:
        done = self.done[row.pk]
        if row.version != done.version:
            raise Refused("touched_since", name=row.name)
        require_taking_back(row, self.scene.by, done.before, self.ground, today=self.scene.today, lent=self.scene.lent)
        put_back(row, done.before, self.ground, today=self.scene.today)
        if "tags" in done.before:
            self.scene.tags[row.pk] = done.before["tags"]

    def note(self) -> str:
        """The verb that is taken back, as the timeline tells it."""
        undone = self.scene.run.undoes
        return VERBS[undone.verb].recorded if undone else ""

    def changed_at(self, row: Customer) -> datetime | None:
        return self.done[row.pk].at


VERBS: dict[str, type[Verb]] = {
    Kind.ASSIGN: Assign, Kind.DEAL: Deal, Kind.CLAIM: Claim, Kind.RELEASE: Release, Kind.TAG: Tags, Kind.FILL: Fill,
    Kind.SHIFT: Shift,
    Kind.CLASS: MoveClass, Kind.PLAN: Plan, Kind.CLOSE: Close, Kind.KEEP: Keep, Kind.UNDO: Undo,
    Kind.PLAYBOOK: Suit, Kind.RENEW: Renew,
}  # fmt: skip


def write_tags(changed: Mapping[int, tuple[list[str], list[str]]]) -> None:
    """Write the tags of many customers: by key, those before and those after."""
    links = Customer.tags.through
    names = {name for before, after in changed.values() for name in (*before, *after)}
    Tag.objects.bulk_create([Tag(name=name) for name in sorted(names)], ignore_conflicts=True)
    keys = dict(Tag.objects.filter(name__in=names).values_list("name", "pk"))
    off: dict[int, list[int]] = {}
    on: list[Any] = []
    for customer, (before, after) in changed.items():
        for name in set(before) - set(after):
            off.setdefault(keys[name], []).append(customer)
        on += [links(customer_id=customer, tag_id=keys[name]) for name in after if name not in before]
    for tag, customers in off.items():
        links.objects.filter(tag=tag, customer__in=customers).delete()
    links.objects.bulk_create(on, ignore_conflicts=True)
