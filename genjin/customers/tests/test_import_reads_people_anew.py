"""While a long file runs somebody leaves and a playbook changes: it is read anew now and then, not with every batch."""

import pytest

from genjin.customers.importing import directory
from genjin.customers.importing.directory import Directory
from genjin.customers.importing.standing import Standings
from genjin.organization.models import Person, Unit

pytestmark = pytest.mark.django_db


def test_people_are_read_anew_after_a_while(liang, lin, today, monkeypatch):
    read = Directory(liang)
    Person.objects.filter(pk=lin.pk).update(is_active=False, left_on=today)
    read.refresh_when_old()
    assert read.people[lin.pk].refusal == ""
    monkeypatch.setattr(directory, "OLD_AFTER", -1)
    read.refresh_when_old()
    assert read.people[lin.pk].refusal == "named_owner_has_left"


def test_what_has_not_changed_stays_itself_so_that_its_dates_stay_reckoned(liang, lin):
    read = Directory(liang)
    before = read.practice(lin.unit_id)
    read.refresh()
    assert read.practice(lin.unit_id) is before


def test_dates_follow_a_week_that_has_changed(liang, lin, today):
    read, standings = Directory(liang), Standings(today)
    seen = set()
    for week in ("five", "seven", "five"):
        Unit.objects.filter(pk=lin.unit_id).update(week=week)
        read.units = {unit.pk: unit for unit in Unit.objects.all()}
        read.refresh()
        practice = read.practice(lin.unit_id)
        cls = practice.playbook.class_of("5")
        due = standings.of(practice, cls, last_effective_on=today, planned_on=None).due_on
        assert due == Standings(today).of(practice, cls, last_effective_on=today, planned_on=None).due_on
        seen.add(due)
    assert len(seen) == 2
