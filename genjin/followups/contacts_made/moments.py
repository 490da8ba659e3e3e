"""When a contact was: the day as the columns of a customer list are read, and the time of day where there is one.

Plain values in, answer out; a cell that cannot be read raises CellWrong.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import CellWrong
from genjin.customers.importing.days import DayColumn
from genjin.followups.contacts_made.fields import AT, CLOCK

MIDNIGHT = time(0, 0)

_CLOCK = re.compile(
    r"(?P<half>上午|中午|下午|晚上|晚|凌晨|早上|早)?\s*(?P<hour>\d{1,2})\s*(?:[:时点]\s*(?P<minute>\d{1,2})|[时点]整?)\s*分?"
    r"(?:(?:\s*:|(?<=分))\s*(?P<second>\d{1,2})(?:[.,]\d+)?\s*秒?)?\s*(?P<ampm>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<zone>[Zz]|[+-]\d{2}:?\d{2}|UTC|GMT)?\s*"
)
_AFTERNOON = frozenset({"下午", "晚上", "晚"})
_BETWEEN = " \tT,"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `zone` is its distance from UTC where the text says one."""

    at: time
    zone: tzinfo | None = None


def parted(text: str) -> tuple[str, Clock | None]:
    """What a text says before its time of day, and that: 14:30, 14:30:05.000Z, 2:30 PM, 下午3点20分; None for none.

    Midnight to the second is what a spreadsheet writes behind a day without a time: it is no time. One that cannot be
    (25:70) raises CellWrong.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    found = next((one for one in _CLOCK.finditer(plain) if one.end() == len(plain)), None)
    if found is None:
        return text, None
    day = plain[: found.start()].rstrip(_BETWEEN)
    hour, minute, second = int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0)
    half, ampm = found["half"] or "", (found["ampm"] or "").lower()[:1]
    if (half in _AFTERNOON or ampm == "p" or (half == "中午" and hour < 3)) and hour < 12:
        hour += 12
    elif hour == 12 and (ampm == "a" or half == "凌晨"):
        hour = 0
    try:
        at = time(hour, minute, second)
    except ValueError:
        raise CellWrong(AT, Reason("time_impossible", {"text": found[0].strip()[:20]})) from None
    is_time = at != MIDNIGHT or bool(ampm or half)
    return day, Clock(at, _zone(found["zone"] or "")) if is_time else None


def _zone(text: str) -> tzinfo | None:
    if not text:
        return None
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = text[1:].replace(":", "")
    distance = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if distance >= timedelta(hours=24):
        raise CellWrong(AT, Reason("time_impossible", {"text": text}))
    return timezone(-distance if text[0] == "-" else distance)


class MomentColumn:
    """Reads the cells of the time, and of the time of day where that has a column of its own.

    `here` is the company's time zone, `now` the moment of the import: nothing later has been.
    """

    def __init__(self, days: DayColumn, here: tzinfo, now: datetime) -> None:
        self.days, self.here, self.now = days, here, now

    def read(self, text: str, clock: str, row: int) -> tuple[datetime, bool]:
        """The instant, and whether the time of day is known: without one it is the day's beginning here."""
        day, said = parted(text)
        on = self.days.read(day, row)
        if on is None:
            raise CellWrong(AT, Reason("contact_day_missing"))
        if clock:
            left, said = parted(clock)
            if said is None and clock.strip(" 0:：-/"):
                raise CellWrong(CLOCK, Reason("time_unreadable", {"text": left[:20]}))
        at = datetime.combine(on, said.at if said else MIDNIGHT, (said.zone if said else None) or self.here)
        if at > self.now:
            local = at.astimezone(self.here)
            raise CellWrong(AT, Reason("date_in_future", {"on": f"{local:%Y-%m-%d %H:%M}" if said else on.isoformat()}))
        return at.astimezone(UTC), said is not None
