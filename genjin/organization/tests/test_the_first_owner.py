from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.organization.events import UnitMade
from genjin.organization.models import Person, Role, Unit
from genjin.organization.services import first_owner
from genjin.organization.services.first_run import first_run_key, is_first_run_key

WORDS = {"company": "苏南同城", "name": "钱立群", "sign_in": "Qian", "password": "rivers run to 2026"}


def test_an_empty_installation_gets_its_root_and_its_owner(db, at, today, heard):
    owner = first_owner(at=at, today=today, **WORDS)
    root = Unit.objects.get()
    assert (root.name, root.parent_id) == ("苏南同城", None)
    assert (owner.role, owner.unit, owner.sign_in) == (Role.OWNER, root, "qian")
    assert owner.check_password(WORDS["password"])
    assert heard == [UnitMade(unit=root, by=owner, at=at)]
    assert set(Entry.objects.values_list("kind", "verb")) == {("unit", "made"), ("person", "added")}


def test_there_is_no_second_first_owner(han, at, today, heard):
    with pytest.raises(Refused, match="already_begun"):
        first_owner(at=at, today=today, **WORDS)
    assert Person.objects.count() == 1
    assert heard == []


@pytest.mark.django_db(transaction=True)
def test_two_who_try_at_once_make_one_owner(at, today, heard):
    def attempt(name):
        try:
            return first_owner(at=at, today=today, **WORDS | {"name": name, "sign_in": f"sign-in-{name}"})
        except Refused as refused:
            return refused.reason.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(attempt, "甲乙丙丁"))
    assert answers.count("already_begun") == 3
    assert Person.objects.count() == 1
    assert Unit.objects.count() == 1


def test_the_key_of_the_first_run_opens_and_nothing_else_does():
    assert is_first_run_key(first_run_key())
    assert not is_first_run_key("")
    assert not is_first_run_key(first_run_key()[:-1])
    assert not is_first_run_key("密钥")
