"""What a checklist asks, what was met of it, and the sum of its points. Plain values in, answer out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genjin.core.reasons import Reason

MOST_ITEMS = 60  # of a checklist (ours)
MOST_POINTS = 100  # of an item (ours)
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Item:
    """A point that is ticked (`words`), or a field that is filled in (`field`). `code` names it in every version."""

    code: str
    words: str = ""
    field: str = ""
    score: int = 0
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """`is_asked`: a lead becomes a customer only when what is required is met."""

    steps: tuple[Step, ...]
    is_asked: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for step in self.steps for item in step.items)


@dataclass(frozen=True, slots=True)
class Line:
    """One item with whether it is met, and what it gave."""

    item: Item
    is_met: bool

    @property
    def gave(self) -> int:
        return self.item.score if self.is_met else 0


@dataclass(frozen=True, slots=True)
class Result:
    lines: tuple[Line, ...]

    @property
    def score(self) -> int:
        return sum(line.gave for line in self.lines)

    @property
    def most(self) -> int:
        return sum(line.item.score for line in self.lines)

    @property
    def missing(self) -> tuple[Item, ...]:
        """What is required and not met."""
        return tuple(line.item for line in self.lines if line.item.is_required and not line.is_met)


def result(content: Content, answers: Mapping[str, bool], filled: Collection[str]) -> Result:
    """`answers` by code of points that were asked; `filled` the fields that have a value."""
    return Result(
        tuple(
            Line(item, item.field in filled if item.field else answers.get(item.code) is True) for item in content.items
        )
    )


def read(content: Mapping[str, Any]) -> Content:
    """A version as it is kept."""
    steps = tuple(Step(step["title"], tuple(Item(**item) for item in step["items"])) for step in content["steps"])
    return Content(steps, content["is_asked"])


def written(content: Content) -> dict[str, Any]:
    """As JSON keeps it."""
    steps = [
        {
            "title": step.title,
            "items": [
                {"code": i.code, "words": i.words, "field": i.field, "score": i.score, "is_required": i.is_required}
                for i in step.items
            ],
        }
        for step in content.steps
    ]
    return {"steps": steps, "is_asked": content.is_asked}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the form: in which step, at what place, and what it asks; one that asks nothing is left out."""

    step: str
    place: int
    code: str
    words: str
    field: str
    score: str
    is_required: bool


def compose(rows: Sequence[Row], *, fields: Collection[str], is_asked: bool) -> Content | Reason:
    """A checklist of what was typed, or the first thing that makes no sense. Steps stand in the order of their first
    line; a point that was there keeps its code, so that what was answered stays readable."""
    asked = sorted((row for row in rows if row.words.strip() or row.field), key=lambda row: row.place)
    if not asked:
        return Reason("checklist_is_empty")
    if len(asked) > MOST_ITEMS:
        return Reason("checklist_is_too_long", {"most": MOST_ITEMS})
    known = {row.code for row in asked if row.code}
    steps: dict[str, list[Item]] = {}
    used: set[str] = set()
    for row in asked:
        item = _item(row, fields, known | used)
        if isinstance(item, Reason):
            return item
        if item.code in used:
            return Reason("checklist_stands_twice", {"what": item.words or item.field})
        used.add(item.code)
        steps.setdefault(row.step.strip(), []).append(item)
    return Content(tuple(Step(title, tuple(items)) for title, items in steps.items()), is_asked)


def _item(row: Row, fields: Collection[str], taken: Collection[str]) -> Item | Reason:
    words = " ".join(row.words.split())
    if row.field and row.field not in fields:
        return Reason("checklist_no_such_field", {"field": row.field})
    if len(words) > LONGEST or len(row.step) > LONGEST:
        return Reason("checklist_words_too_long", {"longest": LONGEST, "words": words[:40]})
    text = row.score.strip() or "0"
    if not (text.isascii() and text.isdecimal() and len(text) <= 4) or int(text) > MOST_POINTS:
        return Reason("checklist_points", {"most": MOST_POINTS, "what": words or row.field})
    code = row.field or row.code or next(code for n in range(1, 999) if (code := f"p{n}") not in taken)
    return Item(code, "" if row.field else words, row.field, int(text), row.is_required)
