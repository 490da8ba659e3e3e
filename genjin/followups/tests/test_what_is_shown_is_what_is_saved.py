"""The preview beside the form and the save come to the same result, and a picked day that is full gives way."""

from datetime import date, timedelta

import pytest

from genjin.customers.models import Customer
from genjin.followups.preview import preview_of
from genjin.playbooks.practice import practice_of

pytestmark = pytest.mark.django_db
NOTES = {
    "effective": {"effective": True},
    "missed": {"effective": False, "miss_reason": "no_answer"},
    "class further": {"effective": True, "class_wanted": "7"},
    "class asked in vain": {"effective": True, "class_wanted": "1"},
    "own day": {"effective": True, "next_on": date(2026, 11, 27)},
    "own day past the cycle": {"effective": True, "next_on": date(2027, 1, 8), "next_reason": "出国"},
    "third miss, pool": {"effective": False, "third_miss": "pool", "decision_reason": "没人"},
    "third miss, keep": {"effective": False, "third_miss": "keep", "decision_reason": "再打"},
}


CASES = [
    (kind, code) for kind in NOTES for code in ("0k", "0", "2", "3k", "4", "5") if "third" not in kind or code == "5"
]


@pytest.mark.parametrize(("kind", "code"), CASES)
def test_for_every_kind_of_note(customer_of, note, lin, at, save, code, kind):
    customer = customer_of(lin, code)
    if "third" in kind:
        for _ in range(2):
            save(lin, customer, effective=False)
        customer = Customer.objects.get(pk=customer.pk)
    shown = preview_of(customer, practice_of(lin.unit), note(**NOTES[kind]), by=lin, at=at).row
    saved = save(lin, customer, **NOTES[kind]).customer
    for field in ("planned_on", "due_on", "class_code", "owner_id", "pool_id", "missed_in_row"):
        assert getattr(shown, field) == getattr(saved, field), field
    assert shown.planned_why.get("code") == saved.planned_why.get("code")


def test_showing_writes_nothing(customer_of, note, lin, at):
    customer = customer_of(lin, "3k")
    preview_of(customer, practice_of(lin.unit), note(effective=True, class_wanted="7"), by=lin, at=at)
    fresh = Customer.objects.get()
    assert (fresh.version, fresh.class_code, fresh.attempts) == (customer.version, "3k", 0)
    assert customer.class_code == "3k"


@pytest.mark.parametrize(
    ("pick", "day"),
    [
        ("tomorrow", date(2026, 11, 25)),
        ("three", date(2026, 11, 27)),
        ("week", date(2026, 12, 1)),
        ("2026-11-28", date(2026, 11, 28)),
        ("2026-11-29", date(2026, 11, 30)),
        ("2020-01-01", date(2026, 11, 24)),
    ],
)
def test_one_key_changes_lead_to_working_days_not_before_today(customer_of, note, lin, at, pick, day):
    shown = preview_of(customer_of(lin, "4"), practice_of(lin.unit), note(effective=True), by=lin, at=at, pick=pick)
    assert shown.next_on == day


def test_a_picked_day_that_is_full_gives_way_and_says_from_where(customer_of, note, lin, at, today):
    lin.daily_slots = 1
    lin.save()
    customer_of(lin, "4", planned_on=today + timedelta(days=1))
    customer = Customer.objects.get(pk=customer_of(lin, "3k").pk)
    shown = preview_of(customer, practice_of(lin.unit), note(effective=True), by=lin, at=at, pick="tomorrow")
    assert (shown.moved_from, shown.next_on) == (today + timedelta(days=1), today + timedelta(days=2))


def test_a_day_past_the_cycle_is_known_to_need_a_reason(customer_of, note, lin, at, today):
    asked = note(effective=True, next_on=today + timedelta(days=60))
    assert preview_of(customer_of(lin, "3k"), practice_of(lin.unit), asked, by=lin, at=at).needs_reason


def test_the_load_of_the_next_five_working_days_is_counted(customer_of, note, lin, at, today):
    for days in (1, 1, 2):
        customer_of(lin, "4", planned_on=today + timedelta(days=days))
    shown = preview_of(customer_of(lin, "3k"), practice_of(lin.unit), note(effective=True), by=lin, at=at)
    assert [(each.day.isoformat(), each.planned) for each in shown.load] == [
        ("2026-11-25", 2), ("2026-11-26", 1), ("2026-11-27", 0), ("2026-11-28", 0), ("2026-11-30", 0),
    ]  # fmt: skip
