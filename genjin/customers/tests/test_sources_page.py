"""Source channels: the seven ways are there, one's own can be added."""

import pytest

from genjin.customers.models import SourceChannel

pytestmark = pytest.mark.django_db


def test_the_seven_ways_are_there_from_the_start():
    codes = list(SourceChannel.objects.values_list("code", flat=True))
    assert codes == ["carpet", "marketing", "referral", "records", "informant", "mining", "event"]


def test_an_owner_adds_and_renames(client_of, qian):
    client = client_of(qian)
    client.post("/settings/sources/", {"name": "官网登记"})
    made = SourceChannel.objects.get(name="官网登记")
    assert (made.code, made.position) == ("", 8)
    client.post(f"/settings/sources/{made.pk}/", {"name": "官网"})
    made.refresh_from_db()
    assert made.name == "官网"


def test_a_name_stands_once(client_of, qian):
    name = SourceChannel.objects.get(code="referral").name
    response = client_of(qian).post("/settings/sources/", {"name": name})
    assert response.status_code == 422
    assert name in response.content.decode()
    assert SourceChannel.objects.count() == 7


def test_a_seller_changes_none(client_of, lin):
    assert client_of(lin).get("/settings/sources/").status_code == 403
    assert client_of(lin).post("/settings/sources/", {"name": "我的"}).status_code == 403
