"""Which tables may have custom fields: each app registers its own."""

from dataclasses import dataclass
from typing import Any

from genjin.core.fields.definitions import Phone


@dataclass(frozen=True, slots=True)
class Subject:
    """What is described, under the name that `models.Field.subject` keeps. `model` is a `Describable`; `title` names
    many of them; `as_phone` is how they write a number; `order` where it stands in the settings."""

    kind: str
    title: Any
    model: Any
    as_phone: Phone | None = None
    order: int = 50


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Called from an app's `features.py`."""
    _subjects[subject.kind] = subject


def subjects() -> list[Subject]:
    """All, in their order."""
    return sorted(_subjects.values(), key=lambda subject: subject.order)


def subject_of(kind: str) -> Subject:
    """Raises KeyError for a kind that nobody registered."""
    return _subjects[kind]
