"""One condition on one kind of field as a condition of the database: the only place where one becomes the other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any, Protocol

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone
from django.utils.dateparse import parse_date

from genjin.customers.models import CustomerQuerySet

LONGEST = 60
MOST_VALUES = 50
MOST_DAYS = 3660
EMPTY = ("empty", "filled")
WITHOUT_VALUE = (*EMPTY, "yes", "no")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a condition may need to know: whose list it is, of which rows, on which day."""

    person: int
    rows: CustomerQuerySet
    today: date


class Kind(Protocol):
    """`control` names the form's control; `understood` cleans the values, None if they make no sense."""

    @property
    def control(self) -> str: ...

    @property
    def operators(self) -> tuple[str, ...]: ...

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None: ...

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q: ...


def whole(text: str, most: int = 10**9) -> int | None:
    """A whole number from 0 as somebody writes it in an address."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 and int(text) <= most else None


def a_day(text: str) -> date | None:
    """A day of our time; what lies centuries off is nobody's meaning."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day is not None and 1900 <= day.year <= 2200 else None


def _bare(values: tuple[str, ...]) -> tuple[str, ...] | None:
    """For operators that compare with nothing."""
    return None if any(values) else ()


def _texts(operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
    if operator in EMPTY:
        return _bare(values)
    given = [value.replace("\0", "")[:LONGEST] for value in values]  # PostgreSQL takes no NUL
    return tuple(filter(None, given))[:MOST_VALUES] or None


def _keys(operator: str, values: tuple[str, ...], *, besides: tuple[str, ...] = ()) -> tuple[str, ...] | None:
    if operator in EMPTY:
        return _bare(values)
    given = [value for value in values if value in besides or whole(value, 10**17) is not None]
    return tuple(dict.fromkeys(given))[:MOST_VALUES] or None


@dataclass(frozen=True, slots=True)
class Text:
    """A text on the customer; empty is ""."""

    path: str
    key: Callable[[str], str] | None = None  # how "is" writes its values, where the column that is compared has a form
    key_path: str = ""
    control: str = "text"
    operators: tuple[str, ...] = ("has", "is", "not", "begins", *EMPTY)

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return _texts(operator, values)

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        if operator in EMPTY:
            return Q(**{self.path: ""}) if operator == "empty" else ~Q(**{self.path: ""})
        if operator in ("is", "not"):
            wanted = [self.key(value) for value in values] if self.key else values
            same = Q(**{f"{self.key_path or self.path}__in": wanted})
            return same if operator == "is" else ~same
        lookup = "icontains" if operator == "has" else "istartswith"
        return reduce(or_, (Q(**{f"{self.path}__{lookup}": value}) for value in values))


@dataclass(frozen=True, slots=True)
class TextOf:
    """A text in rows that belong to the customer: contact people, the profile.

    `until_claimed`: what is hidden as long as the customer lies in a pool cannot be asked for either.
    """

    rows: Callable[[], Any]
    path: str
    until_claimed: bool = False
    control: str = "text"
    operators: tuple[str, ...] = ("has", "is", *EMPTY)

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return _texts(operator, values)

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        belonging = self.rows().filter(customer=OuterRef("pk"))
        filled = belonging.exclude(**{self.path: ""})
        if operator in EMPTY:
            return Q(Exists(filled)) if operator == "filled" else ~Q(Exists(filled))
        if operator == "is":
            wanted = Q(**{f"{self.path}__in": values})
        else:
            wanted = reduce(or_, (Q(**{f"{self.path}__icontains": value}) for value in values))
        found = Q(Exists(belonging.filter(wanted)))
        return found & Q(owner__isnull=False) if self.until_claimed else found


@dataclass(frozen=True, slots=True)
class Choice:
    """One of few codes. `known` names those that make sense; without it any short word does."""

    path: str
    known: Callable[[], Any] | None = None
    may_be_empty: bool = False
    control: str = "choice"

    @property
    def operators(self) -> tuple[str, ...]:
        return ("is", "not", *EMPTY) if self.may_be_empty else ("is", "not")

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        if operator in EMPTY:
            return _bare(values)
        known = set(self.known()) if self.known else None
        given = [each for each in values if (each in known if known is not None else each.isalnum() and len(each) <= 8)]
        return tuple(dict.fromkeys(given))[:MOST_VALUES] or None

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        if operator in EMPTY:
            return Q(**{self.path: ""}) if operator == "empty" else ~Q(**{self.path: ""})
        same = Q(**{f"{self.path}__in": values})
        return same if operator == "is" else ~same


@dataclass(frozen=True, slots=True)
class Row:
    """A row of another table by its key: a person, a unit, a source. `me` is whoever reads the list."""

    path: str
    may_be_empty: bool = True
    is_person: bool = False
    control: str = "row"

    @property
    def operators(self) -> tuple[str, ...]:
        return ("is", "not", *EMPTY) if self.may_be_empty else ("is", "not")

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return _keys(operator, values, besides=("me",) if self.is_person else ())

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        if operator in EMPTY:
            return Q(**{f"{self.path}__isnull": operator == "empty"})
        keys = [reading.person if value == "me" else int(value) for value in values]
        same = Q(**{self.path: keys[0]}) if len(keys) == 1 else Q(**{f"{self.path}__in": keys})
        return same if operator == "is" else ~same


@dataclass(frozen=True, slots=True)
class Several:
    """Rows of another table of which a customer has any number (tags): any of them, every one, none."""

    through: Callable[[], Any]
    path: str
    control: str = "row"
    operators: tuple[str, ...] = ("is", "every", "not", *EMPTY)

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return _keys(operator, values)

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        if operator in EMPTY:
            has = Q(Exists(self.through().filter(customer=OuterRef("pk"))))
            return has if operator == "filled" else ~has
        if operator == "every":
            return reduce(and_, (self._with([int(value)]) for value in values))
        has = self._with([int(value) for value in values])
        return has if operator == "is" else ~has

    def _with(self, keys: list[int]) -> Q:
        return Q(pk__in=self.through().filter(**{f"{self.path}__in": keys}).values("customer"))


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from 0."""

    path: str
    control: str = "number"
    operators: tuple[str, ...] = ("min", "max", "is", "between")

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        given = tuple(str(number) for value in values if (number := whole(value, 10**6)) is not None)
        if len(given) != (2 if operator == "between" else 1):
            return None
        return tuple(sorted(given, key=int))

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        first, last = int(values[0]), int(values[-1])
        if operator == "min":
            return Q(**{f"{self.path}__gte": first})
        if operator == "max":
            return Q(**{f"{self.path}__lte": first})
        return Q(**{self.path: first}) if first == last else Q(**{f"{self.path}__range": (first, last)})


@dataclass(frozen=True, slots=True)
class DaysSince:
    """How many days ago a day was, of the rows of which that can be said."""

    day: Any
    of: Q
    control: str = "days"
    operators: tuple[str, ...] = ("min", "max", "between")

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        given = Number("").understood(operator, values)
        return given if given and all(int(value) <= MOST_DAYS for value in given) else None

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        met = self.of
        if operator in ("min", "between"):
            met &= Q(LessThanOrEqual(self.day, Value(reading.today - timedelta(days=int(values[0])))))
        if operator in ("max", "between"):
            met &= Q(GreaterThanOrEqual(self.day, Value(reading.today - timedelta(days=int(values[-1])))))
        return met


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or an instant seen as one (`is_instant`). `between` may be open at one end."""

    path: str
    is_instant: bool = False
    may_be_empty: bool = True
    control: str = "day"

    @property
    def operators(self) -> tuple[str, ...]:
        of_every = ("last", "next", "is", "before", "after", "between")
        return (*of_every, *EMPTY) if self.may_be_empty else of_every

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        if operator in EMPTY:
            return _bare(values)
        if operator in ("last", "next"):
            days = whole(values[0], MOST_DAYS) if len(values) == 1 else None
            return (str(days),) if days is not None else None
        given = [a_day(value) if value else None for value in values]
        if any(value and day is None for value, day in zip(values, given, strict=True)):
            return None
        if operator == "between":
            ends = tuple(day.isoformat() if day else "" for day in given)
            return ends if len(ends) == 2 and any(ends) else None
        return (given[0].isoformat(),) if len(given) == 1 and given[0] else None

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        if operator in EMPTY:
            return Q(**{f"{self.path}__isnull": operator == "empty"})
        first, last = self.ends(operator, values, reading.today)
        met = Q()
        if first is not None:
            met &= Q(**{f"{self.path}__gte": _begin(first) if self.is_instant else first})
        if last is not None and self.is_instant:
            met &= Q(**{f"{self.path}__lt": _begin(last + timedelta(days=1))})
        elif last is not None:
            met &= Q(**{f"{self.path}__lte": last})
        return met

    def ends(self, operator: str, values: tuple[str, ...], today: date) -> tuple[date | None, date | None]:
        """The first and the last day that meet it."""
        if operator == "last":
            return today - timedelta(days=int(values[0])), today
        if operator == "next":
            return today, today + timedelta(days=int(values[0]))
        days = [date.fromisoformat(value) if value else None for value in values]
        if operator == "before":
            return None, date.fromisoformat(values[0]) - timedelta(days=1)
        if operator == "after":
            return date.fromisoformat(values[0]) + timedelta(days=1), None
        return days[0], days[-1]


def _begin(day: date) -> datetime:
    """Midnight in the organisation's time zone."""
    return datetime.combine(day, time(), timezone.get_current_timezone())


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    yes: Callable[[], Q]
    control: str = "flag"
    operators: tuple[str, ...] = ("yes", "no")

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return _bare(values)

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        return self.yes() if operator == "yes" else ~self.yes()
