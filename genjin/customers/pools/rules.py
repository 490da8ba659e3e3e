"""What a pool lets a person take and see in a day, and when a former owner may claim one back. Plain values."""

from datetime import date

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.playbooks.keeping_order import PoolRules


def refusal_of_one_more(rules: PoolRules, *, claimed: int) -> Reason | None:
    """Why a person who has claimed so many today claims no more before tomorrow."""
    if rules.claims_a_day is None or claimed < rules.claims_a_day:
        return None
    return Reason("claims_of_the_day", {"claimed": claimed, "cap": rules.claims_a_day})


def refusal_to_look(rules: PoolRules, *, seen: int) -> Reason | None:
    """Why a person who has opened so many unclaimed customers today opens no other before tomorrow."""
    if rules.views_a_day is None or seen < rules.views_a_day:
        return None
    return Reason("views_of_the_day", {"seen": seen, "cap": rules.views_a_day})


def open_to_former_owner(rules: PoolRules, calendar: WorkingCalendar, *, released_on: date) -> date:
    """The first day on which who let it go may claim it: the n-th working day after, at once with none.

    Released on Tuesday 10 November with 10 working days: Tuesday 24 November (issue 4, C11).
    """
    if not rules.lock_out_days:
        return released_on
    return calendar.add(released_on, rules.lock_out_days)


def refusal_to_former_owner(
    rules: PoolRules, calendar: WorkingCalendar, *, name: str, released_on: date, today: date
) -> Reason | None:
    """Why who let it go may not claim it yet. `today` before `released_on` (a clock set back) is locked out as well."""
    first = open_to_former_owner(rules, calendar, released_on=released_on)
    if today >= first:
        return None
    figures = {"name": name, "released_on": released_on.isoformat(), "on": first.isoformat()}
    return Reason("locked_out", figures | {"days": rules.lock_out_days})
