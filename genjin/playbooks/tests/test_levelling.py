"""Days that are too full: the less urgent move to a later day of their cycle, and who finds none is named."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from genjin.core.calendar.rules import Week, WorkingCalendar
from genjin.playbooks.rules import Standing, level
from genjin.playbooks.schema import shipped

TELESALES = shipped()["telesales"].resolved()
TODAY = date(2026, 11, 24)  # a Tuesday
SIX_DAYS = WorkingCalendar(Week.SIX)


def day(nth):
    return TODAY + timedelta(days=nth)


def slots(*numbers):
    return {day(nth): number for nth, number in enumerate(numbers)}


def standing(customer, planned, due, code="4", **more):
    return Standing(customer, code, day(planned), day(due), **more)


def days_of(levelled):
    return {customer: (on - TODAY).days for customer, on in levelled.days.items()}


def test_nobody_moves_while_there_are_slots():
    levelled = level(TELESALES, [standing(1, 0, 3), standing(2, 0, 3)], slots(2, 2), today=TODAY)
    assert days_of(levelled) == {1: 0, 2: 0}
    assert levelled.moves == ()
    assert levelled.no_day == ()


def test_the_less_urgent_moves_to_the_next_day_with_a_slot():
    everybody = [standing(1, 0, 5), standing(2, 0, 3), standing(3, 0, 4), standing(4, 1, 1)]
    levelled = level(TELESALES, everybody, slots(2, 1, 2, 2, 2, 2), today=TODAY)
    assert days_of(levelled) == {2: 0, 3: 0, 1: 2, 4: 1}
    (move,) = levelled.moves
    assert move.reason.code == "levelled_full"
    assert move.reason.figures == {
        "was": "2026-11-24", "day": "2026-11-26", "asked": 3, "slots": 2, "due_on": "2026-11-29",
    }  # fmt: skip


def test_a_key_customer_stays_and_a_normal_one_moves():
    everybody = [standing(1, 0, 2), standing(2, 0, 4, code="4k")]
    assert days_of(level(TELESALES, everybody, slots(1, 1, 1), today=TODAY)) == {2: 0, 1: 1}


def test_a_key_customer_moves_where_staying_would_take_anothers_only_day():
    everybody = [standing(1, 0, 0), standing(2, 0, 4, code="4k")]
    assert days_of(level(TELESALES, everybody, slots(1, 1, 1), today=TODAY)) == {1: 0, 2: 1}


def test_what_was_booked_never_moves_and_takes_its_slot():
    everybody = [standing(1, 0, 4, is_booked=True), standing(2, 0, 4, is_booked=True), standing(3, 0, 4)]
    assert days_of(level(TELESALES, everybody, slots(1, 1, 1), today=TODAY)) == {1: 0, 2: 0, 3: 1}


def test_what_is_overdue_comes_before_all_that_is_not_booked():
    everybody = [standing(1, 0, 0, code="4k"), standing(2, -1, -1)]
    levelled = level(TELESALES, everybody, slots(1, 1), today=TODAY)
    assert days_of(levelled) == {2: 0}
    (left,) = levelled.no_day
    assert left.standing.customer == 1
    assert left.reason.code == "no_day_is_free"
    assert left.reason.figures == {"from": "2026-11-24", "to": "2026-11-24", "slots": 1, "taken": 1, "more": 1}


def test_more_overdue_than_slots_go_on_to_the_next_days_the_longest_first():
    everybody = [standing(1, -3, -3), standing(2, -9, -9), standing(3, 1, -1)]
    assert days_of(level(TELESALES, everybody, slots(1, 1, 1), today=TODAY)) == {2: 0, 1: 1, 3: 2}


def test_a_day_of_leave_has_no_slots_and_the_reason_says_so():
    levelled = level(TELESALES, [standing(1, 0, 2)], slots(0, 1), today=TODAY)
    assert days_of(levelled) == {1: 1}
    assert levelled.moves[0].reason.code == "levelled_not_worked"


def test_who_is_planned_after_the_last_day_looked_at_stays():
    assert days_of(level(TELESALES, [standing(1, 30, 40)], slots(1, 1), today=TODAY)) == {1: 30}


def test_a_six_day_week_uses_its_saturday():
    days = {on: 1 for on in (day(nth) for nth in range(7)) if SIX_DAYS.is_working(on)}
    everybody = [standing(nth, 3, 5) for nth in range(3)]
    assert days_of(level(TELESALES, everybody, days, today=TODAY)) == {0: 3, 1: 4}  # Friday, Saturday; Sunday is none
    days[day(6)] = 1
    assert len(level(TELESALES, everybody, days, today=TODAY).no_day) == 1


CODES = [cls.code for cls in TELESALES.classes if not cls.is_queue]


@st.composite
def floors(draw):
    """A floor of up to thirty customers over five days."""
    room = draw(st.lists(st.integers(0, 6), min_size=5, max_size=5))
    customers = []
    for nth in range(draw(st.integers(0, 30))):
        planned = draw(st.integers(-2, 4))
        due = draw(st.integers(min(planned, 0), 4)) if draw(st.booleans()) else draw(st.integers(max(planned, 0), 6))
        code, booked = draw(st.sampled_from(CODES)), draw(st.integers(0, 5)) == 0
        customers.append(standing(nth, planned, due, code=code, is_booked=booked))
    return customers, slots(*room)


@settings(deadline=None)
@given(floors())
def test_on_any_floor_everybody_has_one_right_day_or_is_named(floor):
    everybody, room = floor
    levelled = level(TELESALES, everybody, room, today=TODAY)
    named = [left.standing.customer for left in levelled.no_day]
    assert sorted([*levelled.days, *named]) == sorted(each.customer for each in everybody)
    by_key = {each.customer: each for each in everybody}
    for customer, on in levelled.days.items():
        each = by_key[customer]
        stood = max(each.planned_on, TODAY)
        if each.is_booked:
            assert on == stood
        else:
            assert on >= stood
            assert on in room
            assert each.due_on < TODAY or on <= each.due_on
    free = Counter(on for customer, on in levelled.days.items() if not by_key[customer].is_booked)
    booked = Counter(on for customer, on in levelled.days.items() if by_key[customer].is_booked)
    for on, number in free.items():
        assert number <= max(room[on] - booked[on], 0)


@settings(deadline=None)
@given(floors(), st.randoms(use_true_random=False))
def test_the_order_in_which_rows_are_read_changes_nothing(floor, chance):
    everybody, room = floor
    shuffled = list(everybody)
    chance.shuffle(shuffled)
    assert level(TELESALES, shuffled, room, today=TODAY) == level(TELESALES, everybody, room, today=TODAY)


@settings(deadline=None)
@given(floors())
def test_a_second_run_moves_nobody(floor):
    everybody, room = floor
    first = level(TELESALES, everybody, room, today=TODAY)
    placed = [
        Standing(
            each.customer, each.class_code, first.days.get(each.customer, each.planned_on), each.due_on, each.is_booked
        )
        for each in everybody
        if each.customer in first.days
    ]
    assert level(TELESALES, placed, room, today=TODAY).moves == ()


@settings(deadline=None)
@given(floors())
def test_the_figures_of_every_reason_can_be_counted_again(floor):
    everybody, room = floor
    levelled = level(TELESALES, everybody, room, today=TODAY)
    stood = Counter(max(each.planned_on, TODAY).isoformat() for each in everybody)
    for move in levelled.moves:
        figures = move.reason.figures
        assert figures["asked"] == stood[figures["was"]]
        assert figures["slots"] == room.get(date.fromisoformat(figures["was"]), 0)
        assert (figures["slots"] == 0) == (move.reason.code == "levelled_not_worked")
        assert figures["due_on"] == move.standing.due_on.isoformat()
    for left in levelled.no_day:
        if left.reason.code == "no_day_is_free":
            first, last = (date.fromisoformat(left.reason.figures[end]) for end in ("from", "to"))
            assert left.reason.figures["slots"] == sum(room[on] for on in room if first <= on <= last)
            assert left.reason.figures["taken"] >= left.reason.figures["slots"]
