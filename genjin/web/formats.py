"""Days, times, numbers, money and phones as the reader's language writes them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

WEEKDAYS_ZH = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
WEEKDAYS_EN = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def _as_day(value: date | datetime | str) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    return value


def _this_year() -> int:
    """Of the organisation's time zone: no other is ever set, so the way through Django's current one is spared."""
    return datetime.now(timezone.get_default_timezone()).year


def weekday(value: date | datetime | str) -> str:
    names = WEEKDAYS_EN if get_language() == "en" else WEEKDAYS_ZH
    return names[_as_day(value).weekday()]


def day(value: date | datetime | str | None) -> str:
    """11-24, with the year when it is not this one."""
    if not value:
        return ""
    on = _as_day(value)
    return f"{on:%m-%d}" if on.year == _this_year() else f"{on:%Y-%m-%d}"


def day_weekday(value: date | datetime | str | None) -> str:
    """11-24 周二."""
    return f"{day(value)} {weekday(value)}" if value else ""


def day_after(value: date, days: int) -> date:
    """The day so many days later; earlier where negative."""
    return value + timedelta(days=days)


def long_day(value: date | datetime | str | None) -> str:
    """11月24日 周二, with the year when it is not this one."""
    if not value:
        return ""
    on = _as_day(value)
    if get_language() == "en":
        return f"{weekday(on)} {on.day} {on:%b}" + ("" if on.year == _this_year() else f" {on.year}")
    year = "" if on.year == _this_year() else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日 {weekday(on)}"


def clock(value: datetime | None) -> str:
    """16:40, in the organisation's time zone."""
    return f"{timezone.localtime(value):%H:%M}" if value else ""


def moment(value: datetime | None) -> str:
    """11-24 16:40."""
    return f"{day(value)} {clock(value)}" if value else ""


def since(value: date | datetime | None, today: date | None = None) -> str:
    """今天, 昨天, 3 天前."""
    if not value:
        return ""
    days = ((today or timezone.localdate()) - _as_day(value)) / timedelta(days=1)
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("yesterday")
    if days < 0:
        return day(value)
    return ngettext("%(n)d day ago", "%(n)d days ago", int(days)) % {"n": days}


def number(value: int | float | None) -> str:
    return "" if value is None else f"{value:,}"


def money(value: Decimal | None) -> str:
    """¥7,200 or ¥7,200.50."""
    if value is None:
        return ""
    return f"¥{value:,.2f}".removesuffix(".00")


def percent(value: float | None, places: int = 1) -> str:
    """A share of one as percent."""
    return "" if value is None else f"{value * 100:.{places}f}%"


def phone(value: str) -> str:
    """138 1234 5678; any other number as it stands."""
    if len(value) == 11 and value.isdigit() and value[0] == "1":
        return f"{value[:3]} {value[3:7]} {value[7:]}"
    return value


def masked(value: str) -> str:
    """138****5678: enough to recognise, too little to dial."""
    return f"{value[:3]}****{value[-4:]}" if len(value) >= 8 else "****"


def words(value: Any) -> str:
    """A word that is kept in both languages (playbooks), in the reader's; nothing for none."""
    return value.in_language(get_language()) if value else ""
