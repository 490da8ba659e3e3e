"""What a row does to a customer that is there: every field by its rule, dates and class as the services would."""

import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from genjin.core.audit.services import changes_between
from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import Addition, CellWrong, Row
from genjin.customers import custom
from genjin.customers.importing.fields import CLASS, LAST_EFFECTIVE_ON, NAME, OWNER, PHONES, PLANNED_ON
from genjin.customers.importing.people import NewContact
from genjin.customers.importing.rows import RowReader
from genjin.customers.importing.standing import planned_why
from genjin.customers.importing.updating.choices import FILL, LEAVE, OVERWRITE, UpdateChoices
from genjin.customers.importing.updating.given import Given
from genjin.customers.importing.updating.target import DETAILS, Target
from genjin.customers.importing.updating.target import Person as PersonThere
from genjin.customers.models import Customer
from genjin.customers.services.ownership import own
from genjin.customers.services.records import STANDING, may_decide, snapshot
from genjin.customers.services.standing import enter_class, shut
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice

TEXTS = (
    NAME, "kind", "short_name", "industry", "province", "city", "district", "address", "remarks", "external_id",
)  # fmt: skip
REGION = frozenset({"province", "city", "district"})
FIELDS = (*TEXTS, *STANDING)


@dataclass(slots=True)
class Change:
    """What one row changes. `before` and `after` are values as the audit record keeps them, for what differs.

    `target` is the customer as it stands after the rows so far, `version` the one this row makes;
    `adds_people`, `adds_remark` and `additions` (with what stood and what stands then) are hung on it, `details`
    (person, field, before, after) change at people who are there, `reached` are those who had no phone.
    """

    row: Row
    target: Target
    before: dict[str, Any]
    after: dict[str, Any]
    adds_people: list[PersonThere] = field(default_factory=list)
    adds_remark: tuple[date, str] | None = None
    details: list[tuple[PersonThere, str, str, str]] = field(default_factory=list)
    reached: list[PersonThere] = field(default_factory=list)
    additions: list[tuple[Addition, dict[str, Any] | None, dict[str, Any]]] = field(default_factory=list)
    version: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether the customer stays as it is."""
        return not (
            self.after or self.adds_people or self.adds_remark or self.details or self.reached or self.additions
        )

    # What an importer asks of every row that is written, a new customer as well as a change.

    @property
    def all_phones(self) -> list[str]:
        """The numbers that the customer and its people did not have before."""
        own = [number for number in self.after.get("phones", ()) if number not in self.before["phones"]]
        return [*own, *(number for one in (*self.adds_people, *self.reached) for number in one.phones)]

    @property
    def external_id(self) -> str:
        return self.after.get("external_id", "")

    @property
    def owner(self) -> Person | None:
        """Who is given the customer by this row."""
        return self.target.customer.owner if self.after.get("owner_id") else None


class Applier:
    """Applies rows of one file, by one set of choices, on one day. `by` is who imports."""

    def __init__(self, choices: UpdateChoices, reader: RowReader, *, by: Any, today: date, stem: str) -> None:
        self.choices, self.reader, self.by, self.today, self.stem = choices, reader, by, today, stem
        self.people: dict[int, Person] = {}
        self.fields = (*FIELDS, *(f"{custom.PREFIX}{each.code}" for each in reader.custom.values()))

    def apply(self, target: Target, given: Given) -> Change:
        """Change the target as the row has it, and say what that was. Raises CellWrong; then nothing has changed."""
        row = copy.copy(target.customer)
        before = self._snapshot(row, target)
        self._texts(row, given)
        self._custom(row, given)
        self._owner(row, given)
        self._class(row, given)
        self._last_contact(row, given)
        self._plan(row, given)
        phones, tags, source = self._listed(target, given)
        after = snapshot(row, self.fields) | {"phones": phones, "tags": tags, "source": source}
        moved = changes_between(before, after)
        target.customer, target.phones, target.tags, target.source = row, phones, tags, source
        change = Change(
            given.row, target, {name: pair[0] for name, pair in moved.items()},
            {name: pair[1] for name, pair in moved.items()},
        )  # fmt: skip
        self._hang(change, given)
        return change

    def _snapshot(self, row: Customer, target: Target) -> dict[str, Any]:
        lists = {"phones": list(target.phones), "tags": list(target.tags), "source": target.source}
        return snapshot(row, self.fields) | lists

    def _texts(self, row: Customer, given: Given) -> None:
        for name, text in given.texts.items():
            if self.may(name, getattr(row, name)) and getattr(row, name) != text:
                setattr(row, name, text)

    def _custom(self, row: Customer, given: Given) -> None:
        for column, each in self.reader.custom.items():
            name, value = f"{custom.PREFIX}{each.code}", given.custom.get(each.code)
            now = custom.value_of(row, name)
            if value is not None and value != now and self.may(column, now is not None):
                custom.set_value(row, name, value)

    def may(self, name: str, now: Any) -> bool:
        """Whether the file may set this field, given what stands there now."""
        rule = self._rule(name)
        return rule == OVERWRITE or (rule == FILL and not now)

    def _rule(self, name: str) -> str:
        """A part of the region goes by the rule of its own column, or by that of the one it was divided from."""
        if name in REGION and name not in self.reader.has:
            return self.choices.rule("region")
        if name == "remarks" and name not in self.reader.has:
            return self.choices.rule("remark_text")
        return self.choices.rule(name)

    def _listed(self, target: Target, given: Given) -> tuple[list[str], list[str], str]:
        """Phones, tags and source after the row: overwriting puts the file's in the place of those there."""
        new = [number for number in given.phones if number not in target.of_people]
        phones = new if new and self.may(PHONES, target.phones or target.of_people) else target.phones
        tags = sorted(given.tags) if given.tags and self.may("tags", target.tags) else target.tags
        source = given.source if given.source and self.may("source", target.source) else target.source
        same = set(phones) == set(target.phones)
        return list(target.phones if same else phones), list(tags), source

    def _owner(self, row: Customer, given: Given) -> None:
        owner = given.owner
        if owner is None or owner.pk == row.owner_id or not self.may(OWNER, row.owner_id):
            return
        self._require_open(row, OWNER)
        if not may_decide(row, self.by):
            raise CellWrong(OWNER, Reason("belongs_to_colleague"))
        if owner.pk not in self.people:
            self.people.update(Person.objects.select_related("unit").in_bulk([owner.pk]))
        own(row, self.people[owner.pk], self._practice(owner.unit), today=self.today)

    def _class(self, row: Customer, given: Given) -> None:
        """The class moves as by hand: the cycle starts anew, but an import alone puts no day further off."""
        if not given.class_text or self.choices.rule(CLASS) != OVERWRITE:
            return
        practice = self._practice(row.unit_id)
        cls = self.reader.class_meant(given.class_text, practice.playbook)
        if cls.code == row.class_code:
            return
        self._require_open(row, CLASS)
        if cls.closes_as:
            shut(row, kind=cls.closes_as, reason=self.stem, today=self.today)
            return
        enter_class(row, practice, cls.code, today=self.today)
        if row.owner_id:
            due = rules.due(cls, anchor=self.today, anchor_kind="class_move", calendar=practice.calendar)
            if row.due_on is None or due.due_on < row.due_on:
                row.due_on, row.due_why = due.due_on, due.reason.as_json()

    def _last_contact(self, row: Customer, given: Given) -> None:
        """A contact later than the last one known starts the cycle; an earlier one is history and moves nothing."""
        last, known = given.last_effective_on, row.last_effective_on
        if last is None or not self.may(LAST_EFFECTIVE_ON, known) or (known is not None and last <= known):
            return
        row.last_effective_on = last
        if row.is_open and row.owner_id:
            practice = self.reader.directory.practice(row.unit_id, held=row.playbook)
            cls = practice.playbook.class_of(row.class_code)
            due = rules.due(cls, anchor=last, anchor_kind="effective", calendar=practice.calendar)
            row.due_on, row.due_why = due.due_on, due.reason.as_json()

    def _plan(self, row: Customer, given: Given) -> None:
        if given.planned_on is None or not self.may(PLANNED_ON, row.planned_on) or row.due_on is None:
            return
        placed, _moved = self.reader.standings.placed(self._practice(row.unit_id), given.planned_on, row.due_on)
        if placed != row.planned_on:
            row.planned_on, row.planned_why = placed, planned_why(given.planned_on)

    def _hang(self, change: Change, given: Given) -> None:
        """A contact person who is not there yet, a title, a dated remark, what apps to the right bring."""
        target = change.target
        for contact in given.contacts:
            self._meet(change, contact)
        if given.dated_remark is not None and self.choices.rule("remark_text") != LEAVE:
            known = (given.dated_remark[0].isoformat(), given.dated_remark[1])
            if known not in target.remarks:
                target.remarks.add(known)
                change.adds_remark = given.dated_remark
        for addition, said in given.additions:
            there = target.added.get(id(addition))
            stood = there or {}
            new = {**stood, **{name: value for name, value in said.items() if self.may(name, stood.get(name))}}
            if new != stood:
                target.added = {**target.added, id(addition): new}
                change.additions.append((addition, there, new))

    def _meet(self, change: Change, contact: NewContact) -> None:
        """Somebody of that name there gets what is empty; else it is somebody new, where nobody is or so chosen."""
        people, rule = change.target.people, self.choices.rule("contact_name")
        known = next((one for one in people if one.name == contact.name), None)
        there = [one for one in people if one not in change.adds_people]
        if known is None:
            if rule == OVERWRITE or (rule == FILL and not there):
                new = PersonThere.of(contact)
                change.adds_people.append(new)
                people.append(new)
            return
        for name in DETAILS:
            text, now = getattr(contact, name), known.details[name]
            if text and text != now and self.may(f"contact_{name}", now):
                change.details.append((known, name, now, text))
                known.details[name] = text
        if contact.phones and not known.phones and self.choices.rule("contact_phones") != LEAVE:
            known.phones = list(contact.phones)
            change.reached.append(known)

    def _require_open(self, row: Customer, name: str) -> None:
        if not row.is_open:
            raise CellWrong(name, Reason("customer_is_closed", {"name": row.name}))

    def _practice(self, unit: int) -> Practice:
        return self.reader.directory.practice(unit)
