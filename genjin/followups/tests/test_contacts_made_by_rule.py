"""What contacts out of a file do to a customer, by tables: figures, when the cycle counts anew, which are the same."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.followups.contacts_made.rules import Contact, Figures, counts_anew, figures_after, key_of

MARCH, JUNE = date(2026, 3, 2), date(2026, 6, 1)
NOTHING = Figures(0, 0, 0, None, None, "")


def contact(on: date, *, effective: bool = True, gist: str = "谈过") -> Contact:
    return Contact(datetime(on.year, on.month, on.day, 2, tzinfo=UTC), on, effective, gist)


@pytest.mark.parametrize(
    ("why", "last", "known", "anew"),
    [
        ({"code": "due_after_imported", "since": "2026-11-24"}, MARCH, None, True),
        ({"code": "due_first_contact_imported", "since": "2026-11-24"}, MARCH, None, True),
        ({"code": "due_after_effective", "since": "2026-03-02"}, JUNE, MARCH, True),
        ({"code": "due_after_effective", "since": "2026-06-01"}, MARCH, JUNE, False),
        ({"code": "due_after_effective", "since": "2026-06-01"}, JUNE, JUNE, False),
        ({"code": "due_after_class_move", "since": "2026-03-02"}, JUNE, None, True),
        ({"code": "due_after_class_move", "since": "2026-06-01"}, MARCH, None, False),
        ({"code": "due_after_assigned", "since": "2026-06-01"}, MARCH, None, False),
        ({"code": "due_first_contact", "since": "2026-06-01"}, MARCH, None, False),
        ({"code": "due_by_person", "by": "梁静"}, JUNE, MARCH, False),
        ({}, JUNE, None, False),
        ({"code": "due_after_imported", "since": "2026-11-24"}, None, None, False),
    ],
    ids=[
        "imported without a contact", "new and imported", "later than the last", "older than the last", "the same day",
        "after a class move", "before a class move", "before it was taken on", "before a new one was taken on",
        "a person's date stays", "no date", "no effective contact",
    ],
)  # fmt: skip
def test_whether_the_cycle_counts_anew(why, last, known, anew):
    assert counts_anew(why, last, known=known) is anew


def test_figures_add_up_and_the_newest_is_shown():
    told = [contact(JUNE, effective=False, gist="没接"), contact(MARCH)]
    after = figures_after(Figures(3, 1, 2, date(2026, 1, 5), None, ""), told, last_here=None)
    assert after == Figures(5, 2, 0, MARCH, told[0].at, "没接")


def test_an_older_contact_shows_no_note_and_ends_no_row_of_misses():
    here = datetime(2026, 6, 1, tzinfo=UTC)
    after = figures_after(Figures(3, 0, 3, None, here, "没接"), [contact(MARCH)], last_here=here)
    assert after == Figures(4, 1, 3, MARCH, here, "没接")


DAYS = st.dates(date(2024, 1, 1), date(2026, 11, 20))


@given(st.lists(st.tuples(DAYS, st.booleans()), max_size=12, unique_by=lambda one: one[0]), st.randoms(), st.data())
def test_in_whatever_order_and_pieces_they_come_the_figures_are_the_same(told, chance, data):
    contacts = [contact(on, effective=effective, gist=str(on)) for on, effective in told]
    whole = figures_after(NOTHING, contacts, last_here=None)
    chance.shuffle(contacts)
    cut = data.draw(st.integers(0, len(contacts)))
    pieces = figures_after(figures_after(NOTHING, contacts[:cut], last_here=None), contacts[cut:], last_here=None)
    assert pieces == whole


def test_the_same_contact_has_one_key_however_it_is_written():
    at = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
    same = {"customer": 7, "at": at, "author": None, "author_words": "王强", "text": "要 样册"}
    assert key_of(**same) == key_of(**{**same, "text": "要  样册\n"})
    for other in ({"customer": 8}, {"author": 3}, {"author_words": "李燕"}, {"text": "要报价"}):
        assert key_of(**{**same, **other}) != key_of(**same)
