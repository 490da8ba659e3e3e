"""Which customer a row means, by the business key, and whether the importer may work it."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import CellWrong
from genjin.core.transfer.models import ImportRun
from genjin.customers.importing.fields import EXTERNAL_ID, NAME, PHONES
from genjin.customers.importing.updating.choices import BY_EXTERNAL_ID, BY_NAME_AND_CITY, BY_PHONE
from genjin.customers.importing.updating.given import Given
from genjin.customers.models import Collaboration, Customer, Phone
from genjin.customers.rules import name_key, refusal_to_work

FIELD_OF_KEY = {BY_PHONE: PHONES, BY_EXTERNAL_ID: EXTERNAL_ID, BY_NAME_AND_CITY: NAME}
AT_ONCE = 5000


def plain(name: str) -> str:
    """A name without width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def plain_city(city: str) -> str:
    """常州 and 常州市 are one city."""
    folded = plain(city)
    return folded.removesuffix("市") if len(folded) > 2 else folded


@dataclass(slots=True)
class Known:
    """The customers that have the phones, ids or names of a batch of rows, in the whole company."""

    phones: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    external_ids: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    about: dict[int, Customer] = field(default_factory=dict)

    def matches(self, key: str, given: Given) -> set[int]:
        """The customers a row means by the key. A row without a city, or a customer without one, meets any."""
        if key == BY_PHONE:
            return {pk for number in given.all_phones for pk in self.phones.get(number, ())}
        if key == BY_EXTERNAL_ID:
            return set(self.external_ids.get(given.texts.get(EXTERNAL_ID, ""), ()))
        city = plain_city(given.texts.get("city", ""))
        named = self.names.get(plain(given.texts.get(NAME, "")), ())
        return {pk for pk, other in named if not city or not other or city == other}

    def other_with_phone(self, number: str, pk: int | None) -> Customer | None:
        """Who else has this phone."""
        return next((self.about[other] for other in sorted(self.phones.get(number, set()) - {pk})), None)

    def other_with_id(self, external_id: str, pk: int | None) -> Customer | None:
        """Who else has this external id."""
        return next((self.about[other] for other in sorted(self.external_ids.get(external_id, set()) - {pk})), None)


def look_up(given: Sequence[Given], key: str) -> Known:
    """What is stored under the keys of these rows: a query for each kind of key, whatever their number."""
    known = Known()
    numbers = {number for one in given for number in one.all_phones}
    for some in _parts(numbers):
        for number, pk in Phone.objects.filter(number__in=some).order_by().values_list("number", "customer_id"):
            known.phones[number].add(pk)
    ids = {one.texts[EXTERNAL_ID] for one in given if EXTERNAL_ID in one.texts}
    for some in _parts(ids):
        rows = Customer.objects.filter(external_id__in=some).exclude(external_id="").order_by()
        for external_id, pk in rows.values_list("external_id", "pk"):
            known.external_ids[external_id].add(pk)
    if key == BY_NAME_AND_CITY:
        for some in _parts({name_key(one.texts[NAME]) for one in given if NAME in one.texts}):
            rows = Customer.objects.filter(name_key__in=some).order_by()
            for pk, name, city in rows.values_list("pk", "name", "city"):
                known.names[plain(name)].append((pk, plain_city(city)))
    found = {pk for pks in (*known.phones.values(), *known.external_ids.values()) for pk in pks}
    fields = ("name", "owner", "unit", "pool", "closed_on")
    known.about = Customer.objects.only(*fields).in_bulk(found)
    return known


def _parts(values: Collection[str]) -> list[list[str]]:
    ordered = sorted(values)
    return [ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE)]


class Rights:
    """Whether the importer may work the customers of a batch."""

    def __init__(self, run: ImportRun, today: date) -> None:
        self.run, self.by, self.today = run.pk, run.by, today
        by = run.by
        self.may_write = by.may("customers.work")

    def lent(self, pks: Collection[int]) -> set[int]:
        """Those of these customers that are lent to the importer for work."""
        lent = Collaboration.objects.filter(person=self.by, customer__in=pks, may_work=True)
        return set(lent.exclude(ends_on__lt=self.today).values_list("customer_id", flat=True))

    def refusal(self, customer: Customer, *, lent: bool, takes_over: bool) -> Reason | None:
        """Why the row is skipped, or None. A row that gives a customer of a pool an owner takes it out of there.

        What the importer may not see is told as a colleague's, and nothing more.
        """
        scope = self.by.scope
        code = refusal_to_work(
            person=self.by.pk, may_write=self.may_write, everything=scope.everything, units=scope.units,
            owner=customer.owner_id, unit=customer.unit_id, lent=lent,
        )  # fmt: skip
        if code is None:
            return None
        if code == "claim_it_first":
            if customer.import_run_id == self.run:
                return None  # an earlier row of this file has laid it there
            leads = scope.everything or customer.unit_id in scope.units
            if leads and takes_over:
                return None
            if leads or customer.unit_id in scope.commons:
                return Reason("lies_in_a_pool", {"name": customer.name})
        return Reason("belongs_to_colleague")

    def several(self, customers: Mapping[int, Customer]) -> Reason:
        """One key, several customers: those the importer sees are named."""
        seen = Customer.objects.visible_to(self.by, self.today).filter(pk__in=list(customers))
        names = list(seen.order_by("pk").values_list("name", flat=True)[:5])
        return Reason("several_customers", {"names": names, "others": len(customers) - len(names)})


def key_missing(key: str) -> CellWrong:
    """The row has no value for the key: it can mean nobody."""
    return CellWrong(FIELD_OF_KEY[key], Reason("key_is_missing"))
