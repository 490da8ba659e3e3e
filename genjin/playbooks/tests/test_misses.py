"""After a failed attempt comes a retry, after the third in a row a proposal."""

from datetime import date, time

import pytest

from genjin.core.calendar.rules import WorkingCalendar
from genjin.playbooks.rules import after_miss
from genjin.playbooks.schema import shipped

TELESALES = shipped()["telesales"].resolved()
FIVE = WorkingCalendar()
TUESDAY, WED, THU, FRI = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27)


def miss(code, missed, *, at=time(11, 24), kp_known=True, **more):
    cls = TELESALES.class_of(code)
    return after_miss(
        TELESALES, cls, missed_in_row=missed, kp_known=kp_known, today=TUESDAY, at=at, calendar=FIVE, **more
    )


@pytest.mark.parametrize(
    ("code", "missed", "at", "planned_on", "block"),
    [
        ("3k", 1, time(11, 24), TUESDAY, "three"),
        ("4k", 1, time(11, 24), TUESDAY, "four"),
        ("2", 1, time(10, 30), TUESDAY, "three_four"),
        ("0k", 1, time(9, 0), TUESDAY, "new_afternoon"),
        ("3k", 1, time(15, 10), TUESDAY, "four"),
        ("3k", 1, time(17, 0), WED, None),
        ("3", 1, time(11, 24), WED, None),
        ("3k", 2, time(11, 24), THU, None),
        ("3", 2, time(11, 24), THU, None),
        ("3", 7, time(11, 24), THU, None),
    ],
)
def test_when_it_is_tried_again(code, missed, at, planned_on, block):
    found = miss(code, missed, at=at)
    assert (found.planned_on, found.block.code if found.block else None) == (planned_on, block)
    assert found.same_day_again is (block is not None)


@pytest.mark.parametrize(
    ("code", "missed", "kp_known", "proposal"),
    [
        ("0", 2, False, None),
        ("0", 3, False, ("class_move", "5")),
        ("0k", 3, False, ("class_move", "5")),
        ("0", 3, True, ("give_up", None)),
        ("5", 3, False, ("give_up", None)),
        ("4", 3, True, ("give_up", None)),
        ("4k", 3, True, ("tell_lead", None)),
        ("1", 3, True, ("tell_lead", None)),
        ("3k", 4, True, ("tell_lead", None)),
        ("7", 3, True, ("tell_lead", None)),
    ],
)
def test_what_is_proposed(code, missed, kp_known, proposal):
    found = miss(code, missed, kp_known=kp_known).proposal
    assert ((found.kind, found.class_code) if found else None) == proposal


def test_a_full_day_gives_way_to_the_next_free_one():
    found = miss("3", 2, load={THU: 40}, slots=40)
    assert (found.planned_on, found.reason.code) == (FRI, "retry_later_full")
