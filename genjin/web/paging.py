"""Key-set paging: the next page begins after the last row of this one, however many rows stand before it.

No OFFSET is ever counted through, no page number exists, and a row that arrives meanwhile moves nothing. What follows a
row is read as a chain of ranges, each a plain index scan: first the rows that share all columns but the last, then all
but the last two, and so on. Empty values stand last, on both databases.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from operator import methodcaller
from typing import Any

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet, prefetch_related_objects
from django.db.models.query import ModelIterable

from genjin.core.merging import By, Parts, first_keys
from genjin.core.statements import Keys, Statement

COUNT_CAP = 1000
FILLED = "!"
_SALT = "genjin.web.paging"
_NOTHING = object()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. `first_index` counts from 1 and is None where it is not known; `total` stops at the cap.

    `is_cut`: the list itself holds only the first of what was asked for.
    """

    rows: Sequence[Any] = field(default_factory=list)
    has_previous: bool = False
    has_next: bool = False
    previous_cursor: str = ""
    next_cursor: str = ""
    first_index: int | None = None
    total: int = 0
    capped: bool = False
    is_cut: bool = False

    @property
    def total_text(self) -> str:
        """310, or 1000+ where nobody counted on."""
        return f"{COUNT_CAP}+" if self.capped else f"{self.total:,}{'+' if self.is_cut else ''}"


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    descending: bool
    nullable: bool

    def order(self, back: bool) -> Any:
        column = F(self.name)
        if not self.nullable:
            return column.desc() if self.descending != back else column.asc()
        end = {"nulls_first": True} if back else {"nulls_last": True}
        return column.desc(**end) if self.descending != back else column.asc(**end)

    def plain_order(self, back: bool) -> str:
        return f"-{self.name}" if self.descending != back else self.name

    def first_order(self, back: bool) -> By:
        """Its order where the rows with it and those without are asked for one after the other."""
        return By(self.name, self.plain_order(back), self.descending != back)

    def later_order(self, back: bool) -> By:
        return By(self.name, self.order(back), self.descending != back, back if self.nullable else None)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page begins: beyond the row with these values. `capped`: the list had more rows than are counted."""

    back: bool
    index: int
    capped: bool
    values: list[Any]


def page_of(
    queryset: QuerySet,
    sort: Sequence[str],
    cursor: str = "",
    size: int = 50,
    *,
    along: Sequence[str] = (),
    parts: Parts | None = None,
) -> Page:
    """The page of `size` rows at a cursor that an earlier page gave, or the first one.

    `sort` names columns as `order_by` does, most important first; the primary key is added. A name with a mark at its
    end (`due_on!`) is of a column that is never empty in these rows, though it may be in others: only so can SQLite
    read it in the order of an index. A cursor that was made up, is out of date or belongs to another order gives the
    first page.

    The rows are looked for first, up to the cap: `along` an order whose index is known to hold just rows of this list
    (a whole pool, all that are due) and whose columns are never empty, else as the conditions find them. When there
    are few, an order walked through a million rows would hardly ever meet them: then these few alone are ordered.
    A list of more rows that is made up of `parts`, the same rows and no others, is read part by part.
    """
    columns = _columns(queryset, sort)
    place = _read(cursor, columns)
    if place is not None and place.capped:  # that there are more than anybody counts was known on the page before
        return _page_at(place, queryset, parts or queryset, columns, size, COUNT_CAP, capped=True)
    in_order = tuple(along) == tuple(sort)
    rows = (
        queryset.order_by(*(each.plain_order(back=False) for each in columns)) if in_order else walked(queryset, along)
    )
    keys = list(rows.values_list("pk", flat=True)[: max(COUNT_CAP, size) + 1])
    capped, total = len(keys) > COUNT_CAP, min(len(keys), COUNT_CAP)
    among = parts or queryset if capped else _rows_with(keys, queryset, columns)
    if place is not None:
        return _page_at(place, queryset, among, columns, size, total, capped=capped)
    if in_order and _are_whole(queryset):
        first = _with_keys(queryset, keys[: size + 1])
    else:
        first = _collect(queryset, among, columns, None, back=False, limit=size + 1)
    more = len(first) > size
    return _page(columns, first[:size], 1, has_previous=False, has_next=more, total=total, capped=capped)


def _page_at(
    place: _Place,
    queryset: QuerySet,
    among: QuerySet | Parts,
    columns: list[_Column],
    size: int,
    total: int,
    *,
    capped: bool,
) -> Page:
    """The rows beyond a place; the first page where there is nothing, or not a whole page, before it."""
    rows = _collect(queryset, among, columns, place.values, back=place.back, limit=size + 1)
    more = len(rows) > size
    rows = rows[:size]
    if place.back and (more or len(rows) == size):
        rows.reverse()
        first = 1 if not more else max(place.index - size, 0) or None
        return _page(columns, rows, first, has_previous=more, has_next=True, total=total, capped=capped)
    if rows and not place.back:
        return _page(columns, rows, place.index or None, has_previous=True, has_next=more, total=total, capped=capped)
    rows = _collect(queryset, among, columns, None, back=False, limit=size + 1)
    more = len(rows) > size
    return _page(columns, rows[:size], 1, has_previous=False, has_next=more, total=total, capped=capped)


def walked(queryset: QuerySet, along: Sequence[str]) -> QuerySet:
    """The rows in an order of `page_of`'s kind."""
    return queryset.order_by(*(name.rstrip(FILLED) for name in along))


