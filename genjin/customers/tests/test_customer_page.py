"""`/customers/7/`: who may open it, what stands on it, what does not."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages

from genjin.customers.models import Customer, Remark
from genjin.customers.services.identity import ContactFile
from genjin.customers.services.ownership import claim_customer, lend_customer
from genjin.customers.services.standing import close_customer

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def row(owned, lin):
    contact = ContactFile(
        {"name": "高建平", "title": "总经理", "is_key_person": True, "wechat": "laogao", "email": "gao@example.com"},
        ["13812345521"],
    )
    return owned(lin, phones=["051085853316"], contact=contact, tags=["旺季"], class_code="3k")


def test_its_owner_sees_whom_to_call_and_why(client_of, row, lin):
    page = text(client_of(lin).get(f"/customers/{row.pk}/"))
    for words in (
        "无锡朗悦搬家服务有限公司",
        "高建平",
        "tel:13812345521",
        "laogao",
        "旺季",
        "联系 0 次，有效 0",
        "重3",
    ):
        assert words in page


@pytest.mark.parametrize(
    "address",
    ["", "timeline/", "duplicates/", "file/", "profile/", "contacts/new/", "plan/", "class/", "close/", "reopen/",
     "assign/", "release/", "lend/"],
)  # fmt: skip
def test_a_stranger_gets_404_everywhere(client_of, row, zhou, fang, address):
    for person in (zhou, fang):
        assert client_of(person).get(f"/customers/{row.pk}/{address}").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["plan/", "class/", "confirm/", "close/", "reopen/", "assign/", "claim/", "release/", "lend/", "file/",
     "profile/", "contacts/new/"],
)  # fmt: skip
def test_a_strangers_post_gets_404_and_changes_nothing(client_of, row, fang, address):
    given = {
        "reason": "x",
        "on": "2026-11-25",
        "to": "4",
        "kind": "dead",
        "name": "改了",
        "condition": "lead_confirmed",
    }
    assert client_of(fang).post(f"/customers/{row.pk}/{address}", given).status_code == 404
    row.refresh_from_db()
    assert (row.version, row.closed_on) == (1, None)


def test_who_may_only_read_finds_no_verbs_and_a_post_is_403_in_words(client_of, row, lin, zhou, at):
    lend_customer(customer=row, to=zhou, may_work=False, ends_on=None, by=lin, at=at)
    client = client_of(zhou)
    page = text(client.get(f"/customers/{row.pk}/"))
    for verb in ("plan/", "close/", "release/", "assign/", "lend/", "file/", "contacts/new/"):
        assert f"/customers/{row.pk}/{verb}" not in page
    answer = client.post(f"/customers/{row.pk}/close/", {"kind": "dead", "reason": "不要了"})
    assert answer.status_code == 403
    assert "是别人的客户" in text(answer)
    assert Customer.objects.get().is_open


def test_in_a_pool_no_number_can_be_read_anywhere(client_of, pooled, east_one, lin, liang):
    contact = ContactFile({"name": "高建平", "wechat": "laogao", "email": "gao@example.com"}, ["13812345521"])
    row = pooled(east_one, phones=["13912345522"], contact=contact)
    for person in (lin, liang):
        page = text(client_of(person).get(f"/customers/{row.pk}/"))
        assert "138****5521" in page
        assert "139****5522" in page
        for hidden in ("13812345521", "138 1234 5521", "13912345522", "laogao", "gao@example.com", "tel:"):
            assert hidden not in page


def test_nor_in_the_history_of_one_that_was_released(client_of, row, lin, liang, at, zhou):
    from genjin.customers.services.identity import change_customer
    from genjin.customers.services.ownership import release_customer

    change_customer(customer=row, fields={}, phones=["13712345523"], by=lin, at=at)
    release_customer(customer=row, reason="不做", by=lin, at=at)
    page = text(client_of(zhou).get(f"/customers/{row.pk}/"))
    assert "13712345523" not in page
    assert "137 1234 5523" not in page
    assert "****" in page


def test_claimed_it_shows_them(client_of, pooled, east_one, lin, at):
    row = pooled(east_one, phones=["13912345522"])
    client = client_of(lin)
    assert client.post(f"/customers/{row.pk}/claim/").status_code == 303
    assert "tel:13912345522" in text(client.get(f"/customers/{row.pk}/"))


def test_who_comes_second_is_told_who_was_first(client_of, pooled, east_one, lin, zhou, at):
    row = pooled(east_one)
    claim_customer(customer=row, by=lin, at=at)
    response = client_of(zhou).post(f"/customers/{row.pk}/claim/")
    assert response["Location"] == "/pool/"
    assert [message.message for message in get_messages(response.wsgi_request)] == [
        "林小满先领走了，苏州启禾装饰工程已不在公海。"
    ]
    row.refresh_from_db()
    assert row.owner == lin


def test_an_hour_later_it_is_nobody_elses_business(client_of, pooled, east_one, lin, zhou, fang, at, clock):
    row = pooled(east_one)
    claim_customer(customer=row, by=lin, at=at)
    assert client_of(fang).post(f"/customers/{row.pk}/claim/").status_code == 404
    clock.shift(timedelta(hours=1))
    assert client_of(zhou).post(f"/customers/{row.pk}/claim/").status_code == 404


def test_previous_and_next_follow_the_list_one_came_from(client_of, owned, lin, today):
    rows = [owned(lin, name, class_code="4") for name in ("甲", "乙", "丙")]
    for days, row in enumerate(rows):
        Customer.objects.filter(pk=row.pk).update(due_on=today + timedelta(days=days))
    owned(lin, "别的类", class_code="5")
    place = client_of(lin).get(f"/customers/{rows[1].pk}/?view=mine&class=4").shown["place_in_list"]
    query = "?view=mine&class=4"
    assert (place["previous"], place["next"]) == (
        f"/customers/{rows[0].pk}/{query}", f"/customers/{rows[2].pk}/{query}",
    )  # fmt: skip
    assert (place["position"], place["back"]) == (2, f"/customers/{query}")
    first = client_of(lin).get(f"/customers/{rows[0].pk}/?view=mine&class=4").shown["place_in_list"]
    assert first["previous"] == ""


def test_a_closed_one_says_when_and_why(client_of, row, lin, liang, at):
    close_customer(customer=row, kind="blocked", reason="让我们别再打", by=lin, at=at)
    page = text(client_of(liang).get(f"/customers/{row.pk}/"))
    assert "让我们别再打" in page
    assert "重新打开" in page
    assert "/plan/" not in page


def test_the_timeline_tells_verbs_and_remarks_by_kind_and_text(client_of, row, lin, liang, at, today):
    from genjin.customers.services.standing import move_class

    move_class(customer=row, to="4", reason="冷下来了", by=liang, at=at)
    Remark.objects.create(customer=row, on=today - timedelta(days=40), text="老板姓高，周三在")
    client = client_of(lin)
    page = text(client.get(f"/customers/{row.pk}/timeline/"))
    assert "冷下来了" in page
    assert "老板姓高" in page
    only_class = text(client.get(f"/customers/{row.pk}/timeline/?happened=class"))
    assert "冷下来了" in only_class
    assert "老板姓高" not in only_class
    assert "老板姓高" in text(client.get(f"/customers/{row.pk}/timeline/?text=姓高"))
    assert "没有这一类记录" in text(client.get(f"/customers/{row.pk}/timeline/?text=没有这句话"))


def test_the_panel_of_duplicates_hides_what_one_may_not_see(client_of, row, owned, zhou, lin):
    owned(zhou, "朗悦搬家服务", phones=["13812345521"])
    page = text(client_of(lin).get(f"/customers/{row.pk}/duplicates/", headers={"HX-Request": "true"}))
    assert "电话相同" in page
    assert "周雨桐" in page
    assert page.count("href=") == 0


@pytest.mark.parametrize(("address", "most"), [("", 17), ("?view=mine", 25)])
def test_the_number_of_queries_stays(client_of, row, lin, django_assert_max_num_queries, address, most):
    client = client_of(lin)
    client.get(f"/customers/{row.pk}/{address}")
    with django_assert_max_num_queries(most):
        client.get(f"/customers/{row.pk}/{address}")
