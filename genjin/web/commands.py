"""What can be done from the search box besides finding: go to a place, begin something new, go on with a found row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from genjin.core.search.folding import fold
from genjin.core.search.matching import matched_by
from genjin.core.search.queries import Query
from genjin.core.search.rules import Document, kept
from genjin.web.navigation import places_for


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the search box that leads to `url_name`; `icon` is a symbol of the sprite, `key` its key or ""."""

    name: str
    title: Any
    url_name: str
    icon: str
    order: int = 50
    permission: str | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class RowCommand:
    """Something to do with a found row of `kind`: `title` has a place for its %(name)s, `url_name` takes its key.

    `is_open_to(actor, row)` says whether this person may do it with this row.
    """

    name: str
    kind: str
    title: Any
    url_name: str
    icon: str
    is_open_to: Callable[[Any, Any], bool]
    order: int = 50
    key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An action as the search box shows it."""

    title: str
    address: str
    icon: str
    key: str = ""


_commands: dict[str, Command] = {}
_row_commands: dict[str, RowCommand] = {}


def register(command: Command) -> None:
    """Offer a command in the search box. Each app registers its own in `features.py`."""
    _commands[command.name] = command


def register_for_rows(command: RowCommand) -> None:
    """Offer something to do with the best row that a search finds."""
    _row_commands[command.name] = command


def lines_for_row(actor: Any, kind: str, row: Any) -> list[Line]:
    """What this person can do with a found row."""
    offered = sorted((one for one in _row_commands.values() if one.kind == kind), key=lambda one: one.order)
    return [
        Line(str(one.title) % {"name": row.label}, reverse(one.url_name, args=[row.pk]), one.icon, one.key)
        for one in offered
        if one.is_open_to(actor, row)
    ]


def lines_for(actor: Any, query: Query) -> list[Line]:
    """The commands and places open to this person whose title has what was typed or its pinyin; for nothing typed the
    commands and the places of the rail."""
    own = sorted(_commands.values(), key=lambda command: command.order)
    within = ["", "settings"] if query.text else [""]
    places = [
        Command(place.name, place.title, place.url_name, place.icon, key=f"g {place.key}" if place.key else "")
        for each in within
        for place in places_for(actor, within=each)
    ]
    open_to = [one for one in [*own, *places] if one.permission is None or actor.may(one.permission)]
    return [
        Line(str(one.title), reverse(one.url_name), one.icon, one.key)
        for one in open_to
        if _is_meant(str(one.title), query)
    ]


def _is_meant(title: str, query: Query) -> bool:
    if not query.terms:
        return not query.text
    return bool(matched_by(query, kept(Document("command", 0, (title,))))) or fold(query.text) in fold(title)
