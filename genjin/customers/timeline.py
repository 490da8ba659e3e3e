"""What happened with a customer, newest first. Every app that knows of something registers a source of items.

A page of it ends where every source is known to be complete, and the next one begins before that instant: nothing is
left out or shown twice, however the sources interleave.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from genjin.customers.models import Customer

PAGE = 30

# The kinds a reader may choose from, in the order of the tabs.
KINDS: dict[str, Any] = {
    "note": _("Notes"),
    "class": _("Class"),
    "ownership": _("Ownership"),
    "agreement": _("Promises and appointments"),
    "file": _("Changes of the file"),
    "remark": _("Remarks"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened. `template` shows it, given `context`, `item` and `ui`."""

    at: datetime
    kind: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a customer's timeline is wanted: at most `limit` items older than `before`, newest first.

    `kind` "" is every kind; `text` "" is any text.
    """

    customer: Customer
    actor: Any
    kind: str = ""
    text: str = ""
    before: datetime | None = None
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class Page:
    items: Sequence[Item]
    before: datetime | None


Source = Callable[[Asked], Sequence[Item]]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Add what an app knows. A source gives its newest `asked.limit` items older than `asked.before`, newest first."""
    if source not in _sources:
        _sources.append(source)


def page_of(asked: Asked) -> Page:
    """The next items of all sources; `before` is where the page after it begins, None at the end."""
    items: list[Item] = []
    complete_after: datetime | None = None
    for source in _sources:
        given = list(source(asked))
        items += given
        if len(given) >= asked.limit and (complete_after is None or given[-1].at > complete_after):
            complete_after = given[-1].at
    items.sort(key=lambda item: item.at, reverse=True)
    if complete_after is not None:
        # Of the oldest instant a full source reached, more may stand on its next page.
        whole = [item for item in items if item.at > complete_after]
        items = whole or [item for item in items if item.at == complete_after]
    if len(items) > asked.limit:
        last = items[asked.limit - 1].at
        cut = [item for item in items if item.at >= last]
        return Page(cut, last if len(cut) < len(items) or complete_after is not None else None)
    return Page(items, items[-1].at if complete_after is not None and items else None)
