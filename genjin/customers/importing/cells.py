"""What one cell says. Plain values in, answer out; a cell that cannot be taken raises CellWrong with its field."""

import re
import unicodedata
from datetime import date, timedelta

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import CellWrong

EARLIEST = date(1970, 1, 1)
LATEST_YEARS_AHEAD = 10

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[T\s].*)?", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_BETWEEN_TAGS = re.compile(r"[、,，;；|\n]+")
_KINDS = {
    "org": ("公司", "企业", "单位", "组织", "机构", "org", "company", "organisation", "organization", "business"),
    "household": ("家庭", "住户", "household", "family"),
    "person": ("个人", "自然人", "person", "individual"),
}
KIND_OF_WORD = {word: kind for kind, words in _KINDS.items() for word in words}


def day(field: str, text: str) -> date | None:
    """A day as a spreadsheet shows one (2026-10-18, 2026/10/18, 2026年10月18日, 20261018, with or without a time).

    Reasons: date_impossible (2026-02-30), date_is_serial (45998, with the day it probably means), date_too_far,
    date_unreadable.
    """
    if not text:
        return None
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    found = _DAY.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found is None:
        if _SERIAL.fullmatch(plain):
            meant = date(1899, 12, 30) + timedelta(days=int(float(plain)))
            raise CellWrong(field, Reason("date_is_serial", {"text": plain, "meant": meant.isoformat()}))
        raise CellWrong(field, Reason("date_unreadable", {"text": text[:40]}))
    try:
        on = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        figures = {"year": int(found[1]), "month": int(found[2]), "day": int(found[3])}
        raise CellWrong(field, Reason("date_impossible", figures)) from None
    if on < EARLIEST:
        raise CellWrong(field, Reason("date_too_far", {"on": on.isoformat()}))
    return on


def past_day(field: str, text: str, today: date) -> date | None:
    """A day that has been: one in the future did not happen."""
    on = day(field, text)
    if on is not None and on > today:
        raise CellWrong(field, Reason("date_in_future", {"on": on.isoformat()}))
    return on


def coming_day(field: str, text: str, today: date) -> date | None:
    """A day for a plan; past ones are taken as they are, one ten years ahead is a slip of the pen."""
    on = day(field, text)
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
