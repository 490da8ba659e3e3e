"""Giving up by a standard (C11): how often, with whom, since when; and for which classes."""

from dataclasses import replace

import pytest

from genjin.playbooks.rules import Attempt, standard_met
from genjin.playbooks.schema import shipped
from genjin.playbooks.services import variant

MISS, KP, OTHER = "miss", "kp", "other"


@pytest.fixture
def telesales():
    return variant("telesales")


def attempts(*made):
    """Newest first: "miss", or with whom and in which mood ("kp considering")."""
    found = []
    for number, each in enumerate(made):
        with_whom, _space, attitude = each.partition(" ")
        found.append(Attempt(100 - number, with_whom != MISS, with_whom != OTHER, attitude))
    return found


@pytest.mark.parametrize(
    ("code", "kp_known", "made", "standard"),
    [
        ("4", True, [MISS] * 3, "kp_not_reached"),
        ("4", True, [MISS] * 2, None),
        ("4", True, [MISS, "other", MISS], "kp_not_reached"),
        ("4", True, [MISS, "kp considering", MISS], None),
        ("5", False, ["other", "other", MISS], "kp_not_reached"),
        ("0", True, [MISS] * 3, "kp_not_reached"),
        # Who has no KP yet goes on to class 5, where one is looked for.
        ("0", False, ["other", MISS, MISS], None),
        ("4", True, ["kp considering"] * 3, "kp_considering"),
        ("4", True, ["kp considering"] * 2, None),
        ("4", True, ["kp considering", "kp willing", "kp considering"], None),
        ("4", True, ["kp considering", MISS, "kp considering", "kp unconvinced"], "kp_considering"),
        ("4", True, ["kp considering", "kp", "kp considering"], None),
        ("4", True, ["kp unconvinced"] * 3, "kp_not_convinced"),
        ("4", True, ["kp lukewarm", "kp considering", "kp unconvinced"], "kp_not_convinced"),
        ("4", True, ["kp willing", "kp unconvinced", "kp unconvinced", "kp unconvinced"], None),
        ("5", False, ["other unconvinced", "other unconvinced"], "other_not_convinced"),
        ("5", False, ["other unconvinced", "kp", "other unconvinced"], None),
        ("5", False, ["other considering", "other considering"], None),
        # C11 is for those that are not on their way: never for 1 to 3 and 7, nor key 4.
        *((code, True, ["kp unconvinced"] * 5, None) for code in ("1", "2", "3k", "3", "4k", "6", "7", "9")),
    ],
)
def test_the_standards_as_the_playbook_has_them(telesales, code, kp_known, made, standard):
    met = standard_met(telesales, telesales.class_of(code), attempts(*made), kp_known=kp_known)
    assert (met.standard.code if met else None) == standard


def test_the_evidence_is_the_attempts_that_count_newest_first(telesales):
    made = attempts("kp considering", MISS, "kp considering", "kp unconvinced", "kp unconvinced")
    met = standard_met(telesales, telesales.class_of("4"), made, kp_known=True)
    assert met.attempts == (100, 98, 97)


def test_a_company_that_asks_for_more_gets_more(telesales):
    standards = tuple(replace_times(each) for each in telesales.give_up.standards)
    harder = replace(telesales, give_up=type(telesales.give_up)(classes=("4",), standards=standards))
    assert standard_met(harder, harder.class_of("4"), attempts(*["kp considering"] * 4), kp_known=True) is None
    assert standard_met(harder, harder.class_of("4"), attempts(*["kp considering"] * 5), kp_known=True) is not None


def replace_times(standard):
    return type(standard)(code=standard.code, times=5, words=standard.words)


def test_a_standard_that_only_a_person_judges_proposes_nothing():
    general = variant("general")
    assert shipped()["general"].give_up.standards
    for cls in general.classes:
        assert standard_met(general, cls, attempts(*[MISS] * 9), kp_known=True) is None
