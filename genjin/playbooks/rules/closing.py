"""The close window: calendar days from the first entry into a class within which it must pay."""

from dataclasses import dataclass
from datetime import date, timedelta

from genjin.playbooks.variant import CustomerClass


@dataclass(frozen=True, slots=True)
class CloseWindow:
    """`days_left` is negative once `last_on` has passed; `warns` from the class's warning day on."""

    last_on: date
    days_left: int
    warns: bool


def close_window(cls: CustomerClass, entered_on: date, today: date) -> CloseWindow | None:
    """How long is left; None for a class without a window. Pass the first entry: moving to and fro restarts nothing."""
    if cls.close_within is None:
        return None
    last_on = entered_on + timedelta(days=cls.close_within)
    warns_on = entered_on + timedelta(days=cls.warn_from_day or cls.close_within)
    return CloseWindow(last_on, (last_on - today).days, today >= warns_on)
