"""A decision's reason as a code and its figures. Rules give it, screens word it (`web/wording.py`)."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule decided as it did: `code` names the sentence, `figures` fill it (numbers, ISO dates, codes)."""

    code: str
    figures: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Flat, so that it can be read in the database without this class."""
        return {"code": self.code, **self.figures}

    @classmethod
    def from_json(cls, value: dict[str, Any] | None) -> "Reason | None":
        if not value:
            return None
        figures = dict(value)
        return cls(figures.pop("code"), figures)


class Refused(Exception):
    """A service will not do it. Nothing has changed; `reason` says why and what would help."""

    def __init__(self, code: str, **figures: Any) -> None:
        self.reason = Reason(code, figures)
        super().__init__(code, figures)


class NotPermitted(Refused):
    """The actor may see the row but not do this to it (403 on the web)."""


class Outdated(Refused):
    """Somebody else changed the row since it was read; `changes` lists what, so that nothing typed is lost."""

    def __init__(self, changes: list[Any]) -> None:
        super().__init__("changed_since")
        self.changes = changes
