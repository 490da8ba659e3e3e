"""What a custom field is, as plain values: its kind, its choices, its bounds, and which roles see and change it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from genjin.core.reasons import Reason

KINDS = ("text", "number", "money", "date", "choice", "several", "yes_no", "person", "phone")
NUMBERS = ("number", "money")
OF_CHOICES = ("choice", "several")
SEARCHABLE = ("text", "phone")

# The bounds are ours: fifteen digits are compared exactly by both databases.
LONGEST_TEXT = 2000
LONGEST_SEARCHED = 200
SHORT_TEXT = 200  # as long as nothing else is said
MOST_DIGITS = 15
MOST_DECIMALS = 4
CENTS = 2

Phone = Callable[[str], str | Reason]


@dataclass(frozen=True, slots=True)
class Choice:
    """`key` stays when the label is changed; a retired one is offered no more and stays readable."""

    key: str
    label: str
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """`least` and `most` bound a number or an amount, `longest` a text. No role in `seen_by` (`changed_by`) means all
    roles. `default` is a value as it is kept. `as_phone` is how its subject writes a number."""

    subject: str
    code: str
    label: str
    kind: str
    choices: tuple[Choice, ...] = ()
    help: str = ""
    is_required: bool = False
    default: Any = None
    least: Decimal | None = None
    most: Decimal | None = None
    decimals: int = 0
    longest: int = SHORT_TEXT
    seen_by: frozenset[str] = frozenset()
    changed_by: frozenset[str] = frozenset()
    is_known_at_arrival: bool = False
    is_searchable: bool = False
    is_retired: bool = False
    position: int = 0
    pk: int | None = None
    as_phone: Phone | None = field(default=None, compare=False)

    @property
    def places(self) -> int:
        """How many decimals a number of it has."""
        return CENTS if self.kind == "money" else self.decimals

    def choice(self, key: Any) -> Choice | None:
        return next((choice for choice in self.choices if choice.key == key), None)

    def label_of(self, key: Any) -> str:
        """A choice in words; one that is no longer known by its key."""
        found = self.choice(key)
        return found.label if found else str(key)


Values = Mapping[str, Any]
