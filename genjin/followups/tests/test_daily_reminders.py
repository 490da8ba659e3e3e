"""Everybody is told once a day what slipped, with counts and the first few, and nothing when there is nothing."""

from datetime import date, timedelta

import pytest

from genjin.core.reasons import Refused
from genjin.followups.escalation.digests import forget_digests, make_digests, read_digest
from genjin.followups.escalation.models import Digest
from genjin.followups.escalation.shown import shown_digests
from genjin.followups.tests.recycling import LONG_AGO, run_night, switch_on
from genjin.organization.models import Role, Unit
from genjin.web.wording import word

pytestmark = pytest.mark.django_db


@pytest.fixture
def slipped(customer_of, lin, zhou, qian, liang):
    """Lin has four overdue for 2, 3, 6 and 12 working days of a six-day week; zhou one for a day."""
    for number, due in enumerate((date(2026, 11, 21), date(2026, 11, 20), date(2026, 11, 17), date(2026, 11, 10))):
        customer_of(lin, name=f"逾期{number}", due_on=due, planned_on=None)
    customer_of(zhou, due_on=date(2026, 11, 23), planned_on=None)


def said_to(person):
    digest = Digest.objects.get(person=person)
    return {line["code"]: line for line in digest.lines}


def test_the_seller_is_told_how_many_and_the_first_three(slipped, lin, at):
    make_digests(at=at)
    lines = said_to(lin)
    assert lines["digest_overdue"]["figures"] == {"count": 4, "longest": 12}
    assert len(lines["digest_overdue"]["first"]) == 3
    assert lines["digest_may_change_hands"]["figures"] == {"count": 2, "days": 5}


def test_the_lead_hears_of_the_team_and_who_leads_above_of_the_last_rung(slipped, lin, liang, qian, at):
    make_digests(at=at)
    lead, region = said_to(liang), said_to(qian)
    assert lead["digest_lead"]["figures"] == {"count": 3, "people": 1, "days": 3, "named": [["林小满", 3]]}
    assert lead["digest_reassign"]["figures"]["count"] == 2
    assert "digest_region" not in lead
    assert region["digest_region"]["figures"]["named"] == [["华东一组 林小满", 1]]
    assert "digest_lead" not in region


def test_who_has_nothing_to_hear_is_not_disturbed(slipped, fang, at):
    made = make_digests(at=at)
    assert fang.pk not in {digest.person_id for digest in made}
    assert Digest.objects.get(person=fang).lines == []
    assert not Digest.objects.speaking().filter(person=fang).exists()


def test_run_again_nobody_is_told_twice(slipped, lin, at):
    first = make_digests(at=at)
    again = make_digests(at=at + timedelta(minutes=5))
    assert first
    assert again == []
    assert Digest.objects.filter(person=lin).count() == 1


def test_broken_off_half_way_the_rest_is_made_by_the_next_run(slipped, lin, zhou, at, monkeypatch):
    from genjin.followups.escalation import digests

    written = digests._written

    def breaks(person, *args, **kwargs):
        if person == zhou:
            raise KeyboardInterrupt
        return written(person, *args, **kwargs)

    monkeypatch.setattr(digests, "_written", breaks)
    with pytest.raises(KeyboardInterrupt):
        make_digests(at=at)
    monkeypatch.setattr(digests, "_written", written)
    make_digests(at=at)
    assert Digest.objects.filter(person=lin).count() == Digest.objects.filter(person=zhou).count() == 1


def test_nobody_is_told_before_the_shift_or_on_a_day_off(slipped, lin, zhou, at):
    assert make_digests(at=at.replace(hour=8, minute=29)) == []
    assert make_digests(at=at.replace(day=22)) == []
    assert make_digests(at=at.replace(hour=19)) == []
    assert not Digest.objects.exists()
    # Saturday is worked by the team of six days, and is none of the manager's.
    make_digests(at=at.replace(day=28))
    assert set(Digest.objects.values_list("person", flat=True)) == {lin.pk, zhou.pk}


def test_a_unit_that_begins_later_is_told_later(slipped, lin, liang, at):
    Unit.objects.filter(pk=lin.unit_id).update(shift_from="13:30", shift_to="21:00")
    make_digests(at=at)
    assert not Digest.objects.filter(person=lin).exists()
    make_digests(at=at.replace(hour=13, minute=30))
    assert said_to(lin)["digest_overdue"]


def test_who_left_and_who_only_reads_is_told_nothing(slipped, han, zhou, at):
    zhou.role = Role.READER
    zhou.save()
    make_digests(at=at)
    assert not Digest.objects.filter(person__in=[han, zhou]).exists()


def test_read_by_oneself_only(slipped, lin, zhou, at):
    make_digests(at=at)
    digest = Digest.objects.get(person=lin)
    with pytest.raises(Refused):
        read_digest(digest, by=zhou, at=at)
    assert Digest.objects.unread().filter(person=lin).exists()
    read_digest(digest, by=lin, at=at)
    assert not Digest.objects.unread().filter(person=lin).exists()


def test_old_ones_are_forgotten(slipped, lin, at):
    make_digests(at=at)
    assert forget_digests(at=at + timedelta(days=60)) == 0
    assert forget_digests(at=at + timedelta(days=91)) > 0
    assert not Digest.objects.exists()


def test_every_line_is_a_sentence(slipped, lin, liang, qian, at):
    make_digests(at=at)
    for digest in Digest.objects.speaking():
        for line in digest.lines:
            assert "%" not in word({"code": line["code"], **line["figures"]})


def test_the_lead_hears_in_the_morning_whom_the_night_took(customer_of, lin, zhou, liang, fang, qian, at):
    switch_on(by=qian, at=at)
    for person in (lin, lin, zhou):
        customer_of(person, "4", owned_since=LONG_AGO, last_effective_on=date(2026, 8, 3))
    assert run_night(at) == 3
    make_digests(at=at + timedelta(days=1))
    line = said_to(liang)["digest_recycled"]
    assert line["figures"] == {"count": 3, "people": 2, "named": [["林小满", 2], ["周雨桐", 1]]}
    said = word({"code": "digest_recycled", **line["figures"]})
    assert "3" in said
    assert "林小满" in said
    assert "digest_recycled" in said_to(qian)
    assert "digest_recycled" not in said_to(lin)
    assert "digest_recycled" not in said_to(fang)
    [shown] = shown_digests([Digest.objects.get(person=liang)], liang)
    assert "/recycling/" in {each.reason.code: each.address for each in shown.lines}["digest_recycled"]
