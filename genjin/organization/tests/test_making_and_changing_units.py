from datetime import date, time

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.organization.events import UnitChanged, UnitMade
from genjin.organization.models import Unit
from genjin.organization.services import change_unit, make_unit


def test_a_new_unit_is_told_and_recorded(qian, east, at, heard):
    unit = make_unit(by=qian, at=at, name="华东二组", parent=east)
    assert heard == [UnitMade(unit=unit, by=qian, at=at)]
    entry = Entry.objects.about("unit", unit.pk).get()
    assert (entry.by, entry.at, entry.verb) == (qian, at, "made")
    assert entry.changes["name"] == [None, "华东二组"]


def test_a_new_unit_takes_its_parents_week_and_shift_unless_told_otherwise(qian, east_one, at, heard):
    unit = make_unit(by=qian, at=at, name="夜班", parent=east_one, shift_from=time(12), shift_to=time(21))
    unit.refresh_from_db()
    assert (unit.week, unit.shift_from, unit.shift_to) == ("six", time(12), time(21))


def test_a_manager_makes_units_below_their_own_and_nowhere_else(liang, east_one, south, at, heard):
    make_unit(by=liang, at=at, name="新组", parent=east_one)
    with pytest.raises(NotPermitted, match="unit_outside_yours"):
        make_unit(by=liang, at=at, name="新组", parent=south)
    assert not Unit.objects.filter(parent=south).exists()


def test_a_seller_makes_no_units(lin, east_one, at, heard):
    with pytest.raises(NotPermitted, match="role_lacks_permission"):
        make_unit(by=lin, at=at, name="小林组", parent=east_one)
    assert heard == []


def test_two_units_of_one_name_cannot_stand_in_one_place(qian, east, south, east_one, at, heard):
    with pytest.raises(Refused, match="unit_name_taken"):
        make_unit(by=qian, at=at, name=east_one.name, parent=east)
    make_unit(by=qian, at=at, name=east_one.name, parent=south)


def test_a_change_names_what_was_before(qian, east_one, at, heard):
    change_unit(east_one, by=qian, at=at, week="alternating", six_day_from=date(2026, 11, 23))
    (event,) = heard
    assert isinstance(event, UnitChanged)
    assert event.changes == {"week": ("six", "alternating"), "six_day_from": (None, date(2026, 11, 23))}
    entry = Entry.objects.about("unit", east_one.pk).get()
    assert entry.changes == {"week": ["six", "alternating"], "six_day_from": [None, "2026-11-23"]}


def test_changing_nothing_writes_nothing(qian, east_one, at, heard):
    change_unit(east_one, by=qian, at=at, name=east_one.name, parent=east_one.parent, shift_from=time(8, 30))
    assert heard == []
    assert not Entry.objects.exists()


def test_a_unit_never_comes_to_lie_below_itself(qian, east, east_one, at, heard):
    with pytest.raises(Refused, match="unit_below_itself"):
        change_unit(east, by=qian, at=at, parent=east_one)
    east.refresh_from_db()
    assert east.parent_id != east_one.pk


def test_a_manager_cannot_move_a_unit_into_another_region(liang, east_one, south, at, heard):
    with pytest.raises(NotPermitted, match="unit_outside_yours"):
        change_unit(east_one, by=liang, at=at, parent=south)
    east_one.refresh_from_db()
    assert east_one.parent_id != south.pk


def test_a_manager_cannot_change_another_region(liang, south, at, heard):
    with pytest.raises(NotPermitted, match="unit_outside_yours"):
        change_unit(south, by=liang, at=at, name="归我了")
    south.refresh_from_db()
    assert south.name == "华南大区"


def test_only_an_alternating_week_keeps_its_monday(qian, east_one, at, heard):
    change_unit(east_one, by=qian, at=at, week="alternating", six_day_from=date(2026, 11, 23))
    change_unit(east_one, by=qian, at=at, week="five")
    east_one.refresh_from_db()
    assert east_one.six_day_from is None
