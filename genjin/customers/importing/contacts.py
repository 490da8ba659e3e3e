"""A list of contact people, or a file of cards: each goes to its customer, or makes one where that was chosen."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genjin.core.reasons import Reason, Refused
from genjin.core.transfer import bulk
from genjin.core.transfer.kinds import CellWrong, Judged, Kind, Problem, Row
from genjin.core.transfer.mapping import Field, words_of
from genjin.core.transfer.models import ImportRun
from genjin.core.transfer.runs import as_problem, reasons_of
from genjin.customers.importing import people
from genjin.customers.importing.directory import Directory
from genjin.customers.importing.fields import CITY, EXTERNAL_ID, FIELDS, GIVEN_NAME, NAME, PHONES, SURNAME
from genjin.customers.importing.importer import choices_of, columns
from genjin.customers.importing.named import CUSTOMER_PHONE, NamedCustomers, numbers
from genjin.customers.importing.people import NewContact
from genjin.customers.importing.problems_file import titles_of_ours
from genjin.customers.importing.rows import NewCustomer, RowReader
from genjin.customers.importing.standing import Standings
from genjin.customers.importing.undoing import ContactUndo
from genjin.customers.importing.writing import Writer, hold_owners
from genjin.customers.models import ContactPerson, Customer, ImportedChange
from genjin.customers.rules import full_name, name_key
from genjin.customers.services.identity import ContactFile, import_contact_person

PERSON = "contact_name"
PERSON_PHONES = "contact_phones"
NOTE = "contact_remarks"
EXAMPLES = 30
_BY_NAME = {field.name: field for field in FIELDS}


def _of_person(name: str, also: str = "") -> Field:
    """A field of the contact person, also known by the words that mean the customer's in a list of customers."""
    field = _BY_NAME[name]
    return replace(field, synonyms=(*field.synonyms, *words_of(also)))


_PHONE_WORDS = (*_BY_NAME[PHONES].names, *_BY_NAME[PHONES].synonyms, "tel")
CONTACT_FIELDS = (
    _of_person(PERSON, "姓名, 名字, 联系人名称, 人员姓名, fn, full name, contact, display name"),
    replace(
        _BY_NAME[NAME],
        synonyms=tuple(word for word in (*_BY_NAME[NAME].synonyms, "所属客户", "所属公司", "org", "organization")
                       if word not in ("姓名", "full name", "display name", "名称")),
        hint=_("the customer the person belongs to"),
    ),
    replace(_BY_NAME[EXTERNAL_ID], hint=_("the customer's id; found before its name")),
    Field(CUSTOMER_PHONE, _("Customer's phone"), words_of("客户电话, customer phone"),
          words_of("公司电话, 单位电话, 客户手机, company phone, account phone"), many=True),
    _BY_NAME[CITY],
    _of_person("contact_title", "role, department title"),
    replace(_BY_NAME[PERSON_PHONES], synonyms=(*_BY_NAME[PERSON_PHONES].synonyms, *_PHONE_WORDS), many=True),
    _of_person("contact_wechat", "x-wechat"),
    _of_person("contact_email"),
    _of_person("contact_key"),
    Field(NOTE, _("Remarks"), words_of("备注, note"), words_of("remarks, notes, 说明, description"), many=True),
    _BY_NAME[SURNAME],
    _BY_NAME[GIVEN_NAME],
    replace(_BY_NAME["address"], synonyms=(*_BY_NAME["address"].synonyms, "adr")),
    _BY_NAME["owner"],
)  # fmt: skip


@dataclass(slots=True)
class Place:
    """The customer a person goes to: one that is stored, or one that this file makes."""

    pk: int | None
    name: str
    new: NewCustomer | None = None


@dataclass(slots=True)
class NewPerson:
    """A contact person to be written; with `makes` the customer comes with it."""

    row: Row
    contact: NewContact
    place: Place
    makes: bool


