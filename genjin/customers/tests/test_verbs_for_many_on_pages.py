"""Many customers at once on the pages: the chosen ones or the whole list, a few at once, many in the background."""

from collections import Counter

import pytest
from django.contrib.messages import get_messages

from genjin.customers.bulk import choosing, runs
from genjin.customers.bulk.models import BulkRun
from genjin.customers.models import Customer
from genjin.customers.views import bulk

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(owned, lin):
    return [owned(lin, f"客户 {n}") for n in range(5)]


def said(response):
    return [(message.message, message.extra_tags) for message in get_messages(response.wsgi_request)]


def text(response) -> str:
    return response.content.decode()


def test_the_form_says_how_many_and_the_second_post_does_it(client_of, mine, lin):
    client = client_of(lin)
    given = {"chosen": [row.pk for row in mine[:3]], "back": "/customers/?view=mine"}
    page = text(client.post("/customers/close/", given))
    assert "选了 3 个客户。" in page
    done = client.post("/customers/close/", {**given, "sure": "1", "kind": "dead", "reason": "倒闭了"})
    assert done["Location"] == "/customers/?view=mine"
    run = BulkRun.objects.get()
    assert said(done) == [("已关闭 3 个客户", f"/customers/bulk/{run.pk}/undo/")]
    assert Customer.objects.closed().count() == 3


def test_the_toast_takes_it_back(client_of, mine, lin):
    client = client_of(lin)
    client.post("/customers/close/", {"chosen": [mine[0].pk], "sure": "1", "kind": "dead", "reason": "倒闭了"})
    answer = client.post(f"/customers/bulk/{BulkRun.objects.get().pk}/undo/", headers={"HX-Request": "true"})
    assert answer["HX-Refresh"] == "true"
    assert not Customer.objects.closed().exists()


def test_the_whole_list_is_what_its_address_states(client_of, mine, lin, pooled, east_one):
    pooled(east_one)
    Customer.objects.filter(pk=mine[0].pk).update(city="常州")
    given = {"whole": "1", "list": "view=mine&city=常州", "sure": "1", "add": "展会"}
    client_of(lin).post("/customers/tags/", given)
    run = BulkRun.objects.get()
    assert (run.total, run.changed, run.query) == (1, 1, "view=mine&city=%E5%B8%B8%E5%B7%9E")
    assert Customer.objects.get(tags__name="展会").city == "常州"


def test_beyond_the_cap_the_form_says_more_than(client_of, mine, lin, monkeypatch):
    monkeypatch.setattr(bulk, "COUNT_CAP", 2)
    assert "超过 2 个客户" in text(client_of(lin).post("/customers/tags/", {"whole": "1", "list": "view=mine"}))


def test_a_large_run_goes_on_in_the_background(client_of, mine, lin, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    client = client_of(lin)
    given = {"chosen": [row.pk for row in mine], "sure": "1", "reason": "清理"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/customers/release/", given)
        run = BulkRun.objects.get()
        assert answer["Location"] == f"/customers/bulk/{run.pk}/"
        assert "0 / 5 个客户" in text(client.get(answer["Location"]))
    page = text(client.get(answer["Location"]))
    assert "5 个客户已放入公海" in page
    assert "全部撤销" in page
    assert client.get(f"/customers/bulk/{run.pk}/?watched=1")["HX-Refresh"] == "true"
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/customers/bulk/{run.pk}/undo/")
    assert Customer.objects.owned_by(lin).count() == 5


def test_who_was_left_is_counted_by_reason_and_named(client_of, mine, owned, zhou, lin, liang):
    Customer.objects.filter(pk=mine[0].pk).update(
        closed_on="2026-11-24", closed_kind="dead", due_on=None, planned_on=None
    )
    given = {"chosen": [row.pk for row in mine], "sure": "1", "to": zhou.pk}
    page = text(client_of(liang).post("/customers/assign/", given))
    assert "已分配 4 个客户" in page
    assert "客户 0已关闭" in page
    run = BulkRun.objects.get()
    assert "客户 0已关闭" in text(client_of(liang).get(f"/customers/bulk/{run.pk}/"))


def test_a_stranger_finds_neither_run_nor_list(client_of, mine, lin, zhou, in_bulk):
    run = in_bulk("tag", mine, by=lin, add=["展会"])
    client = client_of(zhou)
    for address in ("", "stop/", "carry-on/", "undo/"):
        page = f"/customers/bulk/{run.pk}/{address}"
        assert (client.post(page) if address else client.get(page)).status_code == 404
    assert "还没有批量操作" in text(client.get("/customers/bulk/"))
    assert "标签" in text(client_of(lin).get("/customers/bulk/"))


def test_strangers_rows_are_not_chosen(client_of, mine, zhou):
    response = client_of(zhou).post("/customers/tags/", {"chosen": [row.pk for row in mine], "sure": "1", "add": "x"})
    assert response.status_code == 303
    assert not BulkRun.objects.exists()


def test_a_seller_moves_no_classes_at_once(client_of, mine, lin):
    assert client_of(lin).post("/customers/class/", {"chosen": [mine[0].pk]}).status_code == 403


def test_what_is_wrong_stands_in_the_form_and_the_choice_is_kept(client_of, mine, lin):
    response = client_of(lin).post("/customers/fill/", {"chosen": [mine[0].pk], "sure": "1"})
    assert response.status_code == 422
    assert "至少填一项" in text(response)
    assert f'name="chosen" value="{mine[0].pk}"' in text(response)


def test_a_list_of_several_pages_offers_the_whole(client_of, owned, lin):
    for n in range(51):
        owned(lin, f"客户 {n}")
    page = text(client_of(lin).get("/customers/?view=mine"))
    assert 'name="whole"' in page
    assert 'data-matching="51"' in page
    assert 'name="list" value="view=mine"' in page


def test_a_run_is_stopped_and_carried_on_from_its_page(
    client_of, mine, lin, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    client = client_of(lin)
    page = client.post("/customers/release/", {"chosen": [row.pk for row in mine], "sure": "1", "reason": "清理"})
    client.post(page["Location"] + "stop/")
    stopped = text(client.get(page["Location"]))
    assert "林小满停下了" in stopped
    assert "还剩 5 个客户没做" in stopped
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page["Location"] + "carry-on/")
    assert Customer.objects.in_pool().count() == 5


def test_what_was_taken_back_is_not_carried_on(client_of, mine, lin, monkeypatch, at):
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    monkeypatch.setattr(choosing, "BATCH", 2)
    client = client_of(lin)
    page = client.post("/customers/release/", {"chosen": [row.pk for row in mine], "sure": "1", "reason": "清理"})
    run = BulkRun.objects.get()
    BulkRun.objects.update(state="running")
    runs._do(run, run.batches.first(), at=at)
    client.post(page["Location"] + "stop/")
    client.post(page["Location"] + "undo/")
    client.post(page["Location"] + "carry-on/")
    run.refresh_from_db()
    assert (run.state, run.changed, Customer.objects.in_pool().count()) == ("stopped", 2, 0)


def test_one_sentence_for_all_is_said_once(client_of, pooled, east_one, lin, liang, monkeypatch):
    monkeypatch.setattr("genjin.customers.services.ownership.stock_of", lambda person, playbook: Counter({"4": 150}))
    rows = [pooled(east_one, f"客户 {n}", class_code="4") for n in range(3)]
    given = {"chosen": [row.pk for row in rows], "sure": "1", "to": lin.pk}
    page = text(client_of(liang).post("/customers/assign/", given))
    assert page.count("上限 150") == 1
    assert all(row.name in page for row in rows)
