"""A note's score with its reasons, and copies told from what is merely short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.followups.note_reading.facts import Facts, facts, fingerprint, names_a_time, print_of
from genjin.insights.rules.note_quality import COPIED_AT, copied, verdict

SENTENCE = "认可首页位置，担心电话来了接不住，跟家里商量。"
ALL = {"remarks": SENTENCE, "interest": True, "objection": True, "services": True, "next_step": True}
GOOD = facts(**ALL)


def reasons(note: Facts, copies: int = 0) -> list[str]:
    return [reason.code for reason in verdict(note, copies=copies).reasons]


def test_a_note_with_everything_is_well_written():
    assert verdict(GOOD).score == 100
    assert reasons(GOOD) == ["note_well_written"]


@pytest.mark.parametrize(
    ("change", "score", "reason"),
    [
        ({"interest": False}, 80, "note_without_interest"),
        ({"objection": False}, 80, "note_without_objection"),
        ({"services": False}, 90, "note_without_services"),
        ({"next_step": False}, 70, "note_without_next_step"),
        ({"remarks": "客户说再考虑考虑吧"}, 90, "note_too_short"),
        ({"remarks": "再考虑"}, 80, "note_too_short"),
        ({"remarks": ""}, 80, "note_too_short"),
    ],
)
def test_each_thing_that_is_missing_is_named(change, score, reason):
    note = facts(**ALL | change)
    assert verdict(note).score == score
    assert reasons(note) == [reason]


def test_the_weightiest_fault_stands_first():
    nothing = facts("", interest=False, objection=False, services=False, next_step=False)
    assert verdict(nothing).score == 0
    assert reasons(nothing)[0] == "note_without_next_step"


def test_where_no_doubt_is_left_none_is_asked_for():
    note = facts(**ALL | {"objection": False, "asks_objection": False})
    assert verdict(note).score == 100


@pytest.mark.parametrize(
    "text", ["周四回来盖章", "明天上午盖", "下周再打", "15 号付款", "两点以后方便", "call on Monday"]
)
def test_words_that_name_a_time_are_a_next_step(text):
    assert names_a_time(text)


@pytest.mark.parametrize("text", ["没人接", "客户说再考虑", "太贵", "has doubts"])
def test_words_that_name_none_are_not(text):
    assert not names_a_time(text)


def test_a_copied_note_is_poor_whatever_it_has():
    assert verdict(GOOD, copies=COPIED_AT).score == 20
    assert reasons(GOOD, COPIED_AT)[0] == "note_copied"


def test_the_same_words_at_three_customers_are_copies_though_signs_and_figures_differ():
    notes = [
        (1, 10, "客户有兴趣，发了资料，等回复 15:00"),
        (1, 11, "客户有兴趣 发了资料 等回复"),
        (1, 12, "客户有兴趣，发了资料。等回复！"),
    ]
    assert list(copied((who, whom, fingerprint(text)) for who, whom, text in notes).values()) == [3]


@pytest.mark.parametrize(
    "notes",
    [
        [(1, customer, "没人接") for customer in range(40)],
        [(1, customer, "响到底没人接，下午再试。") for customer in range(40)],
        [(1, 10, SENTENCE)] * 9,
        [(1, 10, SENTENCE), (1, 11, SENTENCE)],
        [(author, author, SENTENCE) for author in range(9)],
    ],
    ids=["short", "short sentence", "one customer", "two customers", "different authors"],
)
def test_no_false_alarm(notes):
    assert copied((who, whom, fingerprint(text)) for who, whom, text in notes) == {}


@given(st.text())
def test_a_fingerprint_has_neither_blanks_nor_figures(text):
    key = fingerprint(text)
    assert not any(sign.isspace() or sign.isdecimal() for sign in key)
    assert not key or fingerprint(f" {text}，1。") == key


@given(st.builds(Facts, *[st.booleans()] * 4, st.integers(0, 15), st.booleans()))
def test_what_is_kept_of_a_note_is_what_it_had(had):
    assert Facts.of(had.number) == had
    assert 0 <= had.number < 2**15


@given(st.text(), st.text())
def test_equal_words_have_an_equal_print_and_others_another(one, other):
    assert (print_of(one) == print_of(other)) == (fingerprint(one) == fingerprint(other))
    assert (print_of(one) == 0) == (fingerprint(one) == "")
    assert 0 <= print_of(one) < 2**63
