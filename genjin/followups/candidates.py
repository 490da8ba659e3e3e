"""Who belongs to a day, as the rules that fill it are told: appointed, promised something, tried or spoken with."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from genjin.core.reasons import Reason
from genjin.followups.waiting import NO_DAY, Promising, Waiting
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice

CYCLE_ANCHORS = ("due_after_effective", "due_after_class_move")


def pressing(
    promised: list[Promising], last: dict[int, dict[str, Any]], times: Counter[int], practice: Practice
) -> dict[int, Promising]:
    """Of each customer the first promise that asks for a contact today. Spoken with since it was made, a customer
    waits for its ticking off only; a key one gets a second slot, for that is a question left open, but no third."""
    keys = practice.playbook.key_classes
    found: dict[int, Promising] = {}
    for each in promised:
        touch = last.get(each.customer)
        answered = touch is not None and touch["is_effective"] and each.made_at < touch["at"]
        if not answered or (touch and touch["class_after"] in keys and times[each.customer] == 1):
            found.setdefault(each.customer, each)
    return found


def candidate(
    waiting: Waiting, on: date, last: dict[int, dict[str, Any]], pressing: dict[int, Promising]
) -> rules.Candidate:
    appointed = timezone.localtime(waiting.appointment_at) if waiting.appointment_at else None
    touch, promise = last.get(waiting.customer), pressing.get(waiting.customer)
    return rules.Candidate(
        customer=waiting.customer,
        class_code=waiting.class_code,
        due_on=waiting.due_on,
        planned_on=waiting.planned_on,
        appointment_at=appointed.time() if appointed and appointed.date() == on else None,
        tried_at=timezone.localtime(touch["at"]).time() if touch else None,
        gives_way=NO_DAY in waiting.planned_why,
        promised=_promise_of_day(promise, on) if promise else None,
        spoken=bool(touch and touch["is_effective"]),
        asked=waiting.asked,
        asked_at=waiting.asked_at,
    )


def _promise_of_day(promise: Promising, on: date) -> rules.Promised:
    by = timezone.localtime(promise.by_when)
    return rules.Promised(promise.what, by.date(), by.time() if by.date() == on else None)


def with_whys(each: rules.Candidate, waiting: Waiting) -> rules.Candidate:
    """The candidate with why it was planned, and the day its cycle counts from."""
    due_why = json.loads(waiting.due_why)
    counts = due_why.get("code") in CYCLE_ANCHORS
    since = date.fromisoformat(due_why["since"]) if counts else waiting.last_effective_on
    return replace(each, planned_why=Reason.from_json(json.loads(waiting.planned_why)), since=since)
