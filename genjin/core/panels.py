"""Content that an app to the right shows on a page of an app to the left: registered here, loaded by htmx."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Panel:
    """`place` names the page it stands on, `url_name` the fragment; the URL takes the object's primary key."""

    place: str
    url_name: str
    title: Any
    order: int = 50
    permission: str | None = None


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    if panel not in _panels:
        _panels.append(panel)


def panels_for(place: str, actor: Any) -> list[Panel]:
    """The panels of a page that this actor may see, in order."""
    seen = [p for p in _panels if p.place == place and (p.permission is None or actor.may(p.permission))]
    return sorted(seen, key=lambda panel: panel.order)
