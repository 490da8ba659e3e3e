"""The places of the product: every app registers its own in `features.py`, the rail shows what a person may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class Place:
    """`icon` is a symbol of the sprite, `key` the letter after g, `on_phone` whether the bottom bar shows it.

    `count` gives a number that asks for action ("2 overdue"), worded by `count_title`; none is shown for zero.
    A place `within` another ("settings") is not in the rail but listed there, with its `summary` in one sentence.
    """

    name: str
    title: Any
    url_name: str
    icon: str
    order: int
    permission: str | None = None
    key: str = ""
    on_phone: bool = False
    at_end: bool = False
    within: str = ""
    summary: Any = ""
    count: Callable[[Any], int] | None = None
    count_title: Any = ""


_places: dict[str, Place] = {}


def register(place: Place) -> None:
    _places[place.name] = place


def places_for(actor: Any, within: str = "") -> list[Place]:
    """The places this person may open, in order: those of the rail, or those within one of them."""
    open_to = [p for p in _places.values() if p.within == within and (p.permission is None or actor.may(p.permission))]
    return sorted(open_to, key=lambda place: place.order)


def address_of(url_name: str, *args: Any) -> str | None:
    """Where a page of an app further right stands, or None in a house built without it."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return None


def first_address(actor: Any) -> str | None:
    """Where a person begins: today for who owns customers, else the team, else the first place open to them."""
    open_to = {place.name: place for place in places_for(actor)}
    preferred = ("team", "today") if actor.role in ("manager", "owner", "reader") else ("today", "team")
    for place in [*(open_to[name] for name in preferred if name in open_to), *open_to.values()]:
        address = address_of(place.url_name)
        if address:
            return address
    return None
