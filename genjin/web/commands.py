"""What can be done from the search box besides finding: go to a place, begin something new."""

from dataclasses import dataclass
from typing import Any

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


_commands: dict[str, Command] = {}


def register(command: Command) -> None:
    """Offer a command in the search box. Each app registers its own in `features.py`."""
    _commands[command.name] = command


def commands_for(actor: Any, query: Query) -> list[Command]:
    """The commands and places open to this person whose title has what was typed or its initials; all for nothing."""
    own = sorted(_commands.values(), key=lambda command: command.order)
    places = [
        Command(place.name, place.title, place.url_name, place.icon, key=f"g {place.key}" if place.key else "")
        for place in places_for(actor)
    ]
    open_to = [one for one in [*own, *places] if one.permission is None or actor.may(one.permission)]
    return [one for one in open_to if _is_meant(str(one.title), query)]


def _is_meant(title: str, query: Query) -> bool:
    if not query.terms:
        return not query.text
    return bool(matched_by(query, kept(Document("command", 0, (title,))))) or fold(query.text) in fold(title)
