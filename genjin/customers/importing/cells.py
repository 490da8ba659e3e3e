"""What one cell says. Plain values in, answer out; a cell that cannot be taken raises CellWrong with its field."""

import re
from datetime import date

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import CellWrong

LATEST_YEARS_AHEAD = 10

SCIENTIFIC = re.compile(r"(?i)\d(?:\.\d+)?e\+?\d+")  # what a spreadsheet makes of a long number
_BETWEEN_TAGS = re.compile(r"[、,，;；|\n]+")
_KINDS = {
    "org": ("公司", "企业", "单位", "组织", "机构", "org", "company", "organisation", "organization", "business"),
    "household": ("家庭", "住户", "household", "family"),
    "person": ("个人", "自然人", "person", "individual"),
}
KIND_OF_WORD = {word: kind for kind, words in _KINDS.items() for word in words}


def has_been(field: str, on: date | None, today: date) -> date | None:
    """A day that has been: one in the future did not happen."""
    if on is not None and on > today:
        raise CellWrong(field, Reason("date_in_future", {"on": on.isoformat()}))
    return on


def is_to_come(field: str, on: date | None, today: date) -> date | None:
    """A day for a plan; past ones are taken as they are, one ten years ahead is a slip of the pen."""
    if on is not None and on.year > today.year + LATEST_YEARS_AHEAD:
        raise CellWrong(field, Reason("date_too_far", {"on": on.isoformat()}))
    return on


def short_text(field: str, text: str, limit: int) -> str:
    """A line of text: line breaks become spaces; one that does not fit is refused, never cut."""
    line = text if text.isprintable() else " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(line) > limit:
        raise CellWrong(field, Reason("text_too_long", {"length": len(line), "limit": limit}))
    return line


def long_text(field: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise CellWrong(field, Reason("text_too_long", {"length": len(text), "limit": limit}))
    return text


def tags(field: str, text: str, limit: int = 30) -> tuple[str, ...]:
    """Names of tags, in order, each once."""
    if not text:
        return ()
    names = (short_text(field, name.strip(), limit) for name in _BETWEEN_TAGS.split(text))
    return tuple(dict.fromkeys(name for name in names if name))


def kind(field: str, text: str, otherwise: str) -> str:
    """org, household or person; an empty cell is what the file is said to hold."""
    if not text:
        return otherwise
    found = KIND_OF_WORD.get(text.strip().casefold())
    if found is None:
        raise CellWrong(field, Reason("kind_unknown", {"text": text[:40]}))
    return found
