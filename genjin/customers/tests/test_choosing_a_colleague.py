"""A colleague is chosen from a list while there are few, and typed by name where there are many."""

import pytest

from genjin.customers.forms import people
from genjin.customers.models import Customer
from genjin.organization.models import Person, Role

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def many(monkeypatch) -> None:
    monkeypatch.setattr(people, "FEW", 1)


def test_few_stand_in_a_list(client_of, owned, lin, zhou, liang):
    row = owned(lin)
    assert f'value="{zhou.pk}"' in text(client_of(liang).get(f"/customers/{row.pk}/assign/"))


def test_many_are_typed_and_not_one_of_them_is_sent(client_of, owned, lin, zhou, liang, many):
    page = text(client_of(liang).get(f"/customers/{owned(lin).pk}/assign/"))
    assert zhou.name not in page
    assert "datalist" in page


@pytest.mark.parametrize("typed", ["周雨桐", "周雨桐 · 华东一组", "zhou"])
def test_a_name_a_name_with_its_unit_or_a_sign_in_will_do(client_of, owned, lin, zhou, liang, many, typed):
    row = owned(lin)
    client_of(liang).post(f"/customers/{row.pk}/assign/", {"to": typed})
    assert Customer.objects.get(pk=row.pk).owner == zhou


def test_who_is_unknown_out_of_scope_or_not_the_only_one_is_asked_for_again(
    client_of, owned, lin, zhou, liang, fang, east_one, many
):
    row = owned(lin)
    twin = Person(sign_in="zhou2", name=zhou.name, role=Role.SELLER, unit=east_one, joined_on="2026-03-02")
    twin.set_unusable_password()
    twin.save()
    client = client_of(liang)
    for typed in ("谁也不是", fang.name, zhou.name):
        response = client.post(f"/customers/{row.pk}/assign/", {"to": typed})
        assert response.status_code == 422
        assert f'value="{typed}"' in text(response)
    assert Customer.objects.get(pk=row.pk).owner == lin


def test_names_are_offered_in_scope(client_of, zhou, liang, fang):
    client = client_of(liang)
    assert "周雨桐 · 华东一组" in text(client.get("/customers/people/?of=takers&to=雨"))
    assert "周雨桐" not in text(client_of(fang).get("/customers/people/?of=takers&to=雨"))
    assert client.get("/customers/people/?of=nobody").status_code == 404


def test_of_many_whole_units_are_dealt_to(client_of, pooled, east_one, lin, zhou, liang, many):
    rows = [pooled(east_one, f"客户 {n}") for n in range(4)]
    given = {"chosen": [row.pk for row in rows], "sure": "1", "among": [east_one.pk]}
    client_of(liang).post("/customers/deal-out/", given)
    assert {Customer.objects.owned_by(person).count() for person in (lin, zhou)} == {2}
