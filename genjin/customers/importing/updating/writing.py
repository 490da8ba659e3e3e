"""Changes of customers by the hundred: rows, what hangs on them, audit, search, and what undoing will need."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from genjin.core.audit.models import Entry
from genjin.core.events import emit
from genjin.core.transfer import bulk
from genjin.core.transfer.models import ImportRun
from genjin.customers import events
from genjin.customers.custom import is_custom
from genjin.customers.importing.updating.applying import Change
from genjin.customers.importing.updating.target import DETAILS, Target
from genjin.customers.importing.writing import Writer
from genjin.customers.models import ContactPerson, Customer, ImportedChange, Phone, Remark
from genjin.customers.moves.services import note_moves
from genjin.customers.rules import name_key
from genjin.customers.search import reindex_customers
from genjin.customers.services.records import write_many

VERB = "customer.import_updated"
LISTED = frozenset({"phones", "tags", "source"})
PHONE_FIELDS = ("customer", "contact_person", "number", "position")
FOUND_BY = frozenset({"name", "short_name", "phones"})


def _is_found_by(fields: Iterable[str]) -> bool:
    return any(field in FOUND_BY or is_custom(field) for field in fields)


class ChangeWriter:
    """Writes what rows change at customers that are there, or were just made by `Writer` in the same batch."""

    def __init__(self, writer: Writer, *, run: ImportRun, at: datetime) -> None:
        self.writer, self.run, self.at = writer, run, at

    def write(self, changes: Sequence[Change], made: Mapping[int, int]) -> None:
        """In the caller's transaction, the customers being locked. `made` gives the keys of new customers by item."""
        if not changes:
            return
        targets = list({id(change.target): change.target for change in changes}.values())
        for target in targets:
            if target.item is not None:
                target.customer.pk = made[id(target.item)]
        moved = self._moved(changes)
        self.writer.learn_sources({target.source for target in targets if target.source})
        self.writer.learn_tags({tag for target in targets for tag in target.tags})
        self._write_rows(targets, moved)
        self._write_phones([target for target in targets if "phones" in moved[id(target)]])
        self._write_tags([target for target in targets if "tags" in moved[id(target)]])
        self._hang(changes)
        self._record(changes)
        found_by = [target.customer.pk for target in targets if _is_found_by(moved[id(target)])]
        named = [
            change.target.customer.pk for change in changes if change.adds_people or change.reached or change.details
        ]
        reindex_customers({*found_by, *named})
        self._tell(changes)

    def _moved(self, changes: Iterable[Change]) -> dict[int, set[str]]:
        """The fields that change at each customer, over all its rows."""
        moved: dict[int, set[str]] = defaultdict(set)
        for change in changes:
            moved[id(change.target)].update(change.after)
        return moved

    def _write_rows(self, targets: Iterable[Target], moved: Mapping[int, set[str]]) -> None:
        groups: dict[tuple[str, ...], list[Customer]] = defaultdict(list)
        for target in targets:
            row, fields = target.customer, moved[id(target)]
            columns = [*sorted(fields - LISTED), "version"]
            if "name" in fields:
                row.name_key = name_key(row.name)
                columns.append("name_key")
            if "source" in fields:
                row.source_id = self.writer.sources[target.source]
                columns.append("source_id")
            groups[tuple(columns)].append(row)
        for names, rows in groups.items():
            write_many(rows, names)

    def _write_phones(self, targets: Sequence[Target]) -> None:
        """The numbers of the customer itself; those of its contact people are left alone."""
        wanted = {target.customer.pk: target.phones for target in targets}
        gone: list[int] = []
        there: dict[int, set[str]] = defaultdict(set)
        own = Phone.objects.filter(customer__in=wanted, contact_person=None).order_by()
        for pk, customer, number in own.values_list("pk", "customer_id", "number"):
            if number in wanted[customer]:
                there[customer].add(number)
            else:
                gone.append(pk)
        bulk.delete_rows(Phone, "id", gone)
        new = [
            (pk, None, number, place)
            for pk, numbers in wanted.items()
            for place, number in enumerate(numbers)
            if number not in there[pk]
        ]
        bulk.insert_rows(Phone, PHONE_FIELDS, new)

    def _write_tags(self, targets: Sequence[Target]) -> None:
        tags = self.writer.tags
        through = Customer.tags.through
        bulk.delete_rows(through, "customer", [target.customer.pk for target in targets])
        rows = [(target.customer.pk, tags[name]) for target in targets for name in target.tags]
        bulk.insert_rows(through, ("customer", "tag"), rows)

    def _hang(self, changes: Sequence[Change]) -> None:
        self._write_people(changes)
        remarked = [change for change in changes if change.adds_remark]
        remarks = Remark.objects.bulk_create(
            Remark(customer_id=change.target.customer.pk, on=change.adds_remark[0], text=change.adds_remark[1])
            for change in remarked
            if change.adds_remark
        )
        self._remarks = {id(change): row.pk for change, row in zip(remarked, remarks, strict=True)}
        # Of several rows with the same customer the last has what stands in the end.
        lasting: dict[int, tuple[Any, dict[int, Any]]] = {}
        for change in changes:
            for addition, _there, record in change.additions:
                lasting.setdefault(id(addition), (addition, {}))[1][change.target.customer.pk] = record
        for addition, records in lasting.values():
            addition.remove(list(records))
            addition.write(list(records.items()))

    def _write_people(self, changes: Sequence[Change]) -> None:
        """New people with their phones, and what is filled at those who are there."""
        new = [(change.target, one) for change in changes for one in change.adds_people]
        made = ContactPerson.objects.bulk_create(
            ContactPerson(
                customer_id=target.customer.pk, name=one.name, is_key_person=one.is_key, remarks=one.remarks,
                position=target.people.index(one), **one.details,
            )
            for target, one in new
        )  # fmt: skip
        for (_target, one), row in zip(new, made, strict=True):
            one.pk = row.pk
        changed = {id(one): one for change in changes for one, *_change in change.details}
        rows = [ContactPerson(pk=one.pk, **one.details) for one in changed.values()]
        ContactPerson.objects.bulk_update(rows, DETAILS)
        reached = [(change.target, one) for change in changes for one in change.reached]
        phones = [
            (target.customer.pk, one.pk, number, place)
            for target, one in (*new, *reached)
            for place, number in enumerate(one.phones)
        ]
        bulk.insert_rows(Phone, PHONE_FIELDS, phones)

    def _record(self, changes: Sequence[Change]) -> None:
        """The audit entry of each row, and what it takes to give back what stood before."""
        entries, kept, classed = [], [], []
        for change in changes:
            pk = change.target.customer.pk
            told = {name: [change.before[name], change.after[name]] for name in change.after if name != "source"}
            if "source" in change.after:
                told["source_id"] = [self.writer.sources.get(change.before["source"]), change.target.customer.source_id]
            if change.adds_people:
                told["contact_person"] = [None, "、".join(one.name for one in change.adds_people)]
            told |= {
                "import_run": [None, self.run.pk],
                "row": [None, change.row.number],
                "version": [change.version - 1, change.version],
            }
            at = bulk.instant(self.at)
            entries.append((at, self.run.by_id, VERB, "customer", pk, bulk.as_json(told), ""))
            if "class_code" in told:
                entry = Entry(at=self.at, by=self.run.by, verb=VERB, kind="customer", subject=pk, changes=told)
                classed.append((entry, change.target.customer))
            before, after = ({name: pair[place] for name, pair in told.items()} for place in (0, 1))
            for name in ("import_run", "row", "version", "contact_person"):
                before.pop(name, None)
                after.pop(name, None)
            kept.append((self.run.pk, pk, change.version, *map(bulk.as_json, (before, after, self._made_by(change)))))
        bulk.insert_rows(Entry, ("at", "by", "verb", "kind", "subject", "changes", "note"), entries)
        note_moves(classed)
        bulk.insert_rows(ImportedChange, ("run", "customer", "version", "before", "after", "made"), kept)

    def _made_by(self, change: Change) -> dict[str, Any]:
        """What the row hung on the customer, for undoing: keys of rows, what stood before, of other apps also after."""
        made: dict[str, Any] = {}
        if change.adds_people:
            made["people"] = [one.pk for one in change.adds_people]
        if change.details:
            made["details"] = [[one.pk, name, before, after] for one, name, before, after in change.details]
        if change.reached:
            made["reached"] = [[one.pk, one.phones] for one in change.reached]
        if id(change) in self._remarks:
            made["remark"] = self._remarks[id(change)]
        if change.additions:
            made["additions"] = {addition.fields[0].name: pair for addition, *pair in change.additions}
        return made

    def _tell(self, changes: Sequence[Change]) -> None:
        """Tell the other apps who owns what now, and who is closed."""
        owned: dict[int, list[int]] = defaultdict(list)
        closed: list[int] = []
        for change in changes:
            pk = change.target.customer.pk
            if change.after.get("owner_id"):
                owned[change.after["owner_id"]].append(pk)
            if change.after.get("closed_on"):
                closed.append(pk)
        for owner, keys in owned.items():
            emit(events.OwnershipChanged(keys, owner, self.run.by, self.at))
        if closed:
            emit(events.CustomersClosed(closed, self.run.by, self.at))
