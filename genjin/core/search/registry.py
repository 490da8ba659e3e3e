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
    """Rows that the index lists.

    `documents()` gives all of them in the order of their keys, `documents(pks)` those of some rows; `answer(actor,
    query, limit, today)` finds rows in the actor's scope; `template` shows one `row` of an answer, which has its `pk`
    and a `label`.
    """

    kind: str
    title: Any
    template: str
    documents: Callable[..., Iterable[Document]]
    answer: Callable[[Any, Query, int, date], Answer]
    order: int = 50
    permission: str | None = None


@dataclass(frozen=True, slots=True)
class Walked:
    """What a tab has found so far: its rows and whether they are all of this step, how far it looked in words, and
    which step of looking comes next (None: there is nothing further)."""

    rows: list[Any]
    is_complete: bool
    reach: str
    further: int | None


@dataclass(frozen=True, slots=True)
class Tab:
    """Texts that no index lists: looked through a bounded part at a time, on a tab of their own.

    `answer(actor, query, limit, step, today)` looks through step 0, 1, 2 … of what the actor may see, newest first.
    """

    kind: str
    title: Any
    template: str
    answer: Callable[[Any, Query, int, int, date], Walked]
    order: int = 50
    permission: str | None = None


_sources: dict[str, Source] = {}
_tabs: dict[str, Tab] = {}


def register(source: Source) -> None:
    _sources[source.kind] = source


def register_tab(tab: Tab) -> None:
    _tabs[tab.kind] = tab


def tabs_for(actor: Any) -> list[Tab]:
    """The tabs that this actor may open, in order."""
    open_to = [one for one in _tabs.values() if one.permission is None or actor.may(one.permission)]
    return sorted(open_to, key=lambda tab: tab.order)


def sources() -> list[Source]:
    return sorted(_sources.values(), key=lambda source: source.order)


def sources_for(actor: Any) -> list[Source]:
    """What this actor may search, in order."""
    return [one for one in sources() if one.permission is None or actor.may(one.permission)]
