"""A pass over a customer list: rows are read, those already there are set apart, the others are written."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from genjin.core.reasons import Refused
from genjin.core.transfer.kinds import CellWrong, Judged, Row, kind_of
from genjin.core.transfer.mapping import columns_of
from genjin.core.transfer.models import ImportRun
from genjin.core.transfer.runs import as_problem
from genjin.customers.importing.backlog import place_backlog
from genjin.customers.importing.dealing import Dealer
from genjin.customers.importing.directory import Directory
from genjin.customers.importing.duplicates import Duplicates
from genjin.customers.importing.fields import EXTERNAL_ID, GIVEN_NAME, NAME, SURNAME
from genjin.customers.importing.questions import day_questions, differing_lengths, settled_orders
from genjin.customers.importing.rows import Choices, NewCustomer, RowReader
from genjin.customers.importing.standing import Standings
from genjin.customers.importing.tally import Tally, reaches
from genjin.customers.importing.updating.choices import KEY_COLUMNS, UPDATE_ONLY, choices_in
from genjin.customers.importing.writing import Writer, hold_owners
from genjin.customers.models import Customer, Phone, Pool
from genjin.customers.services.phones import hold_every_phone
from genjin.organization.models import Unit

NAMING = frozenset({NAME, SURNAME, GIVEN_NAME})


class CustomerImporter:
    """One pass; see `core.transfer.kinds.Importer`."""

    judges_ahead = True

    def __init__(self, run: ImportRun, *, at: datetime, for_real: bool) -> None:
        self.run, self.for_real, self.today = run, for_real, timezone.localdate(at)
        self.kind = kind_of(run)
        self.columns = columns(run)
        self.standings = Standings(self.today)
        self.writer = Writer(run=run.pk, by=run.by, at=at, today=self.today, additions=self.kind.additions)
        self.directory = Directory(run.by, run.options.get("owners"), run.options.get("owners_rest"))
        choices = choices_of(run, self.directory)
        orders = run.options.get("day_orders", {})
        self.reader = RowReader(
            self.directory, self.standings, choices, self.kind.additions, self.columns, run.header, orders
        )
        self.tally = Tally(self.directory, self.today, at)
        self.duplicates = Duplicates(
            run=run.pk, scope=run.by.scope, names=lambda pk: self.directory.people[pk].name, titles=self.title
        )
        self.dealer = None
        if choices.deals_out and choices.pool is not None:
            self.dealer = Dealer(run=run.pk, by=run.by, pool=choices.pool, directory=self.directory)
            self.reader.landing = self.dealer.unit
        self._rooms: dict[int, int] = {}
        self._stored = self._stored_at_the_start()
        self._pools = {pool.unit_id: pool for pool in Pool.objects.filter(home_of__isnull=False)}

    def judge(self, rows: Sequence[Row]) -> Judged:
        if self.for_real:
            self.directory.refresh_when_old()
        read: list[NewCustomer] = []
        judged = Judged()
        for row in rows:
            try:
                read.append(self.reader.read(row, self.today))
            except CellWrong as wrong:
                wrongs = self.reader.wrongs(row, self.today) or [wrong]
                judged.problems.append(as_problem(row, self.run, *wrongs))
        judged.items, known = self.duplicates.divide(read)
        judged.problems += known
        self.place(judged)
        if self.for_real:
            judged.items = self.writer.make_ready(judged.items)
        else:
            self.tally.count(judged.items, judged.problems)
        return judged

    def _stored_at_the_start(self) -> tuple[int, int]:
        """What is stored, nobody being in the middle of adding a phone; of what comes later `still_holds` learns."""
        with transaction.atomic():
            if self.for_real:
                hold_every_phone()
            return last_stored()

    def still_holds(self, items: Any) -> bool:
        return self.nobody_stored(items.tokens) and hold_owners(items.owners)

    def nobody_stored(self, tokens: Sequence[str]) -> bool:
        """Whether nobody else has stored one of these phones and ids; nobody can until this transaction ends."""
        hold_every_phone()
        stored = last_stored()
        if stored != self._stored:
            customers, phones = self._stored
            self.duplicates.learn_of_others(customers=customers, phones=phones)
            self._stored = stored
        return not self.duplicates.meets_others(tokens)

    def write(self, items: Any) -> None:
        self.writer.write(items)
        self.stored_by_itself()

    def stored_by_itself(self) -> None:
        """What was just written is nobody else's."""
        self._stored = last_stored()

    def finish(self, *, at: datetime) -> None:
        place_backlog(self.run, at=at)

    def settle(self) -> dict[str, Any]:
        """The order of days that a column's own values have shown; with it the dry run begins anew."""
        return settled_orders(self.reader.days, self.run, self.title)

    def findings(self) -> dict[str, Any]:
        found = self.tally.as_json()
        found["days"] = day_questions(self.reader.days, self.run, self.title)
        found["zeros"] = [
            {"column": self.run.header[place], "rows": count} for place, count in self.reader.lost_zeros.items()
        ]
        found["id_lengths"] = differing_lengths(self.reader.id_lengths)
        found["id_column"] = self.title(EXTERNAL_ID)
        if self.dealer is not None:
            found["dealt"] = {
                "rows": self.dealer.dealt.total(), "people": len(self.dealer.dealt), "left": self.dealer.left,
                "pool": self.dealer.pool.name,
            }  # fmt: skip
        return found

    def place(self, judged: Judged) -> None:
        """Deal out what would lie in the pool, or keep from people what they cannot reach in time, where so chosen."""
        if self.dealer is not None:
            self._deal_out(judged, self.dealer)
        if self.run.options.get("excess_to_pool"):
            for item in judged.items:
                self._send_excess_to_pool(item)

    def _deal_out(self, judged: Judged, dealer: Dealer) -> None:
        """Give the rows that would lie in the pool to the sellers below it; what is left is the pool's."""
        kept = []
        for item in judged.items:
            if item.owner is not None:
                dealer.count(item)
            elif item.pool is not None and not self._deal(item, dealer):
                try:
                    self.reader.leave_in_pool(item)
                except CellWrong as wrong:
                    judged.problems.append(as_problem(item.row, self.run, wrong))
                    continue
            kept.append(item)
        judged.items = kept

    def _deal(self, item: NewCustomer, dealer: Dealer) -> bool:
        """Give one to a seller, who keeps it by the playbook there; False when nobody has room."""
        taken = dealer.taker_of(lambda playbook: self.reader.class_in(item.row, playbook))
        if taken is None:
            return False
        owner, cls = taken
        practice = self.directory.practice(owner.unit)
        item.owner, item.pool, item.unit, item.cls = owner, None, owner.unit, cls
        item.playbook = practice.playbook.code
        item.standing = self.standings.of(
            practice, cls, last_effective_on=item.last_effective_on, planned_on=item.next_contact
        )
        return True

    def _send_excess_to_pool(self, item: NewCustomer) -> None:
        """A new customer that its owner could not reach in time lies in the pool of the owner's unit instead."""
        owner = item.owner
        if owner is None or not item.is_new:
            return
        if owner.pk not in self._rooms:
            self._rooms[owner.pk] = reaches(self.directory, [owner])[owner.pk].room
        if self._rooms[owner.pk] > 0:
            self._rooms[owner.pk] -= 1
            return
        item.owner, item.standing, item.pool = None, None, self._pools[owner.unit]
        self.tally.beyond_reach += 1

    def title(self, field: str) -> str:
        """What the file calls the column of a field."""
        places = self.columns.get(field)
        return self.run.header[places[0]] if places else ""


