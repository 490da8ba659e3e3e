"""What a seller writes after an attempt: the answer as the note's chips, the class it asks for, what was agreed."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from genjin.customers.models import Customer
from genjin.followups.services.notes import Note
from genjin.playbooks.practice import Practice
from simulation.behaviour import Answer

# From which interest, as it seems to the seller, one belongs into a class (ours).
SEEMS = (("3k", 0.6), ("3", 0.4), ("4k", 0.22), ("4", 0.0))
# It is moved down only when it seems that much less than the class asks for: nobody moves it to and fro (ours).
SURELY = 0.12
PROMISED = "发同行案例"
TICKS = {
    "3k": ("benefits_told", "free_and_paid_told", "good_impression"),
    "2": ("no_objection", "contract_sent"),
    "1": ("contract_back",),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """One attempt with what is known around it."""

    customer: Customer
    answer: Answer
    practice: Practice
    at: datetime
    luck: Random

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)


def note_of(heard: Heard) -> Note:
    """The note of one attempt."""
    answer, luck = heard.answer, heard.luck
    key = UUID(int=luck.getrandbits(128))
    if not answer.with_key_person:
        return Note(
            key=key,
            miss_reason=answer.miss,
            interests=(answer.interest,) if answer.interest else (),
            objections=(answer.objection,) if answer.objection else (),
            attitude=answer.attitude,
            duration=answer.seconds,
        )
    said: dict[str, Any] = {}
    if answer.said == "paid":
        said["paid_amount"] = Decimal(luck.randrange(30, 121) * 100)
    elif answer.said != "never again":
        wanted = class_wanted(heard.customer.class_code, answer, luck)
        said = {"class_wanted": wanted, "ticked": TICKS.get(wanted, ()), **_next(heard, wanted)}
        if answer.said == "signed":
            said["pays_on"] = heard.practice.calendar.add(heard.today, luck.randint(1, 2))
        if answer.said == "" and luck.random() < 0.12:
            said |= _promise(heard)
    return Note(
        key=key,
        interests=(answer.interest,) if answer.interest else (),
        objections=(answer.objection,) if answer.objection else (),
        services=("front_page",),
        attitude=answer.attitude,
        duration=answer.seconds,
        remarks="谈到老板，" + ("愿意再谈" if answer.attitude == "willing" else "还在看"),
        **said,
    )


def class_wanted(code: str, answer: Answer, luck: Random) -> str:
    """By what was said, else by what it seems; "" stays where it is."""
    told = {"yes": "2", "signed": "1", "reneged": "6"}.get(answer.said)
    if told is not None or code in ("1", "2"):
        return told or ""
    seems = next(each for each, least in SEEMS if answer.seems >= least)
    if code in ("6", "7"):
        return seems if answer.seems >= 0.5 else ""
    if code in ("0", "0k") and 0.25 < answer.seems < 0.4 and luck.random() < 0.15:
        return "7"
    order = [each for each, _least in SEEMS]
    if code in order and order.index(seems) > order.index(code):
        least = dict(SEEMS)[code]
        return seems if answer.seems < least - SURELY else ""
    return "" if seems == code else seems


def _next(heard: Heard, wanted: str) -> dict[str, Any]:
    """An exact time where the customer asks for one; entering class 3 the next contact has to be clear."""
    answer, calendar = heard.answer, heard.practice.calendar
    if answer.asks_to_call is not None:
        day = calendar.add(heard.today, answer.asks_to_call)
        hour = heard.luck.choice((9, 10, 11, 14, 15, 16, 17))
        at = timezone.make_aware(datetime.combine(day, time(hour, 30)))
        return {"appointment_at": at, "appointment_purpose": "客户约的时间", "next_reason": "客户约的时间"}
    if wanted in ("3", "3k"):
        day = calendar.add(heard.today, heard.practice.playbook.class_of(wanted).min_days)
        return {"next_on": day, "next_reason": "说好再谈"}
    return {}


def _promise(heard: Heard) -> dict[str, Any]:
    day = heard.practice.calendar.add(heard.today, heard.luck.randint(1, 4))
    return {"promise_what": PROMISED, "promise_by_when": timezone.make_aware(datetime.combine(day, time(17)))}
