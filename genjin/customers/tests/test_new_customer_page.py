"""`/customers/new/`: making one, with a hint who may be the same."""

import pytest

from genjin.customers.models import Customer

pytestmark = pytest.mark.django_db

NEW = {"kind": "org", "name": "无锡朗悦搬家服务有限公司", "class_code": "0"}


def text(response) -> str:
    return response.content.decode()


def test_a_seller_makes_one_for_themselves(client_of, lin):
    given = NEW | {
        "phones": "13812345521、0510-85853316", "contact_name": "高建平", "contact_is_key_person": "on",
        "contact_phones": "13912345522", "tags": "旺季，夫妻店",
    }  # fmt: skip
    response = client_of(lin).post("/customers/new/", given)
    row = Customer.objects.get()
    assert response["Location"] == f"/customers/{row.pk}/"
    assert (row.owner, row.class_code) == (lin, "0")
    assert row.phones.count() == 3
    assert row.contact_people.get().is_key_person
    assert sorted(tag.name for tag in row.tags.all()) == ["夫妻店", "旺季"]


def test_a_seller_chooses_no_other_owner(client_of, lin, zhou):
    response = client_of(lin).post("/customers/new/", NEW | {"holder": f"person-{zhou.pk}"})
    assert response.status_code == 422
    assert not Customer.objects.exists()


def test_a_manager_chooses_a_person_or_a_pool(client_of, lin, liang, fang, east_one):
    client = client_of(liang)
    client.post("/customers/new/", NEW | {"name": "给林", "class_code": "C", "holder": f"person-{lin.pk}"})
    client.post("/customers/new/", NEW | {"name": "进公海", "class_code": "C", "holder": f"pool-{east_one.pool.pk}"})
    assert Customer.objects.get(name="给林").owner == lin
    assert Customer.objects.get(name="给林").class_code == "0"
    assert Customer.objects.get(name="进公海").pool == east_one.pool
    stranger = client.post("/customers/new/", NEW | {"class_code": "C", "holder": f"person-{fang.pk}"})
    assert stranger.status_code == 422


def test_a_known_phone_asks_once_more(client_of, owned, lin, zhou):
    owned(zhou, "别人的搬家公司", phones=["13812345521"])
    client = client_of(lin)
    given = NEW | {"phones": "138-1234-5521"}
    response = client.post("/customers/new/", given)
    page = text(response)
    assert response.status_code == 422
    for words in ("别人的搬家公司", "周雨桐", "仍然新建", "138-1234-5521"):
        assert words in page
    assert Customer.objects.count() == 1
    assert client.post("/customers/new/", given | {"anyway": "on"}).status_code == 303
    assert Customer.objects.count() == 2


def test_the_hint_while_typing_shows_name_owner_and_state_only(client_of, owned, lin, zhou):
    row = owned(zhou, phones=["13812345521"], class_code="3k")
    page = text(
        client_of(lin).get(
            "/customers/duplicates/", {"name": "朗悦搬家服务", "phones": "13812345521"}, headers={"HX-Request": "true"}
        )
    )
    assert "无锡朗悦搬家服务有限公司" in page
    assert "周雨桐" in page
    for hidden in (f"/customers/{row.pk}/", "13812345521", "重3"):
        assert hidden not in page


def test_nothing_typed_hints_at_nothing(client_of, owned, lin):
    owned(lin)
    page = text(client_of(lin).get("/customers/duplicates/?name=&phones=138", headers={"HX-Request": "true"}))
    assert "可能已经有了" not in page


def test_what_is_wrong_comes_back_with_all_that_was_typed(client_of, lin):
    response = client_of(lin).post(
        "/customers/new/", NEW | {"phones": "转财务", "city": "无锡", "contact_title": "经理"}
    )
    page = text(response)
    assert response.status_code == 422
    assert set(response.shown["form"].errors) == {"phones", "contact_name"}
    for kept in ("转财务", "无锡", "经理"):
        assert kept in page
    assert not Customer.objects.exists()


def test_who_only_reads_makes_none(client_of, lin):
    lin.role = "reader"
    lin.save()
    assert client_of(lin).get("/customers/new/").status_code == 403
