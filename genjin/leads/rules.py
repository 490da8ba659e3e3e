"""What makes two arrivals one, and what follows from a judgement. Plain values in, answer out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.playbooks import rules as playbook_rules
from genjin.playbooks.variant import Variant

# What an arrival may say of a lead.
GIVEN = (
    "company", "person_name", "title", "phone", "email", "wechat", "province", "city", "product", "wants", "language",
)  # fmt: skip
ENDING = ("no_need", "bought")  # judgements that end the lead
DAYS_UNTIL_AGAIN = 5  # working days until a lead that may be contacted again, where nobody names a day (ours)
MOST_AHEAD = 366 * 2  # days: "later" beyond two years is no date that anybody keeps (ours)


def fingerprint(given: Mapping[str, Any], came_by: str) -> str:
    """What identical arrivals share: all that was given, in whatever order and width of space, and how it came."""
    said = {name: " ".join(str(value).split()).casefold() for name, value in given.items() if value not in ("", None)}
    text = json.dumps([came_by, said], sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Next:
    """When a lead is next pushed and why; None for one that has ended."""

    push_on: date | None
    reason: Reason | None


def refusal_of_judgement(
    judgement: str, *, asked: date | None, visit_at: datetime | None, today: date, now: datetime
) -> Reason | None:
    """Why a push cannot be kept like this: a day or time that is missing, past or far off."""
    if judgement == "need_later" and asked is None:
        return Reason("lead_later_needs_a_day")
    if judgement == "visit" and visit_at is None:
        return Reason("lead_visit_needs_a_time")
    if visit_at is not None and visit_at <= now:
        return Reason("time_is_past", {"day": today.isoformat()})
    if asked is not None and asked < today:
        return Reason("date_before_today", {"day": asked.isoformat()})
    if judgement == "need_later" and asked == today:
        return Reason("lead_later_is_today")
    if asked is not None and (asked - today).days > MOST_AHEAD:
        return Reason("lead_day_too_far", {"day": asked.isoformat()})
    return None


def next_push(
    judgement: str,
    *,
    asked: date | None,
    visit_on: date | None,
    missed_in_row: int,
    today: date,
    now: datetime,
    playbook: Variant,
    calendar: WorkingCalendar,
) -> Next:
    """What follows from a push. `asked` is the day a person named; `now` local time.

    Who was not reached is tried again as the playbook tries its new customers; who needs it later comes back on the
    named day; a visit stands on its own day.
    """
    if judgement in ENDING:
        return Next(None, None)
    if judgement == "visit" and visit_on is not None:
        return Next(visit_on, Reason("lead_visit_agreed", {"day": visit_on.isoformat()}))
    if asked is not None:
        return Next(asked, Reason(f"lead_named_{judgement}", {"day": asked.isoformat()}))
    if judgement == "need_now":
        return Next(today, Reason("lead_needs_now"))
    if judgement == "unreachable":
        retry = playbook_rules.after_miss(
            playbook, playbook.entry_class, missed_in_row=missed_in_row, kp_known=True, today=today, at=now.time(),
            calendar=calendar,
        )  # fmt: skip
        return Next(retry.planned_on, Reason("lead_missed", {"missed": missed_in_row}))
    again = calendar.add(today, DAYS_UNTIL_AGAIN)
    return Next(again, Reason("lead_again", {"days": DAYS_UNTIL_AGAIN}))


def misses_that_suffice(playbook: Variant) -> int:
    """After how many attempts in a row that reached nobody a lead may be given up: C11's standard for whom one does not
    get to, where the playbook has it; else its last step of trying again."""
    standard = next((each for each in playbook.give_up.standards if each.code == "kp_not_reached"), None)
    return standard.times if standard else len(playbook.retry.steps)


def may_give_up(playbook: Variant, *, missed_in_row: int) -> bool:
    return missed_in_row >= misses_that_suffice(playbook)


def refusal_to_push(
    *, person: int, may_write: bool, everything: bool, units: frozenset[int], owner: int | None, unit: int
) -> str | None:
    """Why this person may not work this lead, as a code: its owner does, and who leads its unit; out of a queue it is
    accepted first."""
    if not may_write:
        return "role_only_reads"
    if owner is None:
        return "lead_accept_first"
    if owner == person or everything or unit in units:
        return None
    return "lead_belongs_to_another"
