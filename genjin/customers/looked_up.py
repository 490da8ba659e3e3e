"""What a condition's value is called, and which values can be chosen: never more than a screen of them.

A choice has few values (classes, states); a row is one of a table that may be long (people, tags, imports), searched
by a part of its name. Only what lies in the reader's scope is offered or named.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from genjin.core.transfer.models import ImportRun
from genjin.customers import filters
from genjin.customers.classes import rung
from genjin.customers.models import Customer, Pool, SourceChannel, Tag
from genjin.organization.models import Person, Unit
from genjin.playbooks.editions.current import current
from genjin.playbooks.services import playbooks_for, variant
from genjin.web import formats

OFFERED = 20
STATE_WORDS = {
    "overdue": _("overdue"),
    "today": _("today"),
    "planned": _("planned"),
    "none": _("not planned"),
}
ROWS: dict[str, tuple[Callable[[Person], QuerySet], str]] = {
    "owner": (Person.objects.visible_to, "name"),
    "created_by": (Person.objects.visible_to, "name"),
    "unit": (Unit.objects.visible_to, "name"),
    "pool": (Pool.objects.visible_to, "name"),
    "source": (lambda _actor: SourceChannel.objects.all(), "name"),
    "tag": (lambda _actor: Tag.objects.all(), "name"),
    "import": (ImportRun.objects.visible_to, "file_name"),
    "import_updated": (ImportRun.objects.visible_to, "file_name"),
}
PEOPLE = ("owner", "created_by")
PERSON = ROWS["owner"]


def labels_of(field: str, values: tuple[str, ...], actor: Person) -> list[str]:
    """What these values of a field are called; – for what is not there or not in the actor's scope."""
    if _rows_of(field) is None:
        known = dict(choices_of(field, actor)) | (_every_class() if field == "class" else {})
        return [known.get(value, value) for value in values]
    fixed = {"me": gettext("me"), "any": gettext("in a pool"), "no": gettext("owned")}
    if _is_person(field):
        fixed[str(actor.pk)] = gettext("me")
    wanted = [int(value) for value in values if value.isdecimal() and value not in fixed]
    found = {str(row.pk): _label(row) for row in _named_rows(field, actor).filter(pk__in=wanted)} if wanted else {}
    return [fixed.get(value) or found.get(value, "–") for value in values]


def choices_of(field: str, actor: Person) -> list[tuple[str, str]]:
    """All values of a field that has few."""
    if field == "class":
        units = list(Unit.objects.visible_to(actor).values_list("pk", flat=True))
        rungs = {cls.code: rung(cls) for book in playbooks_for(units).values() for cls in reversed(book.classes)}
        return [(code, each.badge) for code, each in sorted(rungs.items(), key=lambda pair: pair[1].look)]
    if field == "state":
        return [(state, str(words)) for state, words in STATE_WORDS.items()]
    if field == "window":
        return [("passed", gettext("over")), ("warns", gettext("soon over")), ("runs", gettext("running"))]
    if field == "rests":
        return [("yes", gettext("not to be claimed yet"))]
    if field == "kind":
        return [(code, str(label)) for code, label in Customer.Kind.choices]
    if field == "closed_as":
        return [(code, str(label)) for code, label in Customer.Closed.choices]
    if definition := filters.definition_named(field):
        return [(choice.key, choice.label) for choice in definition.choices]
    return [(code, formats.words(each.words)) for code, each in filters.entry_conditions().items()]


def found_rows(field: str, text: str, actor: Person) -> list[tuple[str, str]]:
    """The first rows whose name has this text, `me` before everybody."""
    name = (_rows_of(field) or PERSON)[1]
    found = _named_rows(field, actor)
    if _is_person(field):
        found = found.select_related("unit").order_by("-is_active", "pk")
    if field == "source":  # few, and called otherwise in another language
        called = [(str(row.pk), str(row)) for row in found]
        return [pair for pair in called if text.casefold() in pair[1].casefold()][:OFFERED]
    if text:
        found = found.filter(**{f"{name}__icontains": text})
    offered = [(str(row.pk), _label(row)) for row in found[:OFFERED]]
    return [("me", gettext("me")), *offered] if _is_person(field) and not text else offered


def _rows_of(field: str) -> tuple[Callable[[Person], QuerySet], str] | None:
    """Where the rows of a field stand; None for one that has few values. Of a custom field, colleagues."""
    if field in ROWS:
        return ROWS[field]
    definition = filters.definition_named(field)
    return PERSON if definition is not None and definition.kind == "person" else None


def _named_rows(field: str, actor: Person) -> QuerySet:
    return (_rows_of(field) or PERSON)[0](actor)


def _is_person(field: str) -> bool:
    return field in PEOPLE or (field not in ROWS and _rows_of(field) is PERSON)


def _label(row: Any) -> str:
    if isinstance(row, ImportRun):
        return f"{row.file_name} {formats.moment(row.made_at)}"
    return str(row)


def _every_class() -> dict[str, str]:
    """The badges of classes, whichever playbook has them."""
    language = get_language()
    return {cls.code: cls.badge.in_language(language) for code in current() for cls in variant(code).classes}
