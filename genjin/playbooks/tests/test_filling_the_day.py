"""The day's blocks take their own classes, then the next ones; who finds no place is counted."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.playbooks.rules import Candidate, Done, fill_day, scaled_targets
from genjin.playbooks.schema import shipped

TELESALES = shipped()["telesales"].resolved()
GENERAL = shipped()["general"].resolved()
TODAY = date(2026, 11, 24)


def customers(code, number, *, first=1, due_on=TODAY, **more):
    return [Candidate(customer=first + n, class_code=code, due_on=due_on, **more) for n in range(number)]


def plan(candidates, done=(), *, playbook=TELESALES, slots=40):
    return fill_day(playbook, candidates, done, today=TODAY, slots=slots, calendar=WorkingCalendar())


def placed(day):
    return {block.block.code: [entry.customer for entry in block.entries] for block in day.blocks}


def sizes(day):
    return {code: len(found) for code, found in placed(day).items()}


def test_a_full_day_of_telesales():
    everybody = (
        customers("0", 100, first=1)
        + customers("3", 20, first=200)
        + customers("4", 30, first=300)
        + customers("1", 1, first=400)
        + customers("2", 1, first=401)
        + customers("5", 9, first=500)
    )
    day = plan(everybody)
    assert sizes(day) == {
        "new_morning": 6,
        "pressing": 2,
        "three_four": 9,
        "new_afternoon": 8,
        "three": 7,
        "four": 8,
        "rest": 0,
    }
    assert day.left_over_by_class == {"0": 86, "3": 4, "4": 22, "5": 9}


def test_the_two_slots_left_over_go_to_the_longest_overdue_of_6_5_7_and_9():
    everybody = customers("0", 20) + customers("3", 20, first=200) + customers("4", 30, first=300)
    others = [
        Candidate(901, "5", TODAY),
        Candidate(902, "6", TODAY - timedelta(3)),
        Candidate(903, "9", TODAY - timedelta(9)),
    ]
    assert placed(plan(everybody + others))["rest"] == [903, 902]


def test_all_of_classes_1_and_2_that_are_due_come_first_and_the_last_block_gives_way():
    everybody = customers("0", 20) + customers("3", 20, first=200) + customers("4", 30, first=300)
    day = plan(everybody + customers("2", 6, first=400))
    assert (sizes(day)["pressing"], sizes(day)["four"], sizes(day)["rest"]) == (6, 4, 0)
    assert sum(block.target for block in day.blocks) == 40


def test_key_before_normal_and_then_the_longest_overdue():
    day = plan(
        [
            Candidate(1, "4", TODAY - timedelta(30)),
            Candidate(2, "4k", TODAY),
            Candidate(3, "4k", TODAY - timedelta(1)),
            Candidate(4, "4", TODAY - timedelta(2)),
        ]
    )
    assert placed(day)["three_four"] == [3, 2, 1, 4]


def test_an_appointment_stands_at_its_time_before_everybody_else_whatever_its_class():
    day = plan(
        [
            *customers("3k", 3, first=10),
            Candidate(1, "5", TODAY + timedelta(9), appointment_at=time(15, 30)),
            Candidate(2, "2", TODAY, appointment_at=time(15, 0)),
        ]
    )
    assert placed(day)["three"][:2] == [2, 1]
    assert placed(day)["pressing"] == []


def test_an_appointment_over_noon_stands_at_the_head_of_the_next_block():
    day = plan([Candidate(1, "3", TODAY, appointment_at=time(12, 30))])
    assert placed(day)["new_afternoon"] == [1]


def test_what_a_block_lacks_the_next_class_fills():
    day = plan(customers("4", 40))
    assert sizes(day) == {
        "new_morning": 6,
        "pressing": 0,
        "three_four": 9,
        "new_afternoon": 8,
        "three": 7,
        "four": 8,
        "rest": 2,
    }


def test_a_new_team_with_nothing_but_new_customers_gets_a_whole_day():
    day = plan(customers("0", 100))
    assert (sizes(day)["new_morning"], sizes(day)["new_afternoon"], sizes(day)["rest"]) == (6, 8, 26)
    assert day.left_over_by_class == {"0": 60}


def test_a_second_try_stands_in_a_later_block():
    day = plan([Candidate(1, "3k", TODAY, tried_at=time(11, 24)), Candidate(2, "2", TODAY, tried_at=time(10, 20))])
    assert (placed(day)["three"], placed(day)["three_four"], placed(day)["pressing"]) == ([1], [2], [])
    assert all(entry.is_second for entry in day.entries)


def test_what_is_done_counts_in_the_block_of_its_class_and_the_rest_of_the_day_stays():
    done = [Done(1, "0", time(8, 40), True), Done(2, "0", time(8, 50), False), Done(3, "7", time(9, 0), True)]
    day = plan(customers("0", 50, first=100) + customers("3", 30, first=200) + customers("4", 30, first=300), done)
    blocks = {block.block.code: block for block in day.blocks}
    assert (len(blocks["new_morning"].done), len(blocks["new_morning"].entries)) == (2, 4)
    assert len(blocks["rest"].done) == 1
    assert (day.done, day.effective, sum(block.target for block in day.blocks)) == (3, 2, 40)


def test_a_block_that_is_over_its_target_passes_what_is_done_to_the_next_of_its_class():
    done = [Done(n, "0", time(9, 0), True) for n in range(7)]
    blocks = {block.block.code: len(block.done) for block in plan([], done).blocks}
    assert (blocks["new_morning"], blocks["new_afternoon"]) == (6, 1)


@pytest.mark.parametrize(
    ("slots", "shares"),
    [
        (40, [6, None, 9, 8, 7, 8]),
        (20, [3, None, 5, 4, 3, 4]),
        (60, [9, None, 14, 12, 10, 12]),
        (1, [0, None, 1, 0, 0, 0]),
    ],
)
def test_a_persons_own_number_stretches_all_blocks_alike(slots, shares):
    assert list(scaled_targets(TELESALES, slots).values()) == shares


def test_general_has_one_block_of_twenty():
    day = plan(
        customers("A", 5) + customers("D", 30, first=50) + customers("E", 1, first=99), playbook=GENERAL, slots=20
    )
    assert sizes(day) == {"day": 20}
    assert placed(day)["day"][:5] == [1, 2, 3, 4, 5]
    assert day.left_over_by_class == {"D": 15, "E": 1}


@pytest.mark.parametrize(
    ("candidate", "codes"),
    [
        (Candidate(1, "3k", TODAY, since=date(2026, 11, 19)), ["today_cycle"]),
        (Candidate(1, "3k", TODAY, since=date(2026, 11, 17)), ["today_cycle_ends"]),
        (Candidate(1, "3k", date(2026, 11, 20), since=date(2026, 11, 13)), ["today_overdue", "today_cycle"]),
        (Candidate(1, "0", date(2026, 12, 1)), ["today_first_contact"]),
        (Candidate(1, "5", TODAY), ["today_due"]),
        (Candidate(1, "3", TODAY, appointment_at=time(15, 0)), ["today_appointment", "today_due"]),
        (Candidate(1, "3k", TODAY, tried_at=time(9, 0)), ["today_second_try", "today_due"]),
        (Candidate(1, "4", TODAY, planned_on=date(2026, 11, 23)), ["today_planned_before", "today_due"]),
        (
            Candidate(1, "4", TODAY, planned_on=TODAY, planned_why=Reason("retry_later", {})),
            ["retry_later", "today_due"],
        ),
    ],
)
def test_why_it_is_here(candidate, codes):
    [entry] = plan([candidate]).entries
    assert [reason.code for reason in entry.reasons] == codes


def test_overdue_is_said_in_working_days():
    [entry] = plan([Candidate(1, "3k", date(2026, 11, 20))]).entries
    assert entry.reasons[0].figures == {"due_on": "2026-11-20", "days": 2}


CODES = st.sampled_from([cls.code for cls in TELESALES.classes] + ["A"])
CLOCK = st.times(time(8, 0), time(19, 0))
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        customer=st.integers(1, 80),
        class_code=CODES,
        due_on=st.dates(date(2026, 11, 1), date(2026, 12, 20)),
        appointment_at=st.none() | CLOCK,
        tried_at=st.none() | CLOCK,
    ),
    max_size=60,
)
DONE = st.lists(
    st.builds(Done, customer=st.integers(100, 200), class_code=CODES, at=CLOCK, is_effective=st.booleans()), max_size=20
)


def must_stand(playbook, each):
    """Whom a day holds whatever else it holds."""
    second = each.tried_at is not None and each.class_code in playbook.key_classes
    return each.is_agreed or second or each.class_code in playbook.pressing_classes


@settings(deadline=None, max_examples=150)
@given(candidates=CANDIDATES, done=DONE, slots=st.integers(1, 60), which=st.sampled_from([TELESALES, GENERAL]))
def test_nobody_is_lost_nobody_stands_twice_and_no_block_takes_too_many(candidates, done, slots, which):
    day = plan(candidates, done, playbook=which, slots=slots)
    stand = [entry.customer for entry in day.entries] + [each.customer for each in day.left_over]
    assert sorted(stand) == sorted({each.customer for each in candidates})
    assert day.done == len(done)
    assert (
        plan(
            list(reversed(list({each.customer: each for each in candidates}.values()))),
            done,
            playbook=which,
            slots=slots,
        )
        == day
    )
    chosen = 0
    for block in day.blocks:
        free = [entry for entry in block.entries if not must_stand(which, entry.candidate)]
        chosen += len(free)
        if block.block.code != "rest" and free:
            assert len(block.entries) + len(block.done) <= block.standard
        assert all(entry.reasons for entry in block.entries)
    must = len(day.entries) - chosen
    assert chosen <= max(slots - len(done) - must, 0)
