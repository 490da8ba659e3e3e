"""Entering a class, what counts as effective, close windows, and classes of another playbook."""

from datetime import date

import pytest

from genjin.playbooks.rules import close_window, effective, map_class, may_enter, missing_conditions
from genjin.playbooks.schema import shipped

TELESALES = shipped()["telesales"].resolved()
GENERAL = shipped()["general"].resolved()
READY_FOR_3 = {"product_introduced", "kp_known", "interest_known", "objection_known", "next_contact_clear"}
READY_FOR_KEY_3 = READY_FOR_3 | {"benefits_told", "free_and_paid_told", "good_impression"}


@pytest.mark.parametrize(
    ("code", "facts", "missing"),
    [
        ("3", READY_FOR_3, []),
        ("3", READY_FOR_3 - {"kp_known", "objection_known"}, ["kp_known", "objection_known"]),
        ("3k", READY_FOR_KEY_3, []),
        ("3k", READY_FOR_3, ["benefits_told", "free_and_paid_told", "good_impression"]),
        ("2", {"kp_known"}, ["no_objection", "contract_sent"]),
        ("1", {"kp_known", "contract_back"}, []),
        ("1", {"kp_known", "lead_confirmed"}, []),
        ("1", {"kp_known"}, ["contract_back"]),
        ("4", set(), ["kp_known"]),
        ("5", set(), []),
        ("7", set(), []),
    ],
)
def test_what_is_missing_to_enter_a_class(code, facts, missing):
    cls = TELESALES.class_of(code)
    assert [condition.code for condition in missing_conditions(cls, facts)] == missing
    assert may_enter(cls, facts) is (not missing)


@pytest.mark.parametrize(
    ("noted", "expected"),
    [
        ({"reached": True, "interests": ["同行在做"]}, True),
        ({"reached": True, "objections": ["价格高"]}, True),
        ({"reached": True, "promise": True}, True),
        ({"reached": True, "appointment": True}, True),
        ({"reached": True}, False),
        ({"reached": False, "interests": ["同行在做"], "promise": True}, False),
    ],
)
def test_effective_means_spoken_with_and_something_learnt(noted, expected):
    assert effective(**noted) is expected


@pytest.mark.parametrize(
    ("code", "today", "expected"),
    [
        ("2", date(2026, 11, 20), (5, False)),
        ("2", date(2026, 11, 22), (3, False)),
        ("2", date(2026, 11, 23), (2, True)),
        ("2", date(2026, 11, 25), (0, True)),
        ("2", date(2026, 11, 27), (-2, True)),
        ("3k", date(2026, 11, 21), (9, False)),
        ("4", date(2026, 11, 21), None),
    ],
)
def test_the_close_window_counts_calendar_days_from_entry(code, today, expected):
    window = close_window(TELESALES.class_of(code), date(2026, 11, 20), today)
    assert ((window.days_left, window.warns) if window else None) == expected


@pytest.mark.parametrize(
    ("playbook", "source", "code", "becomes"),
    [
        (TELESALES, "general", "A", "3k"),
        (TELESALES, "general", "E", "0"),
        (TELESALES, "hotel", "VIP", "0"),
        (TELESALES, "telesales", "5", "5"),
        (TELESALES, "telesales", "8", "0"),
        (GENERAL, "telesales", "3", "B"),
        (GENERAL, "telesales", "9", "C"),
    ],
)
def test_classes_of_another_playbook(playbook, source, code, becomes):
    assert map_class(playbook, source, code).code == becomes


@pytest.mark.parametrize("playbook", [TELESALES, GENERAL], ids=lambda each: each.code)
def test_every_class_of_the_other_shipped_playbook_finds_a_place(playbook):
    for other in shipped().values():
        for entry in other.classes:
            assert map_class(playbook, other.code, entry.code) in playbook.classes