def _rows_with(keys: list[Any], queryset: QuerySet, columns: list[_Column]) -> QuerySet:
    """What is ordered in the place of a list that has only these rows: without its conditions, which would draw the
    database to their indexes again. Columns that only the list itself has keep the list."""
    own = {field.name for field in queryset.model._meta.concrete_fields} | {"pk"}
    if not _are_whole(queryset) or any(column.name not in own for column in columns):
        return queryset
    return queryset.model._base_manager.filter(pk__in=keys)


def _are_whole(queryset: QuerySet) -> bool:
    return issubclass(queryset._iterable_class, ModelIterable)


def _with_keys(queryset: QuerySet, keys: list[Any]) -> list[Any]:
    """The rows with these keys, in their order, with all that the list joins and leaves out.

    Its conditions chose the keys a moment ago. They are not asked again: with them a database looks for fifty rows in
    the index of a condition, or among five hundred keys that a search found.
    """
    asked = queryset.query
    fields, are_left_out = asked.deferred_loading
    if asked.annotation_select or asked.extra_select or asked.select_related is True or not are_left_out:
        rows = list(queryset.filter(pk__in=keys).order_by())
    else:
        paths = tuple(sorted(_paths(asked.select_related or {})))
        model: Any = queryset.model
        rows = _by_keys(model, paths, frozenset(fields))(keys=Keys(keys))
        prefetch_related_objects(rows, *vars(queryset)["_prefetch_related_lookups"])
    by_key = {_value(row, "pk"): row for row in rows}
    return [by_key[key] for key in keys if key in by_key]


@lru_cache(128)
def _by_keys(model: type[Model], joined: tuple[str, ...], left_out: frozenset[str]) -> Statement:
    """The rows of a table with what a list joins to them, worded once for all lists with these columns."""

    def rows(keys: Keys) -> QuerySet:
        every = model._base_manager.filter(pk__in=keys).defer(*left_out)
        return every.select_related(*joined) if joined else every

    return Statement(rows)


def _paths(related: dict[str, Any], before: str = "") -> Iterator[str]:
    """What `select_related` was told: names, and names behind these."""
    for name, further in related.items():
        yield f"{before}{name}"
        yield from _paths(further, f"{before}{name}__")


def neighbours(queryset: QuerySet, sort: Sequence[str], row: Any) -> tuple[Any | None, Any | None]:
    """The primary keys before and after a row in a list, None at its ends."""
    columns = _columns(queryset, sort)
    values = [_value(row, column.name) for column in columns]
    found = []
    for back in (True, False):
        rows = _collect(queryset, queryset, columns, values, back=back, limit=1)
        found.append(rows[0].pk if rows else None)
    return found[0], found[1]


def position_of(queryset: QuerySet, sort: Sequence[str], row: Any) -> int | None:
    """Which one the row is in the list, from 1; None beyond the cap."""
    columns = _columns(queryset, sort)
    before = 0
    for condition, _order in _ranges(columns, [_value(row, column.name) for column in columns], back=True):
        before += queryset.filter(condition).order_by()[: COUNT_CAP + 1].count()
        if before >= COUNT_CAP:
            return None
    return before + 1


def in_order(queryset: QuerySet, sort: Sequence[str]) -> QuerySet:
    """All rows in the order in which the pages show them."""
    return queryset.order_by(*(column.order(back=False) for column in _columns(queryset, sort)))


def count_up_to_cap(queryset: QuerySet, along: Sequence[str] = ()) -> int:
    """How many rows there are, counted no further than one beyond the cap; `along` as for a page."""
    return walked(queryset, along)[: COUNT_CAP + 1].count()


def _page(columns: list[_Column], rows: list[Any], first: int | None, **known: Any) -> Page:
    if not rows:
        return Page(total=known["total"], capped=known["capped"])
    after = first + len(rows) if first else 0
    return Page(
        rows=rows,
        first_index=first,
        previous_cursor=_write(columns, rows[0], back=True, index=first or 0, capped=known["capped"]),
        next_cursor=_write(columns, rows[-1], back=False, index=after, capped=known["capped"]),
        **known,
    )


