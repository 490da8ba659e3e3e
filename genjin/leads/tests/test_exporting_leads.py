"""A list of leads as a file: what the person sees and no more, noted in the audit record."""

import pytest

from genjin.core.audit.models import Entry
from genjin.core.fields.services import make_field
from genjin.core.transfer.models import ExportRun

pytestmark = pytest.mark.django_db


def exported(browser, query):
    sent = browser.post("/leads/export/", {"query": query, "format": "csv"})
    assert sent.status_code == 303
    return b"".join(browser.get(sent["Location"]).streaming_content).decode("utf-8-sig")


def test_the_list_as_it_is_narrowed(client_of, pushed, waiting, lin, liang, qian, at):
    make_field(subject="lead", label="厂房面积", kind="number", code="size", by=qian, at=at)
    make_field(subject="lead", label="密级", kind="text", code="secret", seen_by=["owner"], by=qian, at=at)
    pushed(lin, company="惠山机械", phone="13800000001", **{"custom.size": "1200", "custom.secret": "甲"})
    waiting(company="常州怡美", phone="13800000002")
    text = exported(client_of(liang), f"view=team&owner={lin.pk}")
    assert "惠山机械" in text
    assert "1200" in text
    assert "常州怡美" not in text
    assert "密级" not in text
    assert "甲" not in text
    assert "密级" in exported(client_of(qian), "view=team")
    entry = Entry.objects.filter(verb="lead.exported", by=liang).get()
    assert entry.changes["rows"] == [None, 1]


def test_nothing_of_another_region_and_nobody_elses_file(client_of, pushed, lin, liang, fang):
    pushed(lin, company="惠山机械")
    assert (
        client_of(fang)
        .post("/leads/export/", {"query": "view=team", "format": "csv"})["Location"]
        .startswith("/leads/?")
    )
    assert ExportRun.objects.count() == 0
    exported(client_of(liang), "view=team")
    assert client_of(fang).get(f"/leads/export/{ExportRun.objects.get().pk}/").status_code == 404


def test_a_seller_may_not(client_of, pushed, lin):
    pushed(lin)
    assert client_of(lin).post("/leads/export/", {"query": "view=mine", "format": "csv"}).status_code == 403
    assert "/leads/export/" not in client_of(lin).get("/leads/").content.decode()
