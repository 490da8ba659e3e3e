"""The custom fields there are, as somebody may see them.

The definitions are asked once by a request or a job, and only where one of them may matter: by a form, by a list that
names one, for a row that has values.
"""

import threading
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Protocol

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from genjin.core.fields.definitions import SHORT_TEXT, Choice, Definition
from genjin.core.fields.models import Field
from genjin.core.fields.registry import subjects
from genjin.core.fields.rules import may_see
from genjin.core.statements import Statement

_known = threading.local()


class Viewer(Protocol):
    """A person as the visibility of fields sees one."""

    @property
    def role(self) -> str: ...


@Statement
def _rows() -> QuerySet:
    return Field.objects.order_by("subject", "position", "pk")


def ask_again(**_sent: Any) -> None:
    """A request or a job begins, or a definition was changed: what was known before may have passed."""
    if hasattr(_known, "fields"):
        del _known.fields


def know(fields: Iterable[Definition]) -> None:
    """These are all there are, until asked again."""
    _known.fields = list(fields)


def fields_of(kind: str, actor: Viewer | None = None, *, retired: bool = False) -> list[Definition]:
    """The fields of a subject in their order: those that the actor's role sees, all where no actor is given.

    `retired`: those, too, that are offered no more, behind the others, for telling what stands in them.
    """
    if not hasattr(_known, "fields"):
        know(definition_of(row) for row in _rows())
    found = [field for field in _known.fields if field.subject == kind and (retired or not field.is_retired)]
    found.sort(key=lambda field: field.is_retired)
    return found if actor is None else [field for field in found if may_see(field, actor.role)]


def field_of(kind: str, code: str, actor: Viewer | None = None) -> Definition | None:
    """One field by its code, a retired one, too; None where there is none that the actor sees."""
    return next((field for field in fields_of(kind, actor, retired=True) if field.code == code), None)


def definition_of(row: Field) -> Definition:
    """A row as plain values."""
    as_phone = {subject.kind: subject.as_phone for subject in subjects()}
    bounds = row.bounds
    return Definition(
        subject=row.subject,
        code=row.code,
        label=row.label,
        kind=row.kind,
        choices=tuple(Choice(each["key"], each["label"], each.get("retired", False)) for each in row.choices),
        help=row.help,
        is_required=row.is_required,
        default=row.default,
        least=_decimal(bounds.get("least")),
        most=_decimal(bounds.get("most")),
        decimals=bounds.get("decimals", 0),
        longest=bounds.get("longest", SHORT_TEXT),
        seen_by=frozenset(row.seen_by),
        changed_by=frozenset(row.changed_by),
        is_known_at_arrival=row.is_known_at_arrival,
        is_searchable=row.is_searchable,
        is_retired=row.retired_on is not None,
        position=row.position,
        pk=row.pk,
        as_phone=as_phone.get(row.subject),
    )


def people_named(fields: Iterable[Definition], rows: Iterable[dict[str, Any] | None]) -> dict[int, str]:
    """The names of the people that stand in these rows' values, by key: one question, or none."""
    codes = [field.code for field in fields if field.kind == "person"]
    wanted = {values[code] for values in rows if values for code in codes if isinstance(values.get(code), int)}
    if not wanted:
        return {}
    return dict(get_user_model().objects.filter(pk__in=wanted).values_list("pk", "name"))


def _decimal(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))
