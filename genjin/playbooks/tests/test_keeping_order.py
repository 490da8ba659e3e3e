"""Pool, recycling, ladder and proposed class moves: their figures, where they come from, and what is refused."""

import pytest

from genjin.playbooks.editions.canonical import as_plain, faults_of, from_plain
from genjin.playbooks.schema import PlaybookError, shipped
from genjin.playbooks.tests.changing import changed

TELESALES = shipped()["telesales"].resolved()
GENERAL = shipped()["general"].resolved()


@pytest.mark.parametrize("playbook", [TELESALES, GENERAL], ids=["telesales", "general"])
def test_the_ladder_is_that_of_the_issue(playbook):
    assert [(step.days, step.who) for step in playbook.ladder] == [
        (1, "seller"),
        (3, "lead"),
        (5, "reassign"),
        (10, "region"),
    ]


def test_nobody_goes_back_to_a_pool_before_recycling_is_switched_on():
    assert [TELESALES.recycle_rule_of(cls.code) for cls in TELESALES.classes] == [None] * len(TELESALES.classes)


def test_switched_on_only_what_may_be_given_up_goes_back():
    playbook = changed({"recycle.active": True}).resolved()
    found = {cls.code for cls in playbook.classes if playbook.recycle_rule_of(cls.code)}
    assert found == {"0k", "0", "4k", "4", "5"}
    assert playbook.recycle_rule_of("4").bounds == {"no_contact": 42}


@pytest.mark.parametrize(
    ("occasion", "code", "to"),
    [
        ("payment_promise_lapsed", "1", ("6",)),
        ("payment_promise_lapsed", "2", ("6",)),
        ("window_passed", "3k", ("3", "4")),
        ("window_passed", "3", ("4",)),
        ("low_willingness", "3", ("4",)),
    ],
)
def test_what_is_proposed_when(occasion, code, to):
    assert [each.to for each in TELESALES.proposals_on(occasion, code)] == [to]


def test_elsewhere_nothing_is_proposed():
    assert TELESALES.proposals_on("window_passed", "4") == ()
    assert GENERAL.proposals == ()


def test_a_file_without_these_parts_takes_the_defaults():
    raw = as_plain(shipped()["general"])
    for part in ("pool", "recycle", "ladder"):
        del raw[part]
    playbook = from_plain(raw)
    assert (playbook.pool.claims_a_day, playbook.recycle.active, len(playbook.ladder)) == (20, False, 4)
    assert playbook.recycle.rules == ()


@pytest.mark.parametrize(
    ("changes", "place", "what"),
    [
        ({"pool.views_a_day": 5}, "pool.views_a_day", "5 views a day are less than the 20 claims"),
        ({"recycle.rules.1.classes": ["4k", "5"]}, "recycle.rules[2].classes", "class 5 has two rules"),
        ({"recycle.rules.0.classes": ["9"]}, "recycle.rules[0].classes", "won customers never go back to the pool"),
        ({"recycle.rules.0": {"classes": ["0"]}}, "recycle.rules[0]", "say after how many working days"),
        (
            {"recycle.rules.1.no_contact": 14},
            "recycle.rules[1].no_contact",
            "14 working days are over before the cycle of 22 is",
        ),
        ({"recycle.rules.0.not_won": 3}, "recycle.rules[0].not_won", "the warning 3 days before would come before"),
        ({"ladder.2.days": 3}, "ladder[2].days", "3 days are not more than the 3 of the step before"),
        ({"ladder.2.who": "lead"}, "ladder[2].who", "lead stands twice"),
        ({"proposals.1.to": ["3k"]}, "proposals[1].to", "class 3k would be moved to itself"),
        ({"proposals.1.classes": ["4"]}, "proposals[1].classes", "class 4 has no close window"),
        ({"proposals.1.to": ["x"]}, "proposals[1].to[0]", "there is no class x"),
        ({"recycle.rules.0.classes": ["x"]}, "recycle.rules[0].classes[0]", "there is no class x"),
    ],
)
def test_a_fault_names_its_place(changes, place, what):
    found = {each.place: str(each.what) for each in faults_of(changed(changes))}
    assert what in found[place]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"ladder.0.days": 0}, "ladder[0].days"),
        ({"ladder.0.who": "nobody"}, "ladder[0].who"),
        ({"pool.claims_a_day": 0}, "pool.claims_a_day"),
        ({"pool.colour": "blue"}, "pool"),
        ({"proposals.0.when": "it_rains"}, "proposals[0].when"),
        ({"proposals.0.to": []}, "proposals[0].to"),
    ],
)
def test_a_wrong_value_names_its_place(changes, place):
    with pytest.raises(PlaybookError) as error:
        changed(changes)
    assert error.value.place == place