def _collect(
    queryset: QuerySet,
    among: QuerySet | Parts,
    columns: list[_Column],
    values: list[Any] | None,
    *,
    back: bool,
    limit: int,
) -> list[Any]:
    """Rows of `among` beyond `values` in the direction, range after range until there are enough.

    First only their keys, which an index can give in order, then the rows of these keys: who sorts whole rows with all
    that is joined to them carries thousands to show fifty.
    """
    whole = _are_whole(queryset)
    found: list[Any] = []
    for condition, order in _ranges(columns, values, back=back):
        missing = limit - len(found)
        if isinstance(among, Parts):
            found += first_keys(among, methodcaller("filter", condition), order, missing)
        else:
            beyond = among.filter(condition).order_by(*(each.order for each in order))
            found += (beyond.values_list("pk", flat=True) if whole else beyond)[:missing]
        if len(found) >= limit:
            break
    return _with_keys(queryset, found) if whole or isinstance(among, Parts) else found


def _ranges(columns: list[_Column], values: list[Any] | None, *, back: bool) -> Iterator[tuple[Q, list[By]]]:
    """Conditions that together are exactly the rows beyond `values`, nearest first, each with its order."""
    depths = range(len(columns) - 1, -1, -1) if values is not None else [0]
    for depth in depths:
        shared = Q()
        for column, value in zip(columns[:depth], values or [], strict=False):
            shared &= _same(column, value)
        column = columns[depth]
        order = [column.first_order(back), *(later.later_order(back) for later in columns[depth + 1 :])]
        value = values[depth] if values is not None else _NOTHING
        for condition in _beyond(column, value, back):
            yield shared & condition, order


def _same(column: _Column, value: Any) -> Q:
    return Q(**{f"{column.name}__isnull": True}) if value is None else Q(**{column.name: value})


def _beyond(column: _Column, value: Any, back: bool) -> list[Q]:
    """What lies beyond one value of one column, empty values being last; without a value, everything."""
    empty, filled = Q(**{f"{column.name}__isnull": True}), Q(**{f"{column.name}__isnull": False})
    if value is _NOTHING:
        if not column.nullable:
            return [Q()]
        return [empty, filled] if back else [filled, empty]
    if value is None:
        return [filled] if back else []
    comparison = "lt" if column.descending != back else "gt"
    further = Q(**{f"{column.name}__{comparison}": value})
    return [further, empty] if column.nullable and not back else [further]


def _columns(queryset: QuerySet, sort: Sequence[str]) -> list[_Column]:
    names = [name.lstrip("-").rstrip(FILLED) for name in sort]
    columns = [
        _Column(
            name,
            descending=each.startswith("-"),
            nullable=not each.endswith(FILLED) and _may_be_empty(queryset.model, name),
        )
        for name, each in zip(names, sort, strict=True)
    ]
    if not {"pk", "id"} & set(names):
        columns.append(_Column("pk", descending=False, nullable=False))
    return columns


def _may_be_empty(model: type[Model], path: str) -> bool:
    """Whether a column, or a step on the way to it, may be NULL. What is no field (an annotation) may."""
    if path == "pk":
        return False
    for step in path.split("__"):
        try:
            found = model._meta.get_field(step)
        except FieldDoesNotExist:
            return True
        if found.null:
            return True
        if found.related_model:
            model = found.related_model
    return False


def _value(row: Any, path: str) -> Any:
    value = row
    for step in path.split("__"):
        value = value[step] if isinstance(value, dict) else getattr(value, step, None)
    return value.pk if isinstance(value, Model) else value


_KINDS: dict[str, tuple[type[Any], Any]] = {
    "t": (datetime, datetime.fromisoformat),
    "d": (date, date.fromisoformat),
    "c": (time, time.fromisoformat),
    "n": (Decimal, Decimal),
}


def _pack(value: Any) -> Any:
    for mark, (kind, _parse) in _KINDS.items():  # a datetime is a date: the order matters
        if isinstance(value, kind):
            return [mark, str(value) if kind is Decimal else value.isoformat()]
    return value


def _unpack(value: Any) -> Any:
    return _KINDS[value[0]][1](value[1]) if isinstance(value, list) else value


def _order_name(columns: list[_Column]) -> str:
    return ",".join(column.plain_order(back=False) for column in columns)


def _write(columns: list[_Column], row: Any, *, back: bool, index: int, capped: bool) -> str:
    values = [_pack(_value(row, column.name)) for column in columns]
    stated = [_order_name(columns), int(back), index, int(capped), values]
    return signing.dumps(stated, salt=_SALT, compress=True)


def _read(cursor: str, columns: list[_Column]) -> _Place | None:
    """The place that a cursor names; None for one that this list never gave."""
    if not cursor:
        return None
    try:
        order, back, index, capped, values = signing.loads(cursor, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    if order != _order_name(columns) or len(values) != len(columns):
        return None
    return _Place(bool(back), index, bool(capped), [_unpack(value) for value in values])
