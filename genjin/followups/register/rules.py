"""Who gets no message at the weekend, and what a message says. Plain values in, answer out."""

from collections.abc import Iterable
from datetime import date, timedelta

from genjin.core.reasons import Reason

QUIET_DAYS = 2  # whoever was contacted within so many days is left alone (ours)
NAME = "{name}"
LONGEST = 500


def reason_to_leave_out(
    *, last_touch_on: date | None, today: date, is_blocked: bool, can_be_reached: bool
) -> Reason | None:
    """Why a key customer gets no message: asked not to be contacted, spoken with just now, or no way to reach it."""
    if is_blocked:
        return Reason("weekend_is_blocked")
    if last_touch_on is not None and last_touch_on > today - timedelta(days=QUIET_DAYS):
        return Reason("weekend_contacted_lately", {"on": last_touch_on.isoformat()})
    if not can_be_reached:
        return Reason("weekend_cannot_be_reached")
    return None


def filled(text: str, name: str) -> str:
    """The text with the name of whom it is said to."""
    return text.replace(NAME, name)


def addressed(names: Iterable[str], customer: str) -> str:
    """Whom a message speaks to: the first person known, else the customer."""
    return next((name for name in names if name), customer)
