"""Somebody is away: said by themselves for coming days or by who leads them, never twice, seen by nobody else."""

from datetime import timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.organization.absences.reading import off_days, off_days_of
from genjin.organization.absences.services import add_absence, remove_absence
from genjin.organization.models import Absence

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def say(at, today):
    def said(by, person=None, first=0, last=None, **more):
        days = {"first": today + first * DAY, "last": None if last is None else today + last * DAY}
        return add_absence(person=person or by, by=by, at=at, today=today, **days, **more)

    return said


def test_a_seller_is_away_on_coming_days(say, lin, today):
    say(lin, first=1, last=2)
    say(lin, first=3, part="morning")
    whole, morning = frozenset({"morning", "afternoon"}), frozenset({"morning"})
    assert off_days(lin, first=today) == {today + DAY: whole, today + 2 * DAY: whole, today + 3 * DAY: morning}
    assert off_days(lin, first=today + 3 * DAY) == {today + 3 * DAY: morning}


def test_two_halves_make_a_day_and_each_is_said_once(say, lin, today):
    say(lin, part="morning")
    say(lin, part="afternoon")
    assert off_days(lin, first=today)[today] == {"morning", "afternoon"}
    with pytest.raises(Refused, match="absence_there_already"):
        say(lin, part="morning")


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (2, 1, "absence_runs_backwards"),
        (1, 93, "absence_too_long"),
        (-1, 1, "absence_of_past_days"),
        (4, 6, "absence_there_already"),
    ],
)
def test_refused_means_nothing_changed(say, lin, first, last, code):
    say(lin, first=5)
    with pytest.raises(Refused, match=code):
        say(lin, first=first, last=last)
    assert Absence.objects.count() == 1
    assert Entry.objects.filter(verb="absence.added").count() == 1


def test_a_manager_writes_down_past_days_but_not_long_past_ones(say, lin, liang):
    say(liang, lin, first=-3)
    with pytest.raises(Refused, match="absence_long_past"):
        say(liang, lin, first=-32)


def test_nobody_speaks_for_a_colleague_or_for_another_region(say, lin, zhou, fang):
    for stranger in (zhou, fang):
        with pytest.raises(NotPermitted):
            say(stranger, lin, first=1)
    assert Absence.objects.count() == 0


def test_taking_back_is_recorded_and_done_twice_changes_nothing(say, lin, at, today):
    absence = say(lin, first=1)
    remove_absence(absence, by=lin, at=at, today=today)
    remove_absence(Absence(pk=absence.pk or 1, person=lin, first=today, last=today), by=lin, at=at, today=today)
    assert off_days(lin, first=today) == {}
    assert [entry.verb for entry in Entry.objects.filter(kind="person").order_by("pk")] == [
        "absence.added",
        "absence.removed",
    ]


def test_what_has_begun_is_the_managers_to_take_back(say, lin, liang, at, today):
    absence = say(lin, first=0, last=3)
    with pytest.raises(Refused, match="absence_has_begun"):
        remove_absence(absence, by=lin, at=at + DAY, today=today + DAY)
    remove_absence(absence, by=liang, at=at + DAY, today=today + DAY)
    assert Absence.objects.count() == 0


def test_it_is_seen_by_oneself_and_who_leads_one(say, lin, zhou, liang, fang, qian):
    say(lin, first=1)
    seen = {who.name: Absence.objects.visible_to(who).count() for who in (lin, zhou, liang, fang, qian)}
    assert seen == {lin.name: 1, zhou.name: 0, liang.name: 1, fang.name: 0, qian.name: 1}


def test_several_people_are_asked_for_at_once(say, lin, zhou, today):
    say(lin, first=1)
    assert off_days_of([lin, zhou], first=today) == {lin.pk: {today + DAY: frozenset({"morning", "afternoon"})}}
