"""What one customer is that was two."""

import pytest

from genjin.customers.merging.rules import merged_standing, taken_apart

STOOD = {
    "attempts": 0, "effective_contacts": 0, "last_effective_on": None, "last_touch_at": None, "moved_up_on": None,
    "won_on": None, "last_note": "", "missed_in_row": 0, "playbook": "telesales", "entered_classes": {},
    "conditions": [], "owner_id": 1, "closed_on": None, "due_on": "2026-11-30", "due_why": {"code": "cycle"},
    "planned_on": None, "planned_why": {}, "appointment_at": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "kept", "absorbed", "both"),
    [
        ("attempts", 3, 4, 7),
        ("last_effective_on", "2026-11-02", "2026-11-20", "2026-11-20"),
        ("last_effective_on", None, "2026-11-20", "2026-11-20"),
        ("won_on", "2026-11-02", "2026-10-20", "2026-10-20"),
        ("due_on", "2026-11-30", "2026-11-26", "2026-11-26"),  # the earlier: a merge makes nothing look fresher
        ("due_on", "2026-11-30", None, "2026-11-30"),
        ("planned_on", None, "2026-11-25", "2026-11-25"),
        ("appointment_at", "2026-11-25T03:00:00+00:00", None, "2026-11-25T03:00:00+00:00"),
        ("conditions", ["kp", "need"], ["need", "budget"], ["kp", "need", "budget"]),
        (
            "entered_classes",
            {"4": "2026-11-02", "3": "2026-11-09"},
            {"4": "2026-10-02", "2": "2026-11-12"},
            {"4": "2026-10-02", "3": "2026-11-09", "2": "2026-11-12"},
        ),
    ],
)
def test_where_both_stand_together(field, kept, absorbed, both):
    assert merged_standing(STOOD | {field: kept}, STOOD | {field: absorbed})[field] == both


def test_the_last_word_is_that_of_the_last_contact():
    later = STOOD | {"last_touch_at": "2026-11-20T03:00:00+00:00", "last_note": "想要报价", "missed_in_row": 0}
    earlier = STOOD | {"last_touch_at": "2026-11-02T03:00:00+00:00", "last_note": "没接", "missed_in_row": 2}
    for kept, absorbed in ((later, earlier), (earlier, later)):
        both = merged_standing(kept, absorbed)
        assert (both["last_note"], both["missed_in_row"]) == ("想要报价", 0)


def test_a_customer_in_a_pool_gets_no_days():
    both = merged_standing(STOOD | {"owner_id": None, "due_on": None}, STOOD)
    assert not {"due_on", "planned_on", "appointment_at"} & set(both)


def test_a_closed_customer_gets_no_days():
    both = merged_standing(STOOD | {"closed_on": "2026-11-24", "due_on": None}, STOOD)
    assert not {"due_on", "planned_on", "appointment_at"} & set(both)


def test_classes_of_another_playbook_are_not_taken_over():
    both = merged_standing(STOOD, STOOD | {"playbook": "general", "entered_classes": {"A": "2026-11-02"}})
    assert "entered_classes" not in both


def test_contacts_made_since_stay_with_the_kept_one():
    stood, absorbed = {"attempts": 3, "effective_contacts": 1}, {"attempts": 4, "effective_contacts": 2}
    left, now = {"attempts": 7, "effective_contacts": 3}, {"attempts": 9, "effective_contacts": 4}
    assert taken_apart(stood, left, now, absorbed) == {"attempts": 5, "effective_contacts": 2}