class ContactImporter:
    """One pass over a list of people; see `core.transfer.kinds.Importer`."""

    judges_ahead = False  # who is written gets a key that the rows below need

    def __init__(self, run: ImportRun, *, at: datetime, for_real: bool) -> None:
        self.run, self.at, self.today = run, at, timezone.localdate(at)
        self.columns = columns(run)
        self.makes = run.options.get("unmatched") == "make"
        self.directory = Directory(run.by, run.options.get("owners"), run.options.get("owners_rest"))
        self.writer = Writer(run=run.pk, by=run.by, at=at, today=self.today)
        self.readers = {kind: self._reader(kind) for kind in ("org", "person")} if self.makes else {}
        self.made: dict[str, Place] = {}  # the customers of this file by the key of their name
        self.people: set[tuple[str, str]] = set()
        self.reasons: dict[tuple[str, str], int] = defaultdict(int)
        self.examples: list[dict[str, Any]] = []
        self.customers: set[str] = set()

    def _reader(self, kind: str) -> tuple[RowReader, dict[str, list[int]]]:
        """Reads a row as the customer it makes, the company that is named or the person itself; with its columns."""
        own = {name: places for name, places in self.columns.items() if name not in (CUSTOMER_PHONE, NOTE)}
        if kind == "org":
            own[PHONES] = self.columns.get(CUSTOMER_PHONE, [])
        else:
            own = {name: places for name, places in own.items() if not name.startswith("contact_") and name != NAME}
            own |= {NAME: self.columns.get(PERSON, []), PHONES: self.columns.get(PERSON_PHONES, [])}
        own = {name: places for name, places in own.items() if places}
        choices = replace(choices_of(self.run, self.directory, needs_names=False), kind=kind, name_from_row=False)
        return RowReader(self.directory, Standings(self.today), choices, [], own, self.run.header, {}), own

    def judge(self, rows: Sequence[Row]) -> Judged:
        judged = Judged()
        read: list[tuple[Row, NewContact, list[str]]] = []
        for row in rows:
            try:
                read.append((row, *self._person(row)))
            except CellWrong as wrong:
                judged.problems.append(as_problem(row, self.run, wrong))
        stored = _Stored(self.run.by, [(row, phones) for row, _contact, phones in read])
        for row, contact, phones in read:
            try:
                place, makes = self._place(row, stored, phones)
                self._refuse_known(row, contact, place, stored)
            except CellWrong as wrong:
                problem = as_problem(row, self.run, wrong)
                is_skip = wrong.reason.code == "same_person"
                judged.problems.append(Problem(row, problem.column, wrong.reason, is_skip=is_skip))
                continue
            judged.items.append(NewPerson(row, contact, place, makes))
            self._show(row, contact, place)
        for problem in judged.problems:
            for column, reason in [] if problem.is_skip else reasons_of(problem):
                self.reasons[column, reason.code] += 1
        return judged

    def _person(self, row: Row) -> tuple[NewContact, list[str]]:
        """The person and every number that may tell its customer."""
        phones = numbers(row, PERSON_PHONES)
        whole = full_name(row.text(SURNAME), row.text(GIVEN_NAME))[:60]
        contact = people.contact_in(row, 1, phones, whole)
        if contact is None or not contact.name:
            raise CellWrong(PERSON, Reason("contact_name_missing"))
        note = " ".join(row.text(NOTE).split())
        if len(note) > 300:
            raise CellWrong(NOTE, Reason("text_too_long", {"length": len(note), "limit": 300}))
        contact.remarks = " ".join(filter(None, (contact.remarks, note)))[:300]
        return contact, [*numbers(row, CUSTOMER_PHONE), *phones]

    def _place(self, row: Row, stored: "_Stored", phones: list[str]) -> tuple[Place, bool]:
        """Where the person goes; raises CellWrong when there is no such customer, or several."""
        found = stored.customer(row, phones)
        if found is not None:
            return Place(*found), False
        company = row.text(NAME)
        key = name_key(company) if company else ""
        if key and key in self.made:
            return self.made[key], False
        if not self.makes:
            code = "customer_unknown" if company or row.text(EXTERNAL_ID) else "customer_not_named"
            raise CellWrong(NAME, Reason(code, {"name": (company or row.text(EXTERNAL_ID))[:60]}))
        reader, places = self.readers["org" if company else "person"]
        new = reader.read(Row(row.number, row.cells, places), self.today)
        new.contacts = []
        place = Place(None, new.name, new)
        if key:
            self.made[key] = place
        return place, True

    def _refuse_known(self, row: Row, contact: NewContact, place: Place, stored: "_Stored") -> None:
        where = str(place.pk or place.name)
        if (where, contact.name) in self.people or stored.has_person(place.pk, contact.name):
            raise CellWrong(PERSON, Reason("same_person", {"person": contact.name, "name": place.name}))
        self.people.add((where, contact.name))

    def _show(self, row: Row, contact: NewContact, place: Place) -> None:
        self.customers.add(str(place.pk or place.name))
        if len(self.examples) < EXAMPLES:
            self.examples.append(
                {"row": row.number, "name": contact.name, "title": contact.title,
                 "phone": next(iter(contact.phones), ""), "customer": place.name, "is_new": place.pk is None}
            )  # fmt: skip

    def still_holds(self, items: Sequence[NewPerson]) -> bool:
        return hold_owners({item.place.new.owner.pk for item in items if item.place.new and item.place.new.owner})

    def write(self, items: Sequence[NewPerson]) -> None:
        """New customers with their people first, then the people of those that are there."""
        making = [item.place for item in items if item.makes]
        for item in items:
            if item.place.new is not None and item.place.pk is None:
                _join(item.place.new, item.contact)
        keys = self.writer.write(self.writer.make_ready([place.new for place in making if place.new]))
        joined = {id(place) for place in making}
        for place, key in zip(making, keys, strict=True):
            place.pk = key
        stored = [item for item in items if id(item.place) not in joined]
        customers = Customer.objects.in_bulk({item.place.pk for item in stored if item.place.pk})
        added = []
        for item in stored:
            one = item.contact
            fields = {
                "name": one.name, "title": one.title, "is_key_person": one.is_key, "decision_role": "",
                "influence": "", "wechat": one.wechat, "email": one.email, "remarks": one.remarks,
            }  # fmt: skip
            person = import_contact_person(
                customer=customers[item.place.pk or 0],
                contact=ContactFile(fields, one.phones),
                run=self.run.pk,
                row=item.row.number,
                by=self.run.by,
                at=self.at,
            )
            added.append(
                (
                    self.run.pk,
                    person.customer_id,
                    person.customer.version,
                    "{}",
                    "{}",
                    bulk.as_json({"people": [person.pk]}),
                )
            )
        bulk.insert_rows(ImportedChange, ("run", "customer", "version", "before", "after", "made"), added)

    def finish(self, *, at: datetime) -> None:
        """Customers that are made of contact people have had no contact: none is overdue."""

    def settle(self) -> dict[str, Any]:
        return {}

    def findings(self) -> dict[str, Any]:
        ordered = sorted(self.reasons.items(), key=lambda one: -one[1])[:20]
        return {
            "people": self.examples,
            "customers": len(self.customers),
            "new_customers": len({id(place) for place in self.made.values()}),
            "reasons": [{"column": column, "code": code, "rows": rows} for (column, code), rows in ordered],
        }


