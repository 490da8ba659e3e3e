"""The operators of a field as the form offers them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from genjin.customers.filters import Field

WORDS = {
    "has": _("contains"),
    "is": _("is"),
    "not": _("is not"),
    "begins": _("begins with"),
    "empty": _("is empty"),
    "filled": _("is filled in"),
    "every": _("has every one"),
    "min": _("at least"),
    "max": _("at most"),
    "between": _("between"),
    "before": _("before"),
    "after": _("after"),
    "last": _("in the last days"),
    "next": _("in the next days"),
    "yes": _("yes"),
    "no": _("no"),
}
SEVERAL = {"is": _("is one of"), "not": _("is none of"), "every": _("has every one")}
MISSING = {"is": _("is missing"), "empty": _("nothing is missing"), "filled": _("something is missing")}


def operators_of(field: Field) -> list[tuple[str, Any]]:
    """The operators of a field with their words, as they are offered."""
    words = dict(WORDS)
    if field.kind.control in ("choice", "row"):
        words |= SEVERAL
    if field.name == "missing":
        words |= MISSING
    return [(operator, words[operator]) for operator in field.kind.operators]
