"""A unit adopts a playbook; units below it without their own follow."""

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.organization.services import change_unit
from genjin.playbooks import services
from genjin.playbooks.models import Adoption
from genjin.playbooks.services import adopt_playbook, inherit_playbook, playbook_for, playbooks_for


@pytest.fixture
def told(monkeypatch):
    """The keys of the units of which another playbook was told."""
    units = []
    monkeypatch.setattr(services, "emit", lambda event: units.extend(event.units))
    return units


def test_a_unit_adopts_a_playbook_and_it_is_on_record(east_one, south, qian, at, told):
    chosen = adopt_playbook(unit=south, playbook="telesales", size="large", rhythm="loops", by=qian, at=at)
    assert (playbook_for(south.pk), chosen.size, chosen.rhythm) == (chosen, "large", "loops")
    entry = Entry.objects.about("unit", south.pk).first()
    assert (entry.verb, entry.by, entry.changes["playbook"]) == ("playbook_adopted", qian, [None, "telesales"])
    assert told == [south.pk]


def test_units_below_without_their_own_follow_and_are_told(headquarters, east, east_one, south, qian, at, told):
    adopt_playbook(unit=headquarters, playbook="telesales", size="large", by=qian, at=at)
    found = playbooks_for([headquarters.pk, east.pk, east_one.pk, south.pk])
    assert [found[unit.pk].size for unit in (headquarters, east, east_one, south)] == [
        "large",
        "large",
        "standard",
        "large",
    ]
    assert told == [headquarters.pk, east.pk, south.pk]


def test_without_names_the_first_number_set_and_rhythm_are_taken(south, qian, at, told):
    adopt_playbook(unit=south, playbook="telesales", by=qian, at=at)
    assert Adoption.objects.get(unit=south).size == "standard"
    assert Adoption.objects.get(unit=south).rhythm == "table"


def test_adopting_what_one_has_changes_nothing(east_one, qian, at, told):
    adopt_playbook(unit=east_one, playbook="telesales", size="standard", rhythm="table", by=qian, at=at)
    assert not Entry.objects.exists()
    assert told == []


def test_a_unit_may_go_back_to_what_the_unit_above_has(east_one, qian, at, told):
    assert inherit_playbook(unit=east_one, by=qian, at=at).code == "general"
    assert playbook_for(east_one.pk).code == "general"
    assert told == [east_one.pk]


def test_the_topmost_unit_inherits_nothing(headquarters, qian, at):
    with pytest.raises(Refused, match="topmost_unit_inherits_nothing"):
        inherit_playbook(unit=headquarters, by=qian, at=at)
    assert Adoption.objects.filter(unit=headquarters).exists()


@pytest.mark.parametrize(
    "named",
    [{"playbook": "hotel"}, {"playbook": "telesales", "size": "huge"}, {"playbook": "telesales", "rhythm": "samba"}],
)
def test_what_does_not_exist_is_refused(south, qian, at, named):
    with pytest.raises(Refused, match="playbook_unknown"):
        adopt_playbook(unit=south, by=qian, at=at, **named)
    assert not Adoption.objects.filter(unit=south).exists()


def test_only_an_owner_adopts(east_one, liang, at):
    with pytest.raises(NotPermitted):
        adopt_playbook(unit=east_one, playbook="general", by=liang, at=at)
    assert playbook_for(east_one.pk).code == "telesales"


def test_a_unit_that_moves_is_told_what_it_inherits_now(east, east_one, south, qian, at, told):
    adopt_playbook(unit=south, playbook="telesales", by=qian, at=at)
    told.clear()
    change_unit(east, by=qian, at=at, parent=south)
    assert told == [east.pk]


def test_another_number_set_of_the_same_playbook_is_told_nobody(east_one, qian, at, told):
    adopt_playbook(unit=east_one, playbook="telesales", size="large", by=qian, at=at)
    assert told == []


def test_a_unit_with_a_playbook_of_its_own_keeps_it_wherever_it_moves(east_one, south, qian, at, told):
    change_unit(east_one, by=qian, at=at, parent=south)
    assert told == []


def test_an_empty_company_works_by_the_general_playbook(db):
    assert playbook_for(1).code == "general"


def test_many_units_cost_two_queries(headquarters, east, east_one, south, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(playbooks_for([headquarters.pk, east.pk, east_one.pk, south.pk])) == 4
