"""Every reason that the rules give is one short sentence in both languages."""

import re
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.utils import translation

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.playbooks import rules
from genjin.playbooks.schema import shipped
from genjin.web import wording

TELESALES = shipped()["telesales"].resolved()
GENERAL = shipped()["general"].resolved()
FIVE = WorkingCalendar()
TODAY = date(2026, 11, 24)
CYCLE = {"playbook": "telesales", "class_code": "3k", "min": 2, "max": 5}
MISS = {"playbook": "telesales", "class_code": "0", "missed": 3, "days": 2, "day": "2026-11-26"}


@pytest.fixture(autouse=True)
def _on_that_tuesday(clock):
    """Sentences leave the year out when it is this one."""


def said(reason, language="zh-hans"):
    with translation.override(language):
        return wording.word(reason)


CHINESE = [
    ("due_after_effective", {**CYCLE, "since": "2026-11-19"}, "11-19 周四谈过；重3：每 2–5 个工作日一次。"),
    ("due_first_contact", {**CYCLE, "max": 8, "since": "2026-11-19"}, "11-19 周四接手，8 个工作日内首次联系。"),
    (
        "planned_first_day",
        {**CYCLE, "nth": 2, "day": "2026-11-26"},
        "重3：每 2–5 个工作日一次，第 2 天是周四，还有空。",
    ),
    (
        "date_full",
        {**CYCLE, "day": "2026-11-27", "load": 40, "slots": 40, "next_free_on": "2026-11-30"},
        "11-27 周五已满（40/40）。最近有空的是 11-30 周一。",
    ),
    ("today_overdue", {"due_on": "2026-11-20", "days": 2}, "最晚 11-20 周五联系，已过 2 个工作日。"),
    (
        "today_cycle",
        {**CYCLE, "nth": 3, "since": "2026-11-19"},
        "重3：每 2–5 个工作日一次，从 11-19 周四算，今天是第 3 个。",
    ),
    ("propose_class_move", {**MISS, "to": "5"}, "连续 3 次没打通，KP 未知：建议转 5 类，由你定。"),
    (
        "stock_limit",
        {"playbook": "telesales", "classes": ["4k", "4"], "held": 150, "adding": 1, "limit": 150, "room": 0, "over": 1},
        "重4、普4 已有 150 个，上限 150。先转走或放掉 1 个，才能再接 1 个。",
    ),
    (
        "due_by_person",
        {**CYCLE, "by": "林小满", "text": "老板出国", "past_cycle": True, "last": "2026-11-26"},
        "林小满定的，超出 重3 的周期（到 11-26 周四）：老板出国",
    ),
]
ENGLISH = [
    (
        "due_after_effective",
        {**CYCLE, "since": "2026-11-19"},
        "Key 3 every 2–5 working days, spoken with on 11-19 Thu.",
    ),
    ("today_overdue", {"due_on": "2026-11-23", "days": 1}, "Was to be contacted by 11-23 Mon, 1 working day late."),
    ("retry_later", MISS, "Not reached (3 in a row): again after 2 working days, 11-26 Thu."),
]


@pytest.mark.parametrize(("code", "figures", "sentence"), CHINESE)
def test_in_chinese(code, figures, sentence):
    assert said(Reason(code, figures)) == sentence


@pytest.mark.parametrize(("code", "figures", "sentence"), ENGLISH)
def test_in_english(code, figures, sentence):
    assert said(Reason(code, figures), "en") == sentence


def test_every_code_of_the_rules_has_a_sentence():
    folder = Path(rules.__file__).parent
    codes = set()
    for path in folder.glob("*.py"):
        codes |= set(re.findall(r'(?:Reason|planned|Refused)\(\s*"(\w+)"', path.read_text()))
    codes |= {f"due_after_{kind}" for kind in ("effective", "class_move", "assigned", "imported")}
    codes |= {
        "planned_first_free",
        "retry_later_full",
        "due_first_contact_imported",
        "date_not_worked",
        "today_cycle_ends",
    }
    assert len(codes) > 25
    assert codes <= wording.registered()


@pytest.mark.parametrize("playbook", [TELESALES, GENERAL], ids=lambda each: each.code)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_whatever_the_rules_say_of_any_class_can_be_worded(playbook, language):
    for cls in playbook.classes:
        reasons = [
            rules.due(cls, anchor=TODAY, anchor_kind=kind, calendar=FIVE).reason
            for kind in ("effective", "class_move", "assigned", "imported")
        ]
        for load in ({}, dict.fromkeys(FIVE_WEEKS, 9), dict.fromkeys(FIVE_WEEKS[:26], 9)):
            more = {"today": TODAY, "calendar": FIVE, "load": load, "slots": 9}
            reasons += [
                rules.next_contact(cls, anchor=TODAY, **more).reason,
                rules.next_contact(cls, anchor=date(2026, 5, 6), **more).reason,
                *rules.check_chosen_date(cls, date(2027, 2, 7), due_on=TODAY, **more).remarks,
                *rules.check_chosen_date(cls, date(2026, 11, 25), due_on=TODAY, **more).remarks,
            ]
            for missed in (1, 2, 3):
                retry = rules.after_miss(playbook, cls, missed_in_row=missed, kp_known=False, at=time(9, 0), **more)
                reasons += [retry.reason, *([retry.proposal.reason] if retry.proposal else [])]
        if cls.limit:
            reasons.append(rules.refusal_to_take_on(playbook, {cls.code: cls.limit - 1}, {cls.code: 5}))
        candidate = rules.Candidate(
            1, cls.code, date(2026, 11, 20), appointment_at=time(9), tried_at=time(8), since=TODAY
        )
        reasons += rules.why_today(playbook, candidate, today=TODAY, calendar=FIVE)
        for reason in reasons:
            sentence = said(reason, language)
            assert "%(" not in sentence
            assert "None" not in sentence
            assert 4 < len(sentence) < 190


FIVE_WEEKS = [date.fromordinal(TODAY.toordinal() + n) for n in range(120)]


@pytest.mark.parametrize(
    ("customers", "slots", "words"),
    [
        ([(0, 1), (0, 1)], [1, 1], "11-24 周二排了 2 个，只能打 1 个，挪到 11-25 周三，周期到 11-25 周三。"),
        ([(0, 0), (0, 0)], [1, 1], "11-24 周二能打 1 个，排在前面的就有 1 个，轮不到。"),
    ],
)
def test_a_levelled_day_in_words(customers, slots, words):
    standings = [
        rules.Standing(nth, "4", TODAY + timedelta(planned), TODAY + timedelta(due))
        for nth, (planned, due) in enumerate(customers)
    ]
    days = {TODAY + timedelta(nth): number for nth, number in enumerate(slots)}
    levelled = rules.level(TELESALES, standings, days, today=TODAY)
    (reason,) = [each.reason for each in (*levelled.moves, *levelled.no_day)]
    assert said(reason, "zh-hans") == words
