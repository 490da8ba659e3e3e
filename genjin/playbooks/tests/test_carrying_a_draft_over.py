"""Two people change a playbook at once: what differs is brought together, what both changed is asked for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genjin.playbooks.editions.canonical import as_plain, from_plain
from genjin.playbooks.editions.merging import merged
from genjin.playbooks.schema import shipped
from genjin.playbooks.tests.changing import changed

BASE = as_plain(shipped()["telesales"])


def plain(changes):
    return as_plain(changed(changes))


def test_what_each_changed_elsewhere_is_there():
    mine = plain({"classes.3.cycle.max": 10, "chips.interests.0.zh": "客户圈子", "pool.claims_a_day": 5})
    theirs = plain({"classes.4.cycle.max": 16, "pool.lock_out_days": 3, "ladder.0.days": 2})
    found = merged(BASE, mine, theirs)
    assert found.clashes == []
    assert found.content == plain(
        {
            "classes.3.cycle.max": 10, "chips.interests.0.zh": "客户圈子", "pool.claims_a_day": 5,
            "classes.4.cycle.max": 16, "pool.lock_out_days": 3, "ladder.0.days": 2,
        }
    )  # fmt: skip


def test_what_both_changed_alike_is_no_question():
    both = plain({"daily_slots": 45})
    assert merged(BASE, both, both).clashes == []


def test_what_both_changed_is_asked_for_and_is_mine_until_then():
    mine, theirs = plain({"classes.3.cycle.max": 10}), plain({"classes.3.cycle.max": 12})
    [clash] = merged(BASE, mine, theirs).clashes
    before, wanted, other = ({"min": 5, "max": days} for days in (8, 10, 12))
    assert (clash.place, clash.before, clash.mine, clash.theirs) == ("classes[3].cycle", before, wanted, other)
    assert merged(BASE, mine, theirs).content == mine
    assert merged(BASE, mine, theirs, {clash.place: "mine"}).content == mine
    assert merged(BASE, mine, theirs, {clash.place: "theirs"}).content == theirs


def test_entries_that_came_and_went_are_matched_by_their_codes():
    chip = {"code": "own_1", "zh": "要开票", "en": "Wants an invoice"}
    other = {"code": "own_2", "zh": "要样品", "en": "Wants a sample"}
    words = BASE["chips"]["interests"]
    mine = plain({"chips.interests": [words[0], chip, *words[1:]]})
    theirs = plain({"chips.interests": [*words[:2], *words[3:], other]})
    found = merged(BASE, mine, theirs)
    assert found.clashes == []
    assert [each["code"] for each in found.content["chips"]["interests"]] == [
        words[0]["code"], "own_1", words[1]["code"], *(each["code"] for each in words[3:]), "own_2",
    ]  # fmt: skip


def test_what_one_took_out_and_the_other_changed_is_asked_for():
    words = BASE["chips"]["interests"]
    mine = plain({"chips.interests": words[1:]})
    theirs = plain({"chips.interests.0.zh": "客户圈子"})
    [clash] = merged(BASE, mine, theirs).clashes
    assert (clash.place, clash.mine) == (f"chips.interests[{words[0]['code']}]", None)
    assert merged(BASE, mine, theirs, {clash.place: "theirs"}).content == theirs


@pytest.mark.parametrize("mine_first", [True, False])
def test_a_list_without_codes_that_one_lengthened_is_asked_for_as_a_whole(mine_first):
    longer = plain({"ladder": [*BASE["ladder"][:2], {"days": 4, "who": "lead"}, *BASE["ladder"][2:]]})
    other = plain({"ladder.0.days": 2})
    found = merged(BASE, longer, other) if mine_first else merged(BASE, other, longer)
    assert [clash.place for clash in found.clashes] == ["ladder"]


# Other values than those of the shipped file.
PLACES = {
    "daily_slots": st.integers(41, 60),
    "classes.3.cycle.max": st.integers(9, 12),
    "classes.4.name.zh": st.sampled_from(["重 4", "四类"]),
    "classes.2.close_within": st.one_of(st.none(), st.integers(11, 30)),
    "pool.claims_a_day": st.integers(1, 19),
    "sizes.0.stock.3.limit": st.integers(151, 200),
    "chips.objections.1.zh": st.sampled_from(["怕是假的", "不信"]),
    "blocks.0.target": st.integers(1, 5),
    "ladder.3.days": st.integers(6, 9),
}
CHANGES = st.fixed_dictionaries({}, optional=PLACES)


@settings(deadline=None, max_examples=60)
@given(CHANGES, CHANGES)
def test_nothing_of_either_is_lost_and_the_parser_takes_it(mine, theirs):
    ours, others = plain(mine), plain(theirs)
    for side, wins in (("mine", mine), ("theirs", theirs)):
        clashes = merged(BASE, ours, others).clashes
        found = merged(BASE, ours, others, {clash.place: side for clash in clashes})
        assert as_plain(from_plain(found.content)) == found.content == plain({**theirs, **mine, **wins})
    assert merged(BASE, ours, BASE).content == ours
    assert merged(BASE, BASE, others).content == others
