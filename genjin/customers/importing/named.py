"""Which stored customers the rows of another file mean: by their id, their name with the city, or a phone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import CellWrong, Row
from genjin.customers.importing.fields import CITY, EXTERNAL_ID, NAME
from genjin.customers.models import Customer, Phone
from genjin.customers.rules import name_key, phones_in

CUSTOMER_PHONE = "customer_phone"


def numbers(row: Row, field: str) -> list[str]:
    """The phones in the columns of a field, normalised, each once. Raises CellWrong for one that is none."""
    found: dict[str, None] = {}
    for place in row.columns.get(field, ()):
        several = phones_in(row.cells[place])
        if isinstance(several, Reason):
            raise CellWrong(field, several, place)
        found.update(dict.fromkeys(several))
    return list(found)


def readable_numbers(row: Row, field: str) -> list[str]:
    """The same where a phone only helps to tell a customer: one that cannot be read does not help."""
    try:
        return numbers(row, field)
    except CellWrong:
        return []


class NamedCustomers:
    """The customers that the rows of a batch may mean, asked at once; each is told by its key and name.

    `rows` come with all numbers that may tell their customer. Only who is visible to `by` is found.
    """

    def __init__(self, by: Any, rows: Sequence[tuple[Row, Sequence[str]]]) -> None:
        visible = Customer.objects.visible_to(by)
        ids = {row.text(EXTERNAL_ID) for row, _phones in rows} - {""}
        found = visible.filter(external_id__in=ids).order_by("-pk").values_list("external_id", "pk", "name")
        self.by_id: Mapping[str, tuple[int, str]] = {key: (pk, name) for key, pk, name in found}
        wanted = {number for _row, phones in rows for number in phones}
        phones = Phone.objects.filter(number__in=wanted, customer__in=visible).order_by("-pk")
        told = phones.values_list("number", "customer_id", "customer__name")
        self.by_phone: Mapping[str, tuple[int, str]] = {number: (pk, name) for number, pk, name in told}
        keys = {name_key(row.text(NAME)) for row, _phones in rows if row.text(NAME)}
        self.by_name: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        named = visible.filter(name_key__in=keys).order_by("pk").values_list("pk", "name_key", "name", "city")
        for pk, key, name, city in named:
            self.by_name[key].append((pk, name, city))

    def keys(self) -> set[int]:
        """Everybody who may be meant."""
        found = {pk for pk, _name in (*self.by_id.values(), *self.by_phone.values())}
        return found | {pk for several in self.by_name.values() for pk, _name, _city in several}

    def customer(self, row: Row, phones: Sequence[str]) -> tuple[int, str] | None:
        """By the id, the name with the city, a phone. Raises CellWrong where a name means several."""
        if found := self.by_id.get(row.text(EXTERNAL_ID)):
            return found
        if not (name := row.text(NAME)):
            return self._with_phone(phones)
        several = self.by_name.get(name_key(name), [])
        for narrower in (lambda one: one[1] == name, lambda one: one[2] == row.text(CITY)):
            several = [one for one in several if narrower(one)] or several if len(several) > 1 else several
        by_phone = self._with_phone(readable_numbers(row, CUSTOMER_PHONE))
        if len(several) > 1 and by_phone is not None and by_phone[0] in {one[0] for one in several}:
            return by_phone
        if len(several) > 1:
            raise CellWrong(NAME, Reason("customer_ambiguous", {"name": name[:60], "count": len(several)}))
        return several[0][:2] if several else by_phone

    def _with_phone(self, phones: Sequence[str]) -> tuple[int, str] | None:
        return next((self.by_phone[number] for number in phones if number in self.by_phone), None)
