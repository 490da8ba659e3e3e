"""Days in every spelling; 03/04/2026 is never guessed."""

from datetime import date

import pytest

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import CellWrong
from genjin.customers.importing.days import DayColumn, day_of


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-08", "2026/10/8", "2026.10.08", "2026年10月8日", "２０２６－１０－０８", "20261008",
        "2026-10-08T01:30:00.000Z", "2026-10-08 09:30", "8 Oct 2026", "08-Oct-2026", "Oct 8, 2026",
        "October 8th, 2026", "Thu, 8 Oct 2026 09:30",
    ],
)  # fmt: skip
def test_a_day_of_one_meaning_is_read(text):
    assert day_of(text) == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-02-30", "date_impossible"), ("46303", "date_is_serial"), ("1931-01-01", "date_too_far"),
        ("下周二", "date_unreadable"), ("26/10/08", "date_unreadable"), ("8 Okt 2026", "date_unreadable"),
        ("", "date_unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_day_says_why(text, code):
    found = day_of(text)
    assert isinstance(found, Reason)
    assert found.code == code


def read(column: DayColumn, *texts: str) -> list[date | str]:
    found: list[date | str] = []
    for row, text in enumerate(texts, start=2):
        try:
            found.append(column.read(text, row) or "")
        except CellWrong as wrong:
            found.append(wrong.reason.code)
    return found


def test_two_meanings_are_asked():
    column = DayColumn("planned_on")
    assert read(column, "03/04/2026", "03/04/2026", "5.6.2026") == ["date_ambiguous"] * 3
    assert (column.seen.unclear, column.seen.unclear_row, column.seen.settles) == (3, 2, "")


def test_the_same_figure_twice_has_one_meaning():
    assert read(DayColumn("planned_on"), "05/05/2026") == [date(2026, 5, 5)]


@pytest.mark.parametrize(("text", "order"), [("25/12/2026", "dmy"), ("12/25/2026", "mdy")])
def test_one_value_settles_the_column(text, order):
    column = DayColumn("planned_on")
    assert read(column, "03/04/2026", text) == ["date_ambiguous", date(2026, 12, 25)]
    assert (column.seen.settles, column.seen.first_row, column.seen.first_text) == (order, 3, text)


def test_values_that_contradict_each_other_settle_nothing():
    column = DayColumn("planned_on")
    read(column, "03/04/2026", "25/12/2026", "12/25/2026")
    assert column.seen.settles == ""


def test_nothing_is_settled_where_nothing_is_unclear():
    column = DayColumn("planned_on")
    assert read(column, "25/12/2026", "2026-01-02") == [date(2026, 12, 25), date(2026, 1, 2)]
    assert column.seen.settles == ""


def test_an_order_that_was_said_holds_and_a_day_against_it_is_wrong():
    assert read(DayColumn("planned_on", "dmy"), "03/04/2026", "12/25/2026") == [date(2026, 4, 3), "date_impossible"]
    assert read(DayColumn("planned_on", "mdy"), "03/04/2026") == [date(2026, 3, 4)]
