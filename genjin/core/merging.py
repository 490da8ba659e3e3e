"""The first rows of a list that is made up of parts, each of them in order by itself.

Customers of five units stand in an index one unit after the other. To show the first fifty of them all, a database that
is asked for `unit IN (…)` sorts every row of the five; asked for the first fifty of each, it reads 250.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

_MARK = -31_513  # no key, and nothing that anybody asks for
MOST = 200  # SQLite takes five hundred at once


@dataclass(frozen=True, slots=True)
class Parts:
    """`of(value)` are the rows of one part. All parts differ in this one whole number alone, so `of` is asked once."""

    of: Callable[[int], QuerySet]
    values: Sequence[int]

    def __post_init__(self) -> None:
        if not 0 < len(self.values) <= MOST:
            raise ValueError(f"{len(self.values)} parts: at most {MOST}")


@dataclass(frozen=True, slots=True)
class By:
    """A column that the parts are in the order of, as `order_by` is told; `name` is how `values_list` knows it."""

    name: str
    order: Any
    descending: bool
    empty_first: bool | None = None  # None: it is never empty in these rows, or always


def first_keys(parts: Parts, narrowed: Callable[[QuerySet], QuerySet], order: Sequence[By], limit: int) -> list[Any]:
    """The primary keys of the first rows of all parts together; `narrowed` says which rows of a part count."""
    rows = narrowed(parts.of(_MARK)).order_by(*(each.order for each in order))
    connection = connections[rows.db]
    try:
        sql, params = (
            rows.values_list("pk", *(each.name for each in order))[:limit]
            .query.get_compiler(connection=connection)
            .as_sql()
        )
    except EmptyResultSet:
        return []
    given = [
        type(param)(value) if isinstance(param, int) and param == _MARK else param
        for value in parts.values
        for param in params
    ]
    # Each part in brackets of its own, for SQLite has no order and no limit in a part of a union.
    union = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part_{nth}" for nth in range(len(parts.values)))  # noqa: S608
    by = ", ".join(_written(each, place) for place, each in enumerate(order, 2))
    with connection.cursor() as cursor:
        cursor.execute(f"{union} ORDER BY {by} LIMIT {limit:d}", given)
        return [row[0] for row in cursor.fetchall()]


def _written(by: By, place: int) -> str:
    empty = "" if by.empty_first is None else f" NULLS {'FIRST' if by.empty_first else 'LAST'}"
    return f"{place} {'DESC' if by.descending else 'ASC'}{empty}"
