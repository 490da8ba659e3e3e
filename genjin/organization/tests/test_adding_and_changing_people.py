import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.organization import holdings
from genjin.organization.events import PersonMoved
from genjin.organization.models import Person, Role, SignInLink
from genjin.organization.services import add_person, change_person

NEW = {"name": "许可", "sign_in": " XuKe ", "role": Role.SELLER}


def test_a_new_colleague_has_no_password_but_a_link(qian, east_one, at, today):
    person, secret = add_person(by=qian, at=at, today=today, unit=east_one, **NEW)
    person.refresh_from_db()
    assert person.sign_in == "xuke"
    assert not person.has_usable_password()
    assert person.joined_on == today
    link = SignInLink.objects.get(person=person)
    assert secret not in link.secret_hash
    assert [entry.verb for entry in Entry.objects.about("person", person.pk)] == ["sign_in_link_made", "added"]


def test_a_manager_adds_only_to_their_units(liang, east_one, south, at, today):
    add_person(by=liang, at=at, today=today, unit=east_one, **NEW)
    with pytest.raises(NotPermitted, match="unit_outside_yours"):
        add_person(by=liang, at=at, today=today, unit=south, **NEW | {"sign_in": "other"})
    assert not Person.objects.filter(sign_in="other").exists()


def test_a_manager_makes_no_owner(liang, east_one, at, today):
    with pytest.raises(NotPermitted, match="role_above_your_own"):
        add_person(by=liang, at=at, today=today, unit=east_one, **NEW | {"role": Role.OWNER})
    assert not Person.objects.filter(sign_in="xuke").exists()


def test_a_seller_adds_nobody(lin, east_one, at, today):
    with pytest.raises(NotPermitted, match="role_lacks_permission"):
        add_person(by=lin, at=at, today=today, unit=east_one, **NEW)


def test_a_sign_in_is_given_once_whatever_its_letters_look_like(qian, lin, east_one, at, today):
    with pytest.raises(Refused, match="sign_in_taken"):
        add_person(by=qian, at=at, today=today, unit=east_one, **NEW | {"sign_in": "ＬＩＮ"})
    assert Person.objects.filter(sign_in="lin").count() == 1


def test_moving_somebody_is_told_with_the_unit_before(qian, lin, east_one, south, at, today, heard):
    change_person(lin, by=qian, at=at, today=today, unit=south)
    (event,) = heard
    assert isinstance(event, PersonMoved)
    assert (event.person, event.unit_before, event.person.unit) == (lin, east_one, south)
    entry = Entry.objects.about("person", lin.pk).get()
    assert entry.changes == {"unit": [east_one.pk, south.pk]}


def test_changing_without_moving_is_not_told(qian, lin, at, today, heard):
    change_person(lin, by=qian, at=at, today=today, name="林小曼", daily_slots=30)
    lin.refresh_from_db()
    assert (lin.name, lin.daily_slots) == ("林小曼", 30)
    assert heard == []


def test_a_manager_changes_nobody_of_another_region(fang, lin, at, today):
    with pytest.raises(NotPermitted, match="person_outside_your_units"):
        change_person(lin, by=fang, at=at, today=today, name="?")
    lin.refresh_from_db()
    assert lin.name == "林小满"


def test_a_manager_moves_nobody_into_another_region(liang, lin, south, at, today, heard):
    with pytest.raises(NotPermitted, match="unit_outside_yours"):
        change_person(lin, by=liang, at=at, today=today, unit=south)
    lin.refresh_from_db()
    assert lin.unit_id != south.pk
    assert heard == []


def test_a_manager_does_not_touch_an_owner_of_their_unit(liang, qian, east_one, at, today):
    Person.objects.filter(pk=qian.pk).update(unit=east_one)
    qian.refresh_from_db()
    with pytest.raises(NotPermitted, match="person_ranks_above_you"):
        change_person(qian, by=liang, at=at, today=today, role=Role.SELLER)


def test_the_last_owner_stays_owner(qian, lin, east, at, today):
    second, _ = add_person(by=qian, at=at, today=today, name="孙", sign_in="sun", role=Role.OWNER, unit=east)
    change_person(qian, by=second, at=at, today=today, role=Role.MANAGER)
    del second.__dict__["scope"]
    with pytest.raises(Refused, match="not_your_own_role"):
        change_person(second, by=second, at=at, today=today, role=Role.MANAGER)
    second.refresh_from_db()
    assert second.role == Role.OWNER


def test_who_holds_customers_does_not_become_read_only(qian, lin, at, today, monkeypatch):
    three = holdings.Holding("customers", "open customers", lambda person: 3)
    monkeypatch.setattr(holdings, "_holdings", {"customers": three})
    with pytest.raises(Refused) as refused:
        change_person(lin, by=qian, at=at, today=today, role=Role.READER)
    assert refused.value.reason.figures == {"count": 3}
    lin.refresh_from_db()
    assert lin.role == Role.SELLER
