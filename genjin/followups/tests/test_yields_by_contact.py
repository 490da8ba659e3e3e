"""Yield by contact number: who bought at the n-th contact, of those who got that far."""

import pytest

from genjin.followups.rules import contacts_in_all, yields_by_contact, yields_to

COUNTS = {1: (50, 10), 2: (30, 3), 4: (15, 3), 9: (5, 0), 0: (7, 0)}


@pytest.mark.parametrize(
    ("contact", "clients", "won", "reached", "share"),
    [(1, 50, 10, 100, 0.1), (2, 30, 3, 50, 0.06), (3, 0, 0, 20, 0), (4, 15, 3, 20, 0.15), (5, 0, 0, 5, 0)],
)
def test_each_contact_is_held_against_those_who_got_that_far(contact, clients, won, reached, share):
    found = yields_by_contact(COUNTS)[contact - 1]
    assert (found.contact, found.clients, found.won, found.reached, found.share) == (
        contact, clients, won, reached, share,
    )  # fmt: skip


def test_nobody_got_that_far():
    assert yields_by_contact({}, contacts=2)[1].share is None


def test_the_last_row_stands_for_that_many_and_more():
    assert yields_to(COUNTS, last=3) == [(1, 50, 10), (2, 30, 3), (3, 20, 3)]


def test_contacts_in_all_count_every_attempt():
    assert contacts_in_all(COUNTS) == 50 + 60 + 60 + 45
