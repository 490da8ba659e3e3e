"""A free combination answers in time or stops with the condition to narrow; nothing else of the page is lost."""

import pytest
from django.db import connection

from genjin.core.time_limit import TakesTooLong, at_most
from genjin.customers.models import Customer
from genjin.customers.views import lists

pytestmark = pytest.mark.django_db

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}


def test_an_endless_question_is_stopped_and_the_connection_goes_on():
    with pytest.raises(TakesTooLong), at_most(0.05), connection.cursor() as cursor:
        cursor.execute(ENDLESS[connection.vendor])
    with at_most(600):
        assert Customer.objects.count() == 0
    assert Customer.objects.count() == 0


def test_what_is_wrong_by_itself_stays_what_it_is():
    with pytest.raises(ZeroDivisionError), at_most(600):
        raise ZeroDivisionError


def test_the_list_names_the_condition_to_narrow(client_of, owned, lin, monkeypatch):
    owned(lin)
    monkeypatch.setattr(lists, "SECONDS", -1)
    response = client_of(lin).get("/customers/?where=city:is:无锡;contact:has:张;missed:min:3")
    text = response.content.decode()
    assert response.status_code == 200
    assert "先停了" in text
    assert "联系人：包含 张" in text


def test_where_nothing_narrows_the_order_is_named(client_of, pooled, east_one, lin, monkeypatch):
    pooled(east_one)
    monkeypatch.setattr(lists, "SECONDS", -1)
    assert "换个排序" in client_of(lin).get("/pool/?sort=touch").content.decode()
    assert len(client_of(lin).get("/pool/").shown["lines"]) == 1


def test_a_shipped_view_is_never_stopped(client_of, owned, lin, monkeypatch):
    owned(lin, "甲")
    monkeypatch.setattr(lists, "SECONDS", -1)
    assert [line.customer.name for line in client_of(lin).get("/customers/?view=mine").shown["lines"]] == ["甲"]


def test_a_record_opens_without_its_neighbours(client_of, owned, lin, monkeypatch):
    row = owned(lin, "甲")
    monkeypatch.setattr(lists, "SECONDS", -1)
    place = client_of(lin).get(f"/customers/{row.pk}/?view=mine&where=note:empty").shown["place_in_list"]
    assert (place["previous"], place["next"], place["back"]) == ("", "", "/customers/?view=mine&where=note:empty")
