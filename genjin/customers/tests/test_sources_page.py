"""Source channels: the seven ways are there, one's own can be added."""

import pytest
from django.utils import translation

from genjin.customers.models import SourceChannel
from genjin.organization.models import Person

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


def test_the_shipped_ones_are_called_in_the_readers_language_and_others_as_typed(client_of, qian, owned, lin):
    SourceChannel.objects.filter(code="event").update(name="老板请客")
    client = client_of(qian)
    client.post("/settings/sources/", {"name": "官网登记"})
    assert "转介绍" in client.get("/settings/sources/").content.decode()
    with translation.override("en"):
        called = [str(channel) for channel in SourceChannel.objects.all()]
    assert called[2] == "Referral"
    assert called[-2:] == ["老板请客", "官网登记"]


@pytest.fixture
def in_english(qian, client_of):
    Person.objects.filter(pk=qian.pk).update(language="en")
    return client_of(Person.objects.get(pk=qian.pk))


def test_saving_an_english_name_unchanged_renames_nothing(in_english):
    channel = SourceChannel.objects.get(code="referral")
    assert "Referral" in in_english.get("/settings/sources/").content.decode()
    in_english.post(f"/settings/sources/{channel.pk}/", {"name": "Referral"})
    channel.refresh_from_db()
    assert channel.name == "转介绍"


def test_one_cannot_have_the_name_another_is_called_by(in_english):
    assert in_english.post("/settings/sources/", {"name": "Referral"}).status_code == 422
    assert in_english.post("/settings/sources/", {"name": "转介绍"}).status_code == 422
    assert SourceChannel.objects.count() == 7
