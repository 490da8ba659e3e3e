"""What apps to the right still have to do after a unit changed its playbook, shown on the page of playbooks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from genjin.organization.models import Person


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A sentence, and the page where it is followed."""

    text: str
    address: str
    is_stopped: bool = False


_askers: list[Callable[[Person], Iterable[UnderWay]]] = []


def register(asker: Callable[[Person], Iterable[UnderWay]]) -> None:
    if asker not in _askers:
        _askers.append(asker)


def under_way(person: Person) -> list[UnderWay]:
    """What is still being done of what this person may see."""
    return [each for asker in _askers for each in asker(person)]
