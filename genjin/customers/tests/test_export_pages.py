"""Exporting on the page: a short list comes at once, a long one is watched; a file is its asker's alone."""

import pytest

from genjin.core import permissions
from genjin.core.transfer import exports
from genjin.core.transfer.models import ExportRun
from genjin.customers.tests.importing import imported
from genjin.organization.models import Person, Role

pytestmark = pytest.mark.django_db

TEXT = "客户名称,电话,负责人\n甲,13812345678,lin\n乙,13912345678,lin\n"
FORM = {"query": "view=all", "format": "csv", "columns": "shown"}


@pytest.fixture
def some_customers(liang, lin, at):
    imported(liang, at, TEXT)


def test_the_list_leads_to_its_export(client_of, liang, some_customers):
    page = client_of(liang).get("/customers/?view=team").content.decode()
    assert "/customers/export/?view=team" in page
    form = client_of(liang).get("/customers/export/?view=team")
    assert form.status_code == 200
    assert "这个列表" in form.content.decode()


def test_a_seller_is_offered_no_export_and_gets_none(client_of, lin, some_customers):
    assert "/customers/export/" not in client_of(lin).get("/customers/").content.decode()
    assert client_of(lin).get("/customers/export/").status_code == 403
    assert client_of(lin).post("/customers/export/", FORM).status_code == 403
    said = client_of(lin).get("/customers/export/").content.decode()
    assert "你的角色不能导出客户" in said


def test_a_seller_who_may_export_gets_the_own_list_and_the_pool_with_masked_phones(
    client_of, liang, lin, zhou, at, monkeypatch
):
    imported(liang, at, TEXT + "丙,13712345678,zhou\n池里的,13612345678,\n")
    monkeypatch.setitem(permissions._roles, "customers.export", frozenset({"owner", "manager", "seller"}))
    client = client_of(lin)
    assert "/customers/export/?view=mine" in client.get("/customers/").content.decode()
    file = client.get(client.post("/customers/export/", {**FORM, "columns": "whole"})["Location"])
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    assert "13812345678" in text
    assert "丙" not in text
    assert "13612345678" not in text


def test_a_short_list_comes_at_once(client_of, liang, some_customers):
    client = client_of(liang)
    answer = client.post("/customers/export/", FORM)
    run = ExportRun.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/customers/export/{run.pk}/file/")
    file = client.get(answer["Location"])
    assert file["Content-Type"].startswith("text/csv")
    assert b"".join(file.streaming_content).decode("utf-8-sig").count("\r\n") == 3


def test_a_long_list_is_watched_and_waits(
    client_of, liang, some_customers, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    client = client_of(liang)
    answer = client.post("/customers/export/", FORM)
    run = ExportRun.objects.get()
    assert (answer["Location"], run.state) == (f"/customers/export/{run.pk}/", "queued")
    assert 'hx-trigger="every 1s"' in client.get(answer["Location"]).content.decode()
    exports.carry_out(run, at=run.made_at)
    page = client.get(answer["Location"]).content.decode()
    assert f"/customers/export/{run.pk}/file/" in page
    assert "every 1s" not in page
    assert run.title in client.get("/customers/export/").content.decode()


def test_an_export_can_be_stopped(client_of, liang, some_customers, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    client = client_of(liang)
    client.post("/customers/export/", FORM)
    run = ExportRun.objects.get()
    client.post(f"/customers/export/{run.pk}/stop/")
    exports.carry_out(run, at=run.made_at)
    run.refresh_from_db()
    assert (run.state, run.said.code) == ("failed", "export_was_stopped")
    assert client.get(f"/customers/export/{run.pk}/").status_code == 200


def test_an_empty_list_and_an_unknown_kind_of_file_are_said_in_place(client_of, liang, some_customers):
    client = client_of(liang)
    empty = client.post("/customers/export/", {**FORM, "query": "view=all&city=无此地"})
    assert (empty.status_code, ExportRun.objects.count()) == (422, 0)
    assert client.post("/customers/export/", {**FORM, "format": "pdf"}).status_code == 422


def test_a_stranger_gets_404(client_of, liang, fang, qian, some_customers):
    client_of(liang).post("/customers/export/", FORM)
    run = ExportRun.objects.get()
    for stranger in (fang, qian):
        for path in ("", "file/"):
            assert client_of(stranger).get(f"/customers/export/{run.pk}/{path}").status_code == 404
    Person.objects.filter(pk=liang.pk).update(role=Role.SELLER)
    assert client_of(Person.objects.get(pk=liang.pk)).get(f"/customers/export/{run.pk}/file/").status_code == 403
