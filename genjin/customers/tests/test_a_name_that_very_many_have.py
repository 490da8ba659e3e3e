"""A name that finds more than a list shows: the list says so, and nobody works a part of it for the whole."""

import pytest
from django.contrib.messages import get_messages

from genjin.core.reasons import Refused
from genjin.core.search import index
from genjin.customers import listing, search
from genjin.customers.bulk.models import BulkRun
from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer

pytestmark = pytest.mark.django_db
MANY = 9


@pytest.fixture(autouse=True)
def many(lin, at, monkeypatch):
    """Nine of one name; a list shows three, the index proposes four and five are looked through one by one."""
    monkeypatch.setattr(index, "CANDIDATES", 4)
    monkeypatch.setattr(index, "OTHERS_WALKED", 5)
    monkeypatch.setattr(search.narrowed, "__defaults__", (3,))
    monkeypatch.setattr(listing, "MOST_IN_LIST", 3)
    for n in range(MANY):
        city = "常州" if n > 6 else "无锡"
        create_customer(fields={"name": f"恒通物流 {n}", "city": city}, owner=lin, by=lin, at=at)


def page(client, address) -> str:
    return client.get(address).content.decode()


def test_the_list_says_that_there_are_more(client_of, lin, today, clock):
    shown = page(client_of(lin), "/customers/?q=恒通物流")
    assert "不止 3 个" in shown
    assert "共 3+" in shown or "1–3，共 3+" in shown or "3+" in shown
    assert 'name="whole"' not in shown


def test_other_conditions_hold_first_so_that_nobody_is_missed(client_of, lin, clock):
    shown = page(client_of(lin), "/customers/?q=恒通物流&city=常州")
    assert "恒通物流 7" in shown
    assert "恒通物流 8" in shown
    assert "不止" not in shown


def test_the_whole_of_it_is_neither_worked_nor_exported(client_of, lin, liang, today, clock):
    client = client_of(lin)
    answer = client.post("/customers/tags/", {"whole": "1", "list": "view=mine&q=恒通物流", "sure": "1", "add": "展会"})
    assert "不止 3 个" in str(next(iter(get_messages(answer.wsgi_request))))
    assert not BulkRun.objects.exists()
    assert not Customer.objects.filter(tags__isnull=False).exists()
    exported = client_of(liang).post("/customers/export/", {"query": "view=team&q=恒通物流", "format": "csv"})
    assert exported.status_code == 422
    assert "不止 3 个" in exported.content.decode()


def test_a_whole_list_is_refused_where_it_is_cut(lin, today):
    with pytest.raises(Refused) as refused:
        listing.read("view=mine&q=恒通物流", lin).whole(today)
    assert (refused.value.reason.code, refused.value.reason.figures) == ("name_finds_too_many", {"most": 3})
    assert listing.read("view=mine&q=恒通物流&city=常州", lin).whole(today).count() == 2
