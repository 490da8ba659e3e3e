"""Conditions on custom fields, of the customer (`custom_CODE`) and of the people there (`contact_custom_CODE`).

Asked for by name: an address that names none asks no question about fields. Who does not see a field cannot ask for it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import reduce
from operator import and_, or_

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.lookups import (
    Exact,
    GreaterThanOrEqual,
    IContains,
    In,
    IsNull,
    IStartsWith,
    LessThanOrEqual,
)

from genjin.core.fields.definitions import NUMBERS, OF_CHOICES, Definition
from genjin.core.fields.expressions import ValueOf, flag_of, number_of
from genjin.core.fields.reading import Viewer, field_of, fields_of
from genjin.core.reasons import Reason
from genjin.customers.filters.catalogue import FIELDS, Field
from genjin.customers.filters.kinds import EMPTY, MOST_VALUES, Day, Kind, Reading, Row, Text
from genjin.customers.models import ContactPerson

PREFIXES = {"custom_": "customer", "contact_custom_": "contact_person"}
PLACES = {"custom_": "custom", "contact_custom_": "contact_custom"}
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,4})?")


def field_named(name: str, reader: Viewer | None = None) -> Field | None:
    """A field by its name, a custom one, too; None where there is none that the reader (if given) sees."""
    if name in FIELDS:
        return FIELDS[name]
    for prefix, subject in PREFIXES.items():
        if name.startswith(prefix):
            found = field_of(subject, name.removeprefix(prefix), reader)
            return as_field(found, prefix) if found else None
    return None


def known(name: str) -> Field:
    """The same for a name that has been understood."""
    found = field_named(name)
    if found is None:
        raise KeyError(name)
    return found


def fields_to_ask(reader: Viewer) -> list[Field]:
    """All that somebody may ask for, custom fields last."""
    custom = [as_field(each, prefix) for prefix, subject in PREFIXES.items() for each in fields_of(subject, reader)]
    return [*FIELDS.values(), *custom]


def definition_named(name: str) -> Definition | None:
    """The definition behind a custom field's name."""
    for prefix, subject in PREFIXES.items():
        if name.startswith(prefix):
            return field_of(subject, name.removeprefix(prefix))
    return None


def as_field(field: Definition, prefix: str) -> Field:
    kind = _kind(field)
    if prefix == "contact_custom_":
        kind = OfPeople(kind, until_claimed=field.kind == "phone")
    elif field.kind == "phone":
        kind = UntilClaimed(kind)
    return Field(f"{prefix}{field.code}", field.label, kind, PLACES[prefix], 3 if prefix == "contact_custom_" else 2)


def _kind(field: Definition) -> Kind:
    if field.kind in NUMBERS:
        return Amount(field.code)
    if field.kind == "date":
        return KeptDay(field.code)
    if field.kind in OF_CHOICES:
        return Chosen(field.code, tuple(choice.key for choice in field.choices), field.kind == "several")
    if field.kind == "yes_no":
        return YesNo(field.code)
    return KeptPerson(field.code) if field.kind == "person" else KeptText(field.code, field)


def _empty(operator: str, code: str) -> Q:
    return Q(IsNull(ValueOf(code), operator == "empty"))


def _unless(met: Q, code: str) -> Q:
    """Everybody else, those of whom it is not known included."""
    return Q(IsNull(ValueOf(code), True)) | ~met


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text, or a phone as it is kept."""

    code: str
    field: Definition
    control: str = "text"
    operators: tuple[str, ...] = ("has", "is", "not", "begins", *EMPTY)

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        plain = Text("").understood(operator, values)
        if plain and self.field.as_phone and self.field.kind == "phone" and operator in ("is", "not"):
            numbers = [self.field.as_phone(value) for value in plain]
            return tuple(number for number in numbers if not isinstance(number, Reason)) or None
        return plain

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        if operator in EMPTY:
            return _empty(operator, self.code)
        if operator in ("is", "not"):
            same = Q(In(ValueOf(self.code), list(values)))
            return same if operator == "is" else _unless(same, self.code)
        like = IContains if operator == "has" else IStartsWith
        return reduce(or_, (Q(like(ValueOf(self.code), value)) for value in values))


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or an amount, compared as a number."""

    code: str
    control: str = "amount"
    operators: tuple[str, ...] = ("min", "max", "is", "between", *EMPTY)

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        if operator in EMPTY:
            return None if any(values) else ()
        given = [number for value in values if (number := _number(value)) is not None]
        if len(given) != (2 if operator == "between" else 1):
            return None
        return tuple(f"{number:f}" for number in sorted(given))

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        if operator in EMPTY:
            return _empty(operator, self.code)
        first, last = float(values[0]), float(values[-1])
        met = []
        if operator != "max":
            met.append(Q(GreaterThanOrEqual(number_of(self.code), Value(first))))
        if operator != "min":
            met.append(Q(LessThanOrEqual(number_of(self.code), Value(last))))
        return reduce(and_, met)