def last_stored() -> tuple[int, int]:
    """The highest keys of customers and phones: they grow whenever anybody adds one."""
    customer = Customer.objects.order_by("-pk").values_list("pk", flat=True).first()
    return customer or 0, Phone.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def columns(run: ImportRun) -> dict[str, list[int]]:
    return columns_of(run.mapping, run.header, kind_of(run).all_fields(run.by))


def names_customers(fields: Collection[str]) -> bool:
    """Whether the columns of these fields hold a customer's name, in one piece or in parts."""
    return not NAMING.isdisjoint(fields)


def verify(run: ImportRun) -> None:
    """Raise Refused when the file cannot be taken so."""
    choices_of(run, Directory(run.by))
    chosen, has = choices_in(run.options), columns(run)
    if chosen.updates and not any(field in has for field in KEY_COLUMNS[chosen.key]):
        raise Refused("key_column_missing", key=chosen.key)


def choices_of(run: ImportRun, directory: Directory, *, needs_names: bool = True) -> Choices:
    """How the rows are taken, from the run's options. Refused when they no longer hold, or when names are missing."""
    options = run.options
    has_name = names_customers(columns(run))
    name_from_row = bool(options.get("name_from_row")) and not has_name
    needs_names = needs_names and choices_in(options).mode != UPDATE_ONLY
    if needs_names and not has_name and not name_from_row:
        raise Refused("name_column_missing")
    pool = owner = None
    if options.get("pool"):
        units = Unit.objects.visible_to(run.by)
        pool = Pool.objects.open().filter(pk=options["pool"], unit__in=units).first()
        if pool is None:
            raise Refused("pool_outside_scope")
    if options.get("give_to") == "person":
        owner = directory.people.get(options.get("owner") or 0)
        if owner is None or owner.refusal:
            raise Refused(owner.refusal if owner else "owner_missing", name=owner.name if owner else "")
    return Choices(
        kind=options.get("kind") or "org",
        name_from_row=name_from_row,
        file_stem=Path(run.file_name).stem[:40],
        owner=owner,
        pool=pool,
        all_to_pool=options.get("give_to") == "pool",
        deals_out=options.get("give_to") == "deal",
    )
