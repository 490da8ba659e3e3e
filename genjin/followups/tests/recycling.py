"""Recycling as tests switch it on, and the night after the day."""

from datetime import date, datetime, timedelta
from typing import Any

from genjin.followups.recycling.services import recycle_until_yesterday
from genjin.playbooks.tests.changing import changed, made_current

RULES = [{"classes": ["4", "4k"], "no_contact": 42}, {"classes": ["0"], "no_contact": 16, "not_won": 30}]
LONG_AGO = date(2026, 6, 1)


def switch_on(*, by: Any, at: datetime, rules: Any = RULES) -> None:
    """Recycling is on since a week before."""
    made_current(
        changed({"recycle.active": True, "recycle.rules": rules}), by=by, at=at - timedelta(days=7), note="打开自动回收"
    )


def night_after(at: datetime) -> datetime:
    """A minute past midnight after the day."""
    return at.replace(hour=0, minute=1) + timedelta(days=1)


def run_night(at: datetime) -> int:
    return recycle_until_yesterday(at=night_after(at))