def _join(customer: NewCustomer, contact: NewContact) -> None:
    """A person who is the customer is no contact person of it, unless there is more to be kept than the phones."""
    if customer.kind == "person":
        if not (contact.wechat or contact.email or contact.title or contact.remarks):
            return
        contact.phones = []
    customer.contacts.append(contact)


class _Stored(NamedCustomers):
    """The customers that the rows of a batch may mean, with the people who are there."""

    def __init__(self, by: Any, rows: Sequence[tuple[Row, list[str]]]) -> None:
        super().__init__(by, rows)
        people = ContactPerson.objects.filter(customer__in=self.keys()).values_list("customer_id", "name")
        self.people = set(people)

    def has_person(self, customer: int | None, name: str) -> bool:
        return (customer, name) in self.people


def _names_people(fields: Collection[str]) -> bool:
    return bool({PERSON, SURNAME, GIVEN_NAME}.intersection(fields))


def verify(run: ImportRun) -> None:
    """Raise Refused when nothing names the people, or nothing can tell their customer."""
    fields = columns(run)
    if not _names_people(fields):
        raise Refused("contact_column_missing")
    if not {NAME, EXTERNAL_ID, CUSTOMER_PHONE, PERSON_PHONES}.intersection(fields):
        raise Refused("customer_column_missing")
    if run.options.get("unmatched") == "make":
        choices_of(run, Directory(run.by), needs_names=False)


KIND = Kind(
    "contact",
    "customers.import",
    CONTACT_FIELDS,
    verify,
    ContactImporter,
    undo=ContactUndo,
    ours=titles_of_ours,
    sharing="customers.share_mapping",
)
