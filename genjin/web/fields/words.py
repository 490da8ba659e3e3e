"""What stands in a custom field, in the reader's language; and as a plain value of a table."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, pgettext_lazy

from genjin.core.fields.definitions import NUMBERS, Definition
from genjin.core.fields.rules import number
from genjin.web import formats

BETWEEN = "、"
KIND_WORDS = {
    "text": pgettext_lazy("kind of field", "text"),
    "number": pgettext_lazy("kind of field", "number"),
    "money": pgettext_lazy("kind of field", "money"),
    "date": pgettext_lazy("kind of field", "date"),
    "choice": pgettext_lazy("kind of field", "choice"),
    "several": pgettext_lazy("kind of field", "several choices"),
    "yes_no": pgettext_lazy("kind of field", "yes or no"),
    "person": pgettext_lazy("kind of field", "colleague"),
    "phone": pgettext_lazy("kind of field", "phone"),
}


def in_words(field: Definition, value: Any, names: Mapping[int, str] | None = None, *, masked: bool = False) -> str:
    """A kept value as people write it; "" for nothing. `names` are those of people (`reading.people_named`).

    `masked`: of a phone only what a stranger may know.
    """
    plain: Any = plain_value(field, value, names)
    if plain is None:
        return ""
    if field.kind == "phone":
        return formats.masked(plain) if masked else formats.phone(plain)
    if field.kind == "money":
        return formats.money(plain)
    if field.kind == "number":
        return f"{plain:,}"
    return formats.day(plain) if isinstance(plain, date) else str(plain)


def plain_value(field: Definition, value: Any, names: Mapping[int, str] | None = None) -> str | Decimal | date | None:
    """A kept value as a cell of a table has it: a number, a day or a text; None for nothing."""
    if value is None or value == []:
        return None
    if field.kind in NUMBERS:
        return number(value)
    if field.kind == "date":
        return date.fromisoformat(value)
    if field.kind == "choice":
        return field.label_of(value)
    if field.kind == "several":
        return BETWEEN.join(field.label_of(key) for key in value)
    if field.kind == "yes_no":
        return gettext("yes") if value else gettext("no")
    if field.kind == "person":
        return (names or {}).get(value) or gettext("somebody no longer known")
    return str(value)
