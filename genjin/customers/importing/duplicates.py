"""Which rows are there already: a phone or an external id that the company, or the file further up, has."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.db import connection

from genjin.core.audit.models import Entry
from genjin.core.reasons import Reason
from genjin.core.scoping import Scope
from genjin.core.transfer.kinds import Problem
from genjin.customers.importing.fields import EXTERNAL_ID, PHONES
from genjin.customers.importing.rows import NewCustomer
from genjin.customers.models import Customer, Phone

ASKED_AT_ONCE = 5000
NOBODY = (None,)

_ABOUT = "c.id, c.name, c.owner_id, c.unit_id, c.pool_id, c.import_run_id"


class Duplicates:
    """Remembers what the file has brought so far. `titles` gives the column title of a field.

    What the importer may not see is told by its owner's name only. Of a million phones not the numbers are kept but
    their hashes of 64 bits: that two different ones share one is less likely than that the disk errs.
    """

    def __init__(self, *, run: int, scope: Scope, names: Callable[[int], str], titles: Callable[[str], str]) -> None:
        self.run, self.scope, self.names, self.titles = run, scope, names, titles
        self._phones: dict[int, int] = {}
        self._external: dict[int, int] = {}
        self._by_others: set[str] = set()

    def divide(self, items: Sequence[NewCustomer]) -> tuple[list[NewCustomer], list[Problem]]:
        """Those that are new, and for each of the others why it is not."""
        numbers = [item.all_phones for item in items]
        phones = self._stored_phones(list(chain.from_iterable(numbers)))
        external = self._stored_external([item.external_id for item in items if item.external_id])
        rows = self._rows_of([*phones.values(), *external.values()])
        new: list[NewCustomer] = []
        known: list[Problem] = []
        for item, own in zip(items, numbers, strict=True):
            found = self._found(item, own, phones, external, rows)
            if found is None:
                new.append(item)
                self._remember(item, own)
            else:
                field, reason = found
                known.append(Problem(item.row, self.titles(field), reason, is_skip=True))
        return new, known

    def learn_of_others(self, *, customers: int, phones: int) -> None:
        """What others have stored after these keys, which no batch that was judged before could know."""
        external = Customer.objects.filter(pk__gt=customers).exclude(external_id="").order_by()
        self._by_others.update(external.values_list("external_id", flat=True))
        self._by_others.update(Phone.objects.filter(pk__gt=phones).order_by().values_list("number", flat=True))

    def meets_others(self, tokens: Iterable[str]) -> bool:
        """Whether somebody else has meanwhile stored one of these phones and external ids."""
        return bool(self._by_others) and not self._by_others.isdisjoint(tokens)

    def _found(
        self, item: NewCustomer, numbers: Sequence[str], phones: dict, external: dict, rows: dict
    ) -> tuple[str, Reason] | None:
        if item.external_id:
            about = external.get(item.external_id, NOBODY)
            if row := self._external.get(hash(item.external_id)) or rows.get(about[0]):
                return EXTERNAL_ID, Reason("same_id_in_row", {"id": item.external_id, "row": row})
            if item.external_id in external:
                return EXTERNAL_ID, self._reason("same_id", about)
        for number in numbers:
            about = phones.get(number, NOBODY)
            if row := self._phones.get(hash(number)) or rows.get(about[0]):
                return PHONES, Reason("same_phone_in_row", {"row": row})
            if number in phones:
                return PHONES, self._reason("same_phone", about)
        return None

    def _remember(self, item: NewCustomer, numbers: Sequence[str]) -> None:
        for number in numbers:
            self._phones[hash(number)] = item.row.number
        if item.external_id:
            self._external[hash(item.external_id)] = item.row.number

    def _rows_of(self, stored: Sequence[tuple[Any, ...]]) -> dict[int, int]:
        """Customer → row of the file, of those that this run has made before it was interrupted."""
        made = {about[0] for about in stored if about[-1] == self.run}
        if not made:
            return {}
        entries = Entry.objects.filter(kind="customer", verb="customer.imported", subject__in=made).order_by()
        return dict(entries.values_list("subject", "changes__row__1"))

    def reason_of(self, code: str, customer: Customer) -> Reason:
        """That a customer has a phone or an id already, in so many words as the importer may read."""
        return self._reason(
            code,
            (customer.pk, customer.name, customer.owner_id, customer.unit_id, customer.pool_id, None),
        )

    def _reason(self, code: str, about: tuple[Any, ...]) -> Reason:
        _key, name, owner, unit, pool, _run = about
        scope = self.scope
        visible = scope.everything or owner == scope.person or unit in scope.units
        visible = visible or (owner is None and unit in scope.commons)
        whose = {"owner": self.names(owner)} if owner else {}
        if not visible:
            return Reason(f"{code}_elsewhere", whose)
        return Reason(f"{code}_as", {"name": name, **whose, "in_pool": pool is not None})

    def _stored_phones(self, numbers: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        sql = (
            f'SELECT p.number, {_ABOUT} FROM "{Phone._meta.db_table}" p '  # noqa: S608
            f'JOIN "{Customer._meta.db_table}" c ON c.id = p.customer_id WHERE p.number IN (%s)'
        )
        return {row[0]: row[1:] for row in _asked(sql, numbers)}

    def _stored_external(self, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        # The second condition is the one of the partial index, without which it would not be used.
        sql = (
            f'SELECT c.external_id, {_ABOUT} FROM "{Customer._meta.db_table}" c '  # noqa: S608
            "WHERE c.external_id IN (%s) AND NOT (c.external_id = '')"
        )
        return {row[0]: row[1:] for row in _asked(sql, ids)}


def _asked(sql: str, values: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a question with a list in it, some thousand values at a time."""
    with connection.cursor() as cursor:
        for start in range(0, len(values), ASKED_AT_ONCE):
            some = values[start : start + ASKED_AT_ONCE]
            cursor.execute(sql % ", ".join(["%s"] * len(some)), some)
            yield from cursor.fetchall()
