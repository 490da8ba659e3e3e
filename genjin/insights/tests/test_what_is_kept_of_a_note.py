"""What a note has is kept as it is written; a note without it is judged by its words, to the same verdict."""

from datetime import timedelta

import pytest

from genjin.followups.models import Touch
from genjin.followups.services.corrections import correct_touch, undo_touch
from genjin.insights.note_quality import judged

pytestmark = pytest.mark.django_db

COPY = "客户很感兴趣，资料已经发过去了，等他回话"


@pytest.fixture
def verdicts(lin, today):
    return lambda: {note.touch: (note.verdict, note.copies) for note in judged([lin.pk], until=today)}


@pytest.fixture
def week(lin, customer_of, save, at):
    """Notes of every kind, some of them copies."""
    notes: list[dict] = [
        {"interests": ["peers"], "remarks": COPY},
        {"interests": ["peers"], "objections": ["price"], "remarks": COPY + "！"},
        {"interests": ["peers"], "services": ["front_page"], "remarks": COPY, "bring_next": ["success_cases"]},
        {"interests": ["peers"], "remarks": "说再考虑"},
        {"interests": ["peers"], "remarks": "", "promise_what": "发案例", "promise_by_when": at + timedelta(days=1)},
        {"interests": ["peers"], "remarks": "谈得好", "appointment_at": at + timedelta(days=2)},
        {"interests": ["peers"], "remarks": "周四下午带案例过去谈半年的投放"},
        {"miss_reason": "no_answer"},
    ]
    classes = ["4", "3", "2", "1", "4", "4", "5", "4"]
    return [
        save(lin, customer_of(lin, code), moment=at, **note).touch for code, note in zip(classes, notes, strict=True)
    ]


def test_without_what_was_kept_every_verdict_is_the_same(week, verdicts):
    kept = verdicts()
    assert len(kept) == 7
    Touch.objects.update(note_facts=None, note_print=None)
    assert verdicts() == kept


def test_some_kept_and_some_not_are_compared_with_each_other(week, verdicts):
    kept = verdicts()
    Touch.objects.filter(pk=week[0].pk).update(note_facts=None, note_print=None)
    assert verdicts() == kept
    assert kept[week[0].pk][1] == 3


def test_a_corrected_note_is_judged_by_what_it_says_now(week, lin, verdicts, at):
    correct_touch(
        touch=week[0],
        remarks="嫌远，周五上门看看再定",
        interests=[],
        objections=["price"],
        attitude="",
        pays_on=None,
        services=[],
        by=lin,
        at=at,
    )
    after = verdicts()
    assert after[week[0].pk][1] == 0
    assert [reason.code for reason in after[week[0].pk][0].reasons] == [
        "note_without_interest", "note_too_short", "note_without_services",
    ]  # fmt: skip
    Touch.objects.update(note_facts=None, note_print=None)
    assert verdicts() == after


def test_a_corrected_note_keeps_what_was_agreed_in_it(week, lin, verdicts, at):
    promised = week[4]
    correct_touch(
        touch=promised,
        remarks="好",
        interests=["peers"],
        objections=[],
        attitude="",
        pays_on=None,
        services=[],
        by=lin,
        at=at,
    )
    assert "note_without_next_step" not in [reason.code for reason in verdicts()[promised.pk][0].reasons]


def test_a_note_taken_back_is_judged_no_more(week, lin, verdicts, at):
    undo_touch(touch=week[0], by=lin, at=at)
    assert week[0].pk not in verdicts()
