"""What can be searched: every app registers its own rows in `features.py`, the search page asks them in order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from genjin.core.search.queries import Query
from genjin.core.search.rules import Document


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source has for a query: its rows as its template shows them."""

    rows: list[Any]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Source:
    """`documents` gives all of them, for checking and making anew; `answer(actor, query, limit, today)` finds rows in
    the actor's scope; `template` shows one `row` of an answer."""

    kind: str
    title: Any
    template: str
    documents: Callable[[], Iterable[Document]]
    answer: Callable[[Any, Query, int, date], Answer]
    order: int = 50
    permission: str | None = None


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.kind] = source


def sources() -> list[Source]:
    return sorted(_sources.values(), key=lambda source: source.order)


def sources_for(actor: Any) -> list[Source]:
    """What this actor may search, in order."""
    return [one for one in sources() if one.permission is None or actor.may(one.permission)]
