"""What to do in the first hour of an installation. Every app registers its own step in `features.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from genjin.organization.models import Person


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: `url_name` is the page where it is done, `is_done` whether it has been."""

    url_name: str
    title: Any
    text: Any
    label: Any
    is_done: Callable[[], bool]
    order: int
    permission: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A step as the page draws it."""

    href: str
    title: Any
    text: Any
    label: Any
    done: bool


_steps: dict[str, Step] = {}


def register(step: Step) -> None:
    _steps[step.url_name] = step


def steps_for(actor: Person) -> list[Shown]:
    """The steps this person may take, in order, each with whether it is done."""
    open_to = sorted((step for step in _steps.values() if actor.may(step.permission)), key=lambda step: step.order)
    return [Shown(reverse(step.url_name), step.title, step.text, step.label, step.is_done()) for step in open_to]
