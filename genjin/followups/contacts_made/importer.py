"""A pass over a list of contacts: each row is read, laid to its customer, and kept unless it is known already."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from genjin.core.reasons import Reason, Refused
from genjin.core.transfer.kinds import CellWrong, Judged, Row
from genjin.core.transfer.models import ImportRun
from genjin.core.transfer.runs import as_problem
from genjin.customers.importing.backlog import place_backlog
from genjin.customers.importing.fields import EXTERNAL_ID, NAME
from genjin.customers.importing.importer import columns
from genjin.customers.importing.named import CUSTOMER_PHONE, NamedCustomers, numbers, readable_numbers
from genjin.customers.importing.questions import day_questions, settled_orders
from genjin.customers.models import ContactPerson, Customer
from genjin.customers.services.records import lent_to, may_decide
from genjin.followups.contacts_made.authors import Authors
from genjin.followups.contacts_made.duplicates import KnownContacts, stored_keys
from genjin.followups.contacts_made.fields import AT, LOG, PERSON
from genjin.followups.contacts_made.reading import NO, NOTED, ContactReader, PastContact, PastRow
from genjin.followups.contacts_made.rules import key_of
from genjin.followups.contacts_made.tally import ContactsTally
from genjin.followups.contacts_made.writing import ContactsWriter

NAMES_A_CUSTOMER = frozenset({NAME, EXTERNAL_ID, CUSTOMER_PHONE})


class ContactsMadeImporter:
    """See `core.transfer.kinds.Importer`. A batch is judged by what the one before it has written."""

    judges_ahead = False

    def __init__(self, run: ImportRun, *, at: datetime, for_real: bool) -> None:
        self.run, self.for_real, self.today = run, for_real, timezone.localdate(at)
        self.columns = columns(run)
        self.authors = Authors(run.by)
        self.reader = ContactReader(
            self.authors, self.columns, run.header, run.options.get("day_orders", {}), blank=blank_of(run), at=at
        )
        self.known = KnownContacts()
        self.tally = ContactsTally(at)
        self.writer = ContactsWriter(run, at=at)
        self._held: Mapping[int, Customer] = {}

    def judge(self, rows: Sequence[Row]) -> Judged:
        judged = Judged()
        read: list[tuple[PastRow, list[str]]] = []
        for row in rows:
            try:
                read.append((PastRow(row, self.reader.read(row)), readable_numbers(row, CUSTOMER_PHONE)))
            except CellWrong as wrong:
                judged.problems.append(as_problem(row, self.run, *(self.reader.wrongs(row) or [wrong])))
        named = NamedCustomers(self.run.by, [(one.row, phones) for one, phones in read])
        ground = _Ground(self.run.by, named.keys(), with_people=PERSON in self.columns, on=self.today)
        found: list[PastRow] = []
        for one, phones in read:
            try:
                self._lay(one, named, phones, ground)
            except CellWrong as wrong:
                judged.problems.append(as_problem(one.row, self.run, wrong))
                continue
            found.append(one)
        judged.items, known = self.known.divide(found, self.title(LOG) or self.title(AT))
        judged.problems += known
        if not self.for_real:
            told = _contacts(judged.items)
            self.tally.count(told, judged.problems)
            for item in told:
                self.authors.count(item.author_words)
        return judged

    def _lay(self, one: PastRow, named: NamedCustomers, phones: Sequence[str], ground: "_Ground") -> None:
        """Lay the contacts of a row to their customer; raises CellWrong where that cannot be."""
        if not one.contacts:
            return
        customer, name = self._customer(one.row, named, phones)
        whose = ground.whose(customer)
        for contact in one.contacts:
            contact.customer, contact.name, contact.whose = customer, name, whose
            self._meet(contact, ground)

    def _customer(self, row: Row, named: NamedCustomers, phones: Sequence[str]) -> tuple[int, str]:
        """Whom the row is about; raises CellWrong when there is no such customer, or several."""
        found = named.customer(row, phones)
        if found is None:
            numbers(row, CUSTOMER_PHONE)  # a phone that cannot be read is what has to be mended
            said = row.text(NAME) or row.text(EXTERNAL_ID)
            raise CellWrong(
                NAME, Reason("customer_unknown", {"name": said[:60]}) if said else Reason("customer_not_named")
            )
        return found

    def _meet(self, contact: PastContact, ground: "_Ground") -> None:
        """With whom it was: a contact person of the customer; a name that is nobody's there is kept with the words."""
        if contact.person_name:
            contact.person = ground.people.get((contact.customer, contact.person_name))
            if contact.person is None:
                contact.text = f"{self.title(PERSON)}：{contact.person_name}\n{contact.text}".strip()
        contact.key = key_of(
            customer=contact.customer, at=contact.at, author=contact.author, author_words=contact.author_words,
            text=contact.text,
        )  # fmt: skip

    def still_holds(self, items: Sequence[PastRow]) -> bool:
        """Hold the customers, whom nobody may have given to others meanwhile; nor may another import have them by now.

        The lock leaves alone who only hangs something on a customer.
        """
        told = _contacts(items)
        keys = {item.customer for item in told}
        rows = Customer.objects.filter(pk__in=keys).select_related("unit").order_by("pk")
        self._held = {row.pk: row for row in rows.select_for_update(of=("self",), no_key=True)}
        if stored_keys(told):
            return False
        return all(item.customer in self._held and item.whose == _whose(self._held[item.customer]) for item in told)

    def write(self, items: Sequence[PastRow]) -> None:
        self.writer.write(_contacts(items), self._held)

    def finish(self, *, at: datetime) -> None:
        place_backlog(self.run, at=at)

    def settle(self) -> dict[str, Any]:
        return settled_orders(self.reader.days, self.run, self.title)

    def findings(self) -> dict[str, Any]:
        return {
            **self.tally.as_json(),
            **self.authors.as_json(),
            "days": day_questions(self.reader.days, self.run, self.title),
        }

    def title(self, field: str) -> str:
        """What the file calls the column of a field."""
        places = self.columns.get(field)
        return self.run.header[places[0]] if places else ""


