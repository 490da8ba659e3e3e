"""Addresses as templates write them: a page has a hundred of the same few kinds, so each kind is worked out once."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.urls import reverse

# Stand for keys while a kind of address is worked out: no other part of an address looks like them.
_PLACES = ("7310942861", "7310942862", "7310942863")


@cache
def _kind(name: str, keys: int) -> tuple[str, ...]:
    """The parts of an address around its keys."""
    places = _PLACES[:keys]
    parts, rest = [], reverse(name, args=[int(place) for place in places])
    for place in places:
        part, _found, rest = rest.partition(place)
        parts.append(part)
    return (*parts, rest)


def url(name: str, args: Sequence[Any] = ()) -> str:
    """The address of a page by the name of its view. An unknown name is NoReverseMatch."""
    if len(args) > len(_PLACES) or not all(type(each) is int for each in args):
        return reverse(name, args=args)
    parts = _kind(name, len(args))
    if len(args) == 1:
        return f"{parts[0]}{args[0]}{parts[1]}"
    return parts[0] + "".join(f"{key}{part}" for key, part in zip(args, parts[1:], strict=True))
