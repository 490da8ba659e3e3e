"""Which backups are kept when new ones come."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

FRESH = timedelta(days=2)  # ours: a weekend passes without a warning, a broken disk does not


def kept(made: Iterable[datetime], *, daily: int, weekly: int, monthly: int) -> set[datetime]:
    """Of these backups the last of each of the newest `daily` days, `weekly` weeks and `monthly` months that have one.

    The newest is always kept.
    """
    newest_first = sorted(made, reverse=True)
    keep = set(newest_first[:1])
    for count, period in ((daily, _day), (weekly, _week), (monthly, _month)):
        keep |= set(_last_of_each(newest_first, period)[:count])
    return keep


def _last_of_each(newest_first: list[datetime], period: Callable[[datetime], Any]) -> list[datetime]:
    last: dict[Any, datetime] = {}
    for one in newest_first:
        last.setdefault(period(one), one)
    return list(last.values())


def _day(at: datetime) -> date:
    return at.date()


def _week(at: datetime) -> tuple[int, int]:
    year, week, _day = at.isocalendar()
    return year, week


def _month(at: datetime) -> tuple[int, int]:
    return at.year, at.month


def is_due(newest: datetime | None, now: datetime, *, hour: int) -> bool:
    """Whether today's backup is still to be made: from that hour on, and later where the machine slept through it."""
    return now.hour >= hour and (newest is None or newest.date() < now.date())


def is_stale(newest: datetime | None, now: datetime) -> bool:
    """Whether somebody should be told: no backup, or none for two days."""
    return newest is None or now - newest > FRESH
