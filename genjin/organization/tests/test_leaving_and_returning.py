from datetime import date

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.organization.events import HandOver, PersonLeft
from genjin.organization.models import Person, Role, SignInLink
from genjin.organization.services import (
    deactivate_person,
    make_sign_in_link,
    reactivate_person,
    use_sign_in_link,
)

TO_POOL = HandOver(kind="pool")


def leave(person, *, by, at, today, hand_over=TO_POOL):
    return deactivate_person(person, hand_over=hand_over, by=by, at=at, today=today)


def test_who_leaves_is_told_with_where_everything_goes(liang, lin, zhou, at, today, heard):
    leave(lin, by=liang, at=at, today=today, hand_over=HandOver(kind="successor", successor=zhou))
    lin.refresh_from_db()
    assert (lin.is_active, lin.left_on) == (False, today)
    (event,) = heard
    assert isinstance(event, PersonLeft)
    assert (event.person, event.hand_over.receivers, event.today) == (lin, (zhou,), today)
    entry = Entry.objects.about("person", lin.pk).get()
    assert entry.verb == "left"
    assert entry.changes["receivers"] == [None, [zhou.pk]]


def test_a_pool_not_named_is_that_of_the_leavers_unit(liang, lin, east_one, at, today, heard):
    leave(lin, by=liang, at=at, today=today)
    assert heard[0].hand_over.unit == east_one


def test_sharing_out_names_each_colleague_once(liang, lin, zhou, at, today, heard):
    leave(lin, by=liang, at=at, today=today, hand_over=HandOver(kind="share_out", people=(zhou, liang, zhou)))
    assert heard[0].hand_over.people == (zhou, liang)


def test_every_way_in_ends(client_of, liang, lin, at, today, heard):
    browser, elsewhere = client_of(lin), client_of(liang)
    secret = make_sign_in_link(lin, by=liang, at=at)
    leave(lin, by=liang, at=at, today=today)
    assert browser.session.get("_auth_user_id") is None
    assert elsewhere.session.get("_auth_user_id") == str(liang.pk)
    with pytest.raises(Refused, match="link_expired"):
        use_sign_in_link(secret, password="a new way in 2026", at=at)
    lin.refresh_from_db()
    assert not lin.has_usable_password()


@pytest.mark.parametrize("hand_over", [HandOver(kind="successor"), HandOver(kind="share_out")])
def test_handing_over_to_nobody_is_refused(liang, lin, at, today, heard, hand_over):
    with pytest.raises(Refused, match="hand_over_to_nobody"):
        leave(lin, by=liang, at=at, today=today, hand_over=hand_over)
    unchanged(lin, heard)


def test_handing_over_to_somebody_who_left_is_refused(liang, lin, han, at, today, heard):
    with pytest.raises(Refused, match="receiver_has_left"):
        leave(lin, by=liang, at=at, today=today, hand_over=HandOver(kind="successor", successor=han))
    unchanged(lin, heard)


def test_handing_over_to_somebody_who_only_reads_is_refused(liang, lin, zhou, at, today, heard):
    Person.objects.filter(pk=zhou.pk).update(role=Role.READER)
    with pytest.raises(Refused, match="receiver_only_reads"):
        leave(lin, by=liang, at=at, today=today, hand_over=HandOver(kind="share_out", people=(liang, zhou)))
    unchanged(lin, heard)


def test_handing_over_to_oneself_who_leaves_is_refused(liang, lin, at, today, heard):
    with pytest.raises(Refused, match="receiver_is_the_leaver"):
        leave(lin, by=liang, at=at, today=today, hand_over=HandOver(kind="successor", successor=lin))
    unchanged(lin, heard)


def test_a_manager_hands_over_within_their_units_only(liang, lin, fang, south, at, today, heard):
    with pytest.raises(Refused, match="receiver_outside_your_units"):
        leave(lin, by=liang, at=at, today=today, hand_over=HandOver(kind="successor", successor=fang))
    with pytest.raises(NotPermitted, match="unit_outside_yours"):
        leave(lin, by=liang, at=at, today=today, hand_over=HandOver(kind="pool", unit=south))
    unchanged(lin, heard)


def test_a_manager_of_another_region_sends_nobody_away(fang, lin, at, today, heard):
    with pytest.raises(NotPermitted, match="person_outside_your_units"):
        leave(lin, by=fang, at=at, today=today)
    unchanged(lin, heard)


def test_a_seller_sends_nobody_away(zhou, lin, at, today, heard):
    with pytest.raises(NotPermitted, match="role_lacks_permission"):
        leave(lin, by=zhou, at=at, today=today)
    unchanged(lin, heard)


def test_nobody_deactivates_themselves(qian, at, today, heard):
    with pytest.raises(Refused, match="not_yourself"):
        leave(qian, by=qian, at=at, today=today)
    unchanged(qian, heard)


def test_when_a_reaction_fails_nothing_has_happened(liang, lin, at, today, monkeypatch):
    def fail(event):
        raise Refused("over_limit")

    monkeypatch.setattr("genjin.organization.services.leaving.emit", fail)
    link = make_sign_in_link(lin, by=liang, at=at)
    with pytest.raises(Refused, match="over_limit"):
        leave(lin, by=liang, at=at, today=today)
    lin.refresh_from_db()
    assert lin.is_active
    assert use_sign_in_link(link, password="still good 2026", at=at) == lin


def test_who_returns_gets_a_new_way_in(liang, han, at, today):
    person, secret = reactivate_person(han, by=liang, at=at)
    person.refresh_from_db()
    assert (person.is_active, person.left_on, person.has_usable_password()) == (True, None, False)
    assert SignInLink.objects.filter(person=han).count() == 1
    use_sign_in_link(secret, password="back again 2026", at=at)
    assert Entry.objects.about("person", han.pk).last().changes == {"left_on": ["2026-10-30", None]}


def test_who_works_here_does_not_return(liang, lin, at):
    with pytest.raises(Refused, match="person_works_here"):
        reactivate_person(lin, by=liang, at=at)


def test_a_manager_of_another_region_brings_nobody_back(fang, han, at):
    with pytest.raises(NotPermitted, match="person_outside_your_units"):
        reactivate_person(han, by=fang, at=at)
    han.refresh_from_db()
    assert han.left_on == date(2026, 10, 30)


def unchanged(person, heard):
    person.refresh_from_db()
    assert person.is_active
    assert person.has_usable_password()
    assert heard == []
    assert not Entry.objects.about("person", person.pk).exists()
