"""Two people save the same customer: the second sees what changed, loses nothing, and may save again."""

import pytest

from genjin.customers.models import Customer
from genjin.customers.services.identity import change_customer

pytestmark = pytest.mark.django_db

FILE = {"kind": "org", "name": "无锡朗悦搬家服务有限公司"}


def text(response) -> str:
    return response.content.decode()


def test_the_second_is_shown_who_changed_what(client_of, owned, lin, liang, at):
    row = owned(lin, phones=["13812345521"])
    change_customer(customer=row, fields={"city": "无锡"}, phones=["13912345522"], by=liang, at=at)
    client = client_of(lin)
    mine = FILE | {"version": "1", "phones": "13812345521", "city": "苏州", "remarks": "只在下午接"}
    response = client.post(f"/customers/{row.pk}/file/", mine)
    page = text(response)
    assert response.status_code == 422
    for words in ("梁静", "10:00", "从“138 1234 5521”改成“139 1234 5522”", "城市：无锡", "只在下午接", "苏州"):
        assert words in page
    assert Customer.objects.get().city == "无锡"
    again = client.post(
        f"/customers/{row.pk}/file/", mine | {"version": str(response.shown["form"]["version"].value())}
    )
    assert again.status_code == 303
    row.refresh_from_db()
    assert (row.city, row.remarks) == ("苏州", "只在下午接")


def test_a_contact_person_as_well(client_of, owned, lin, liang, at):
    row = owned(lin)
    change_customer(customer=row, fields={"city": "无锡"}, by=liang, at=at)
    response = client_of(lin).post(f"/customers/{row.pk}/contacts/new/", {"version": "1", "name": "许丽"})
    assert response.status_code == 422
    assert "许丽" in text(response)
    assert not row.contact_people.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "填"), ("name", "长" * 10_000, "200"), ("phones", "明天打", "只写数字"),
        ("phones", "1381234", "7 位"),
        ("tags", "长" * 31, "30"), ("kind", "ship", "选"), ("referrer", "没有这家", "没有叫这个名字"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_kept(client_of, owned, lin, field, value, words):
    row = owned(lin)
    response = client_of(lin).post(f"/customers/{row.pk}/file/", FILE | {"version": "1", field: value})
    assert response.status_code == 422
    assert words in "".join(map(str, response.shown["form"].errors[field]))
    assert Customer.objects.get().version == 1


def test_emoji_and_the_strange_are_kept_as_they_are(client_of, owned, lin):
    row = owned(lin)
    client_of(lin).post(
        f"/customers/{row.pk}/file/", FILE | {"version": "1", "name": "搬家🚚<b>高</b>", "city": "无锡'"}
    )
    row.refresh_from_db()
    assert (row.name, row.city) == ("搬家🚚<b>高</b>", "无锡'")
    assert "<b>高</b>" not in text(client_of(lin).get(f"/customers/{row.pk}/"))


def test_who_referred_it_is_found_by_name_within_what_one_sees(client_of, owned, lin, zhou):
    row, friend = owned(lin), owned(lin, "扬州雅叙园酒楼")
    owned(zhou, "看不到的酒楼")
    client = client_of(lin)
    client.post(f"/customers/{row.pk}/file/", FILE | {"version": "1", "referrer": "扬州雅叙园酒楼"})
    row.refresh_from_db()
    assert row.referred_by == friend
    unseen = client.post(f"/customers/{row.pk}/file/", FILE | {"version": "2", "referrer": "看不到的酒楼"})
    assert unseen.status_code == 422


def test_contact_people_and_profile_in_place(client_of, owned, lin):
    row = owned(lin)
    client = client_of(lin)
    form = client.get(f"/customers/{row.pk}/profile/", headers={"HX-Request": "true"})
    assert text(form).lstrip().startswith('<section class="sec" id="section_form"')
    client.post(f"/customers/{row.pk}/profile/", {"version": "1", "peers": "两家投了首页"})
    client.post(
        f"/customers/{row.pk}/contacts/new/",
        {"version": "2", "name": "高建平", "is_key_person": "on", "phones": "138 1234 5521"},
    )
    person = row.contact_people.get()
    assert (row.profile.peers, person.is_key_person, person.phones.get().number) == (
        "两家投了首页", True, "13812345521",
    )  # fmt: skip
    client.post(f"/customers/{row.pk}/contacts/{person.pk}/", {"version": "3", "name": "高建平", "title": "总经理"})
    person.refresh_from_db()
    assert person.title == "总经理"
    client.post(f"/customers/{row.pk}/contacts/{person.pk}/remove/")
    assert not row.contact_people.exists()


def test_a_contact_person_of_another_customer_is_404(client_of, owned, lin, at):
    from genjin.customers.services.identity import ContactFile, save_contact_person

    row, other = owned(lin), owned(lin, "扬州雅叙园酒楼")
    person = save_contact_person(customer=other, contact=ContactFile({"name": "冯淑仪"}), by=lin, at=at)
    assert client_of(lin).get(f"/customers/{row.pk}/contacts/{person.pk}/").status_code == 404
