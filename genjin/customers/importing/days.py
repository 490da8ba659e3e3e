"""Days of one column of a file. 03/04/2026 says two things: what the column's other days settle is taken, or asked.

Plain values in, answer out; each distinct text is read once.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import CellWrong

Order = Literal["", "dmy", "mdy"]
EARLIEST = date(1970, 1, 1)
REMEMBERED = 50_000

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[T\s].*)?", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})(?:[,T\s].*)?", re.DOTALL)
_NAMED = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?|([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?)"
    r"[\s-]+(\d{4})(?:[,T\s].*)?",
    re.DOTALL | re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@dataclass(slots=True)
class Seen:
    """What a column's days written 25/12/2026 have shown: how many fit one order only, and the first that did."""

    dmy: int = 0
    mdy: int = 0
    unclear: int = 0
    first_row: int = 0
    first_text: str = ""
    unclear_row: int = 0
    unclear_text: str = ""

    @property
    def settles(self) -> Order:
        """The only order that all days fit, when there is one and it is asked for."""
        if not self.unclear or bool(self.dmy) == bool(self.mdy):
            return ""
        return "dmy" if self.dmy else "mdy"


class DayColumn:
    """Reads the cells of one field; `order` is what has been said or settled, "" when nothing has."""

    def __init__(self, field: str, order: Order = "") -> None:
        self.field, self.order, self.seen = field, order, Seen()
        self._counted = 0  # the row that was counted last: one that is wrong is looked at twice
        self._answers: dict[str, date | Reason] = {}
        self._unclear: set[str] = set()

    def read(self, text: str, row: int) -> date | None:
        """A day as a spreadsheet shows one. Reasons: see `day_of`, and date_ambiguous where two days are meant."""
        if not text:
            return None
        found = self._answers.get(text)
        if found is None:
            found = self._look_at(text, row)
            if len(self._answers) < REMEMBERED:
                self._answers[text] = found
        if text in self._unclear and row != self._counted:
            self._counted = row
            self.seen.unclear += 1
        if isinstance(found, Reason):
            raise CellWrong(self.field, found)
        return found

    def _look_at(self, text: str, row: int) -> date | Reason:
        plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
        parts = _YEAR_LAST.fullmatch(plain)
        if parts is None:
            return day_of(plain)
        first, second, year = int(parts[1]), int(parts[3]), int(parts[4])
        if first <= 12 and second <= 12 and first != second:
            self._unclear.add(text)
            if not self.seen.unclear_row:
                self.seen.unclear_row, self.seen.unclear_text = row, text[:40]
            if not self.order:
                return Reason("date_ambiguous", {"text": text[:40]})
        own: Order = "dmy" if first > 12 else "mdy" if second > 12 else ""
        if own and first <= 31 and second <= 31:
            self.seen.dmy += own == "dmy"
            self.seen.mdy += own == "mdy"
            if not self.seen.first_row:
                self.seen.first_row, self.seen.first_text = row, text[:40]
        day, month = (first, second) if (self.order or own or "dmy") == "dmy" else (second, first)
        return _day(year, month, day)


def day_of(text: str) -> date | Reason:
    """A day in a spelling of one meaning: 2026-10-18, 2026/10/18, 2026年10月18日, 20261018, 18 Oct 2026, Oct 18, 2026.

    A time after it does not matter. Reasons: date_impossible (2026-02-30), date_is_serial (45998, with the day it
    probably means), date_too_far, date_unreadable.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if found := _DAY.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if _SERIAL.fullmatch(plain):
        meant = date(1899, 12, 30) + timedelta(days=int(float(plain)))
        return Reason("date_is_serial", {"text": plain, "meant": meant.isoformat()})
    named = _NAMED.fullmatch(plain)
    month = (named[2] or named[3]).casefold()[:3] if named else ""
    if named and month in _MONTHS:
        return _day(int(named[5]), _MONTHS.index(month) + 1, int(named[1] or named[4]))
    return Reason("date_unreadable", {"text": text[:40]})


def _day(year: int, month: int, day: int) -> date | Reason:
    try:
        on = date(year, month, day)
    except ValueError:
        return Reason("date_impossible", {"year": year, "month": month, "day": day})
    if on < EARLIEST:
        return Reason("date_too_far", {"on": on.isoformat()})
    return on
