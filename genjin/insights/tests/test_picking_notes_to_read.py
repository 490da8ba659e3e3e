"""Which notes are picked: the same each time, mixed, each once."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from genjin.insights.rules.sampling import CLASS_THREE, LOT, LOWEST, OF_ONE, Candidate, sample

DAY = date(2026, 11, 24)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        touch=st.integers(1, 10_000),
        author=st.integers(1, 6),
        score=st.integers(0, 100),
        is_class_three=st.booleans(),
    ),
    max_size=60,
    unique_by=lambda note: note.touch,
)


@given(CANDIDATES, st.randoms(use_true_random=False))
def test_the_same_whatever_the_order_they_come_in(notes, random):
    mixed = list(notes)
    random.shuffle(mixed)
    assert sample(mixed, day=DAY) == sample(notes, day=DAY)


@given(CANDIDATES)
def test_each_note_once_and_not_too_many(notes):
    picked = [each.touch for each in sample(notes, day=DAY)]
    assert len(set(picked)) == len(picked) <= LOWEST + CLASS_THREE + LOT
    assert set(picked) <= {note.touch for note in notes}


@given(CANDIDATES)
def test_of_the_lowest_one_author_has_two_at_most(notes):
    authors = {note.touch: note.author for note in notes}
    lowest = [authors[each.touch] for each in sample(notes, day=DAY) if each.why == "lowest"]
    assert all(lowest.count(author) <= OF_ONE for author in lowest)


def test_the_lowest_come_first_then_class_three_then_the_lot():
    notes = [Candidate(n, n, 100 - n, n > 20) for n in range(1, 31)]
    picked = sample(notes, day=DAY)
    assert [each.touch for each in picked[:LOWEST]] == [30, 29, 28, 27]
    assert [each.why for each in picked] == ["lowest"] * LOWEST + ["class_three"] * CLASS_THREE + ["lot"] * LOT


def test_another_day_draws_another_lot():
    notes = [Candidate(n, n, 80, False) for n in range(1, 200)]
    lots = {
        tuple(each.touch for each in sample(notes, day=DAY + timedelta(days=n)) if each.why == "lot") for n in range(5)
    }
    assert len(lots) == 5
