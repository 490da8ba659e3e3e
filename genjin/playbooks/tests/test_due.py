"""The due date is the last day of the cycle, in the unit's working days, with its reason."""

from datetime import date

import pytest

from genjin.core.calendar.rules import Week, WorkingCalendar
from genjin.core.reasons import Refused
from genjin.playbooks.rules import due, due_by_person
from genjin.playbooks.schema import shipped

TELESALES = shipped()["telesales"].resolved()
GENERAL = shipped()["general"].resolved()
FIVE = WorkingCalendar()
SIX = WorkingCalendar(week=Week.SIX)
NATIONAL_DAY = WorkingCalendar(
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    makeup_days=frozenset({date(2026, 9, 27), date(2026, 10, 10)}),
)
THURSDAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("playbook", "code", "kind", "calendar", "anchor", "first_on", "due_on", "reason"),
    [
        (TELESALES, "3k", "effective", FIVE, THURSDAY, date(2026, 11, 23), date(2026, 11, 26), "due_after_effective"),
        (TELESALES, "3k", "effective", SIX, THURSDAY, date(2026, 11, 21), date(2026, 11, 25), "due_after_effective"),
        (
            TELESALES,
            "1",
            "class_move",
            FIVE,
            date(2026, 11, 20),
            date(2026, 11, 23),
            date(2026, 11, 23),
            "due_after_class_move",
        ),
        (
            TELESALES,
            "2",
            "effective",
            NATIONAL_DAY,
            date(2026, 9, 30),
            date(2026, 10, 8),
            date(2026, 10, 10),
            "due_after_effective",
        ),
        (TELESALES, "0", "assigned", FIVE, THURSDAY, THURSDAY, date(2026, 12, 1), "due_first_contact"),
        (
            TELESALES,
            "0",
            "imported",
            FIVE,
            date(2026, 11, 21),
            date(2026, 11, 23),
            date(2026, 12, 2),
            "due_first_contact_imported",
        ),
        (TELESALES, "4", "assigned", FIVE, THURSDAY, date(2026, 12, 1), date(2026, 12, 9), "due_after_assigned"),
        (TELESALES, "5", "imported", FIVE, THURSDAY, date(2026, 12, 17), date(2026, 12, 21), "due_after_imported"),
        (GENERAL, "C", "assigned", FIVE, THURSDAY, THURSDAY, date(2026, 11, 26), "due_first_contact"),
        (GENERAL, "C", "effective", FIVE, THURSDAY, date(2026, 12, 17), date(2026, 12, 21), "due_after_effective"),
    ],
)
def test_due(playbook, code, kind, calendar, anchor, first_on, due_on, reason):
    found = due(playbook.class_of(code), anchor=anchor, anchor_kind=kind, calendar=calendar)
    assert (found.first_on, found.due_on, found.reason.code) == (first_on, due_on, reason)
    assert found.reason.figures["since"] == anchor.isoformat()
    assert found.reason.figures["class_code"] == code


def test_a_person_may_move_it_within_the_cycle_without_a_reason():
    cls = TELESALES.class_of("3k")
    found = due_by_person(cls, date(2026, 11, 25), "", today=THURSDAY, cycle_ends_on=date(2026, 11, 26), by="林")
    assert (found.due_on, found.reason.figures["past_cycle"]) == (date(2026, 11, 25), False)


def test_past_the_cycle_a_person_needs_a_reason():
    cls = TELESALES.class_of("3k")
    with pytest.raises(Refused) as refused:
        due_by_person(cls, date(2026, 12, 10), "  ", today=THURSDAY, cycle_ends_on=date(2026, 11, 26), by="林")
    assert refused.value.reason.code == "reason_needed_past_cycle"


def test_past_the_cycle_with_a_reason_is_marked():
    cls = TELESALES.class_of("3k")
    found = due_by_person(
        cls, date(2026, 12, 10), "老板出国", today=THURSDAY, cycle_ends_on=date(2026, 11, 26), by="林"
    )
    assert (found.due_on, found.reason.figures["past_cycle"], found.reason.figures["text"]) == (
        date(2026, 12, 10),
        True,
        "老板出国",
    )


def test_a_day_that_has_passed_is_refused():
    with pytest.raises(Refused) as refused:
        due_by_person(TELESALES.class_of("4"), date(2026, 11, 18), "x", today=THURSDAY, cycle_ends_on=THURSDAY, by="林")
    assert refused.value.reason.code == "date_before_today"
