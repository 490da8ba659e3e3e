"""What somebody holds that would have to be handed over. The apps to the right register how they count it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from genjin.organization.models import Person


@dataclass(frozen=True, slots=True)
class Holding:
    """`title` names it in the plural for the hand-over form ("open customers"), `count` says how many a person has.

    What `follows` is not dealt out by itself: it goes where its customer goes.
    """

    name: str
    title: Any
    count: Callable[[Person], int]
    order: int = 50
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """How many of one kind a person holds."""

    name: str
    title: Any
    count: int
    follows: bool


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Make the hand-over form count one more kind. Called from an app's `features.py`."""
    _holdings[holding.name] = holding


def held_by(person: Person) -> list[Held]:
    """Everything a person holds, kind by kind in order, zeros included."""
    kinds = sorted(_holdings.values(), key=lambda holding: holding.order)
    return [Held(kind.name, kind.title, kind.count(person), kind.follows) for kind in kinds]