class _Ground:
    """The customers of a batch as far as it matters whether the importer may tell of them; `people` are theirs."""

    def __init__(self, by: Any, keys: set[int], *, with_people: bool, on: Any) -> None:
        self.by = by
        fields = ("id", "name", "owner", "pool", "unit", "closed_on")
        self.customers = {row.pk: row for row in Customer.objects.filter(pk__in=keys).only(*fields)}
        asked = [pk for pk, row in self.customers.items() if not may_decide(row, by)]
        self.lent = lent_to(by, asked, on) if asked else set()
        self.people: dict[tuple[int, str], int] = {}
        if with_people:
            people = ContactPerson.objects.filter(customer__in=keys).order_by("-pk")
            self.people = {(customer, name): pk for pk, customer, name in people.values_list("pk", "customer", "name")}

    def whose(self, customer: int) -> tuple[int | None, int]:
        """Owner and unit; raises CellWrong where it is not for the importer to tell what happened at this customer."""
        row = self.customers.get(customer)
        if row is None or not (may_decide(row, self.by) or row.pk in self.lent):
            in_pool = row is not None and row.owner_id is None and row.is_open
            raise CellWrong(NAME, Reason("pool_of_others" if in_pool else "belongs_to_colleague"))
        return _whose(row)


def _contacts(rows: Sequence[PastRow]) -> list[PastContact]:
    return [contact for row in rows for contact in row.contacts]


def _whose(row: Customer) -> tuple[int | None, int]:
    return row.owner_id, row.unit_id


def blank_of(run: ImportRun) -> str:
    """How contacts count that the file calls neither effective nor not."""
    return NOTED if run.options.get("blank") == NOTED else NO


def verify(run: ImportRun) -> None:
    """Raise Refused when nothing tells when a contact was, or with whom."""
    fields = columns(run)
    if AT not in fields and LOG not in fields:
        raise Refused("contact_time_column_missing")
    if not NAMES_A_CUSTOMER.intersection(fields):
        raise Refused("customer_column_missing")
