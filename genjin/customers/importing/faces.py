"""How each kind of list that is imported beside customers shows itself on the pages of the import."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from genjin.core.transfer.kinds import Kept
from genjin.core.transfer.models import ImportRun, KeptRecord


def _nothing(*_given: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Face:
    """One kind of list: the words for what a file holds, and the templates that belong to it alone.

    `choices` stands beside the columns, `first` shows the first rows that would be written, `findings` what the dry run
    has found; `options` reads the answers that `choices` asks for out of a form, `seen` gives the templates what they
    show. `chief` are the fields that a list of wrong rows shows; `made` counts what a run has made in a sentence.
    Where undoing counts other records than customers: `kept` and `kept_rows` list those it keeps, `counted` words them
    (removed, restored, kept, all, nobody).
    """

    kind: str
    label: Any
    choices: str
    first: str
    findings: str
    undoing: str
    chief: tuple[str, ...]
    made: Callable[[ImportRun], str]
    options: Callable[[Mapping[str, str]], dict[str, Any]] = _nothing
    seen: Callable[[ImportRun], dict[str, Any]] = _nothing
    kept: str = "customers/_import_kept.html"
    kept_rows: Callable[[Iterable[Kept | KeptRecord], Any], list[Any]] | None = None
    counted: Mapping[str, Any] = field(default_factory=dict)


_faces: dict[str, Face] = {}


def register(face: Face) -> None:
    """Called from an app's `features.py`."""
    _faces[face.kind] = face


def face_of(run: ImportRun) -> Face | None:
    """None for customers and contact people, whose pages these are."""
    return _faces.get(run.kind)


def registered() -> list[Face]:
    return list(_faces.values())