def _number(text: str) -> Decimal | None:
    """A number as somebody writes it in an address, without what says nothing: 1,200.50 is 1200.5."""
    plain = text.replace(",", "").strip()
    try:
        return Decimal(plain).normalize() + 0 if _NUMBER.fullmatch(plain) else None
    except InvalidOperation:
        return None


@dataclass(frozen=True, slots=True)
class KeptDay:
    """A day, compared as it is kept: 2026-11-24."""

    code: str
    control: str = "day"
    operators: tuple[str, ...] = Day("").operators

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return Day("").understood(operator, values)

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        if operator in EMPTY:
            return _empty(operator, self.code)
        first, last = Day("").ends(operator, values, reading.today)
        met = Q()
        if first is not None:
            met &= Q(GreaterThanOrEqual(ValueOf(self.code), Value(first.isoformat())))
        if last is not None:
            met &= Q(LessThanOrEqual(ValueOf(self.code), Value(last.isoformat())))
        return met


@dataclass(frozen=True, slots=True)
class Chosen:
    """One choice, or several of which any, every or none."""

    code: str
    keys: tuple[str, ...]
    is_several: bool = False
    control: str = "choice"

    @property
    def operators(self) -> tuple[str, ...]:
        return ("is", "every", "not", *EMPTY) if self.is_several else ("is", "not", *EMPTY)

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        if operator in EMPTY:
            return None if any(values) else ()
        return tuple(dict.fromkeys(value for value in values if value in self.keys))[:MOST_VALUES] or None

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        if operator in EMPTY:
            return _empty(operator, self.code)
        if not self.is_several:
            met = Q(In(ValueOf(self.code), list(values)))
        else:
            together: Callable[[Q, Q], Q] = and_ if operator == "every" else or_
            # A key is of small letters and figures: in the JSON of several it stands between quotes, and only there.
            met = reduce(together, (Q(IContains(ValueOf(self.code), f'"{value}"')) for value in values))
        return _unless(met, self.code) if operator == "not" else met


@dataclass(frozen=True, slots=True)
class YesNo:
    code: str
    control: str = "flag"
    operators: tuple[str, ...] = ("yes", "no", *EMPTY)

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return None if any(values) else ()

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        if operator in EMPTY:
            return _empty(operator, self.code)
        return Q(Exact(flag_of(self.code), Value("true" if operator == "yes" else "false")))


@dataclass(frozen=True, slots=True)
class KeptPerson:
    """A colleague by key; `me` is whoever reads the list."""

    code: str
    control: str = "row"
    operators: tuple[str, ...] = ("is", "not", *EMPTY)

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return Row("", is_person=True).understood(operator, values)

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        if operator in EMPTY:
            return _empty(operator, self.code)
        keys = [float(reading.person if value == "me" else int(value)) for value in values]
        same = Q(In(number_of(self.code), keys))
        return same if operator == "is" else _unless(same, self.code)


@dataclass(frozen=True, slots=True)
class OfPeople:
    """Somebody at the customer meets it; `not` and `empty`: nobody does, nobody has it."""

    kind: Kind
    until_claimed: bool = False

    @property
    def control(self) -> str:
        return self.kind.control

    @property
    def operators(self) -> tuple[str, ...]:
        return self.kind.operators

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return self.kind.understood(operator, values)

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        positive = {"not": "is", "empty": "filled"}.get(operator, operator)
        met = self.kind.q(positive, values, reading)
        found = Q(Exists(ContactPerson.objects.filter(met, customer=OuterRef("pk"))))
        found = found if operator == positive else ~found
        return found & Q(owner__isnull=False) if self.until_claimed and operator not in EMPTY else found


@dataclass(frozen=True, slots=True)
class UntilClaimed:
    """What is hidden as long as a customer lies in a pool cannot be asked for either."""

    kind: Kind

    @property
    def control(self) -> str:
        return self.kind.control

    @property
    def operators(self) -> tuple[str, ...]:
        return self.kind.operators

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return self.kind.understood(operator, values)

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        met = self.kind.q(operator, values, reading)
        return met if operator in EMPTY else met & Q(owner__isnull=False)
