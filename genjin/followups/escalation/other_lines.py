"""Lines that apps further right put into the digest of who leads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from genjin.organization.models import Person


@dataclass(frozen=True, slots=True)
class OtherLine:
    """`code` names the sentence and `figures` gives what fills it, None where there is nothing to say; `url_name` and
    `asked` say where it leads."""

    code: str
    figures: Callable[[Person, datetime], dict[str, Any] | None]
    url_name: str
    asked: str = ""


_lines: dict[str, OtherLine] = {}


def register_line(line: OtherLine) -> None:
    """Called from an app's `features.py`."""
    _lines[line.code] = line


def other_lines(person: Person, at: datetime) -> Iterable[dict[str, Any]]:
    """What the others have to say to this person who leads."""
    for line in _lines.values():
        figures = line.figures(person, at)
        if figures:
            yield {"code": line.code, "figures": figures, "first": []}


def place_of(code: str) -> tuple[str, tuple[()], str]:
    """Where such a line leads."""
    return _lines[code].url_name, (), _lines[code].asked
