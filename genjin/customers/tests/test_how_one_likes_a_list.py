"""Columns and widths are kept for one person and one list."""

import pytest

from genjin.customers.saved.models import ListLayout, SavedView

pytestmark = pytest.mark.django_db


def heads(response) -> list[str]:
    return [column.name for column in response.shown["columns"]]


def test_chosen_columns_stay_for_this_person_and_this_list(client_of, owned, lin, zhou):
    client = client_of(lin)
    response = client.post("/customers/columns/", {"list": "view=mine&class=5", "column": ["city", "name"]})
    assert response["Location"] == "/customers/?view=mine&class=5"
    assert heads(client.get("/customers/?view=mine")) == ["city", "name"]
    assert heads(client.get("/customers/?view=overdue"))[:2] == ["class", "name"]
    assert heads(client_of(zhou).get("/customers/?view=mine"))[:2] == ["class", "name"]
    assert heads(client.get("/customers/?view=mine&columns=name")) == ["name"]
    client.post("/customers/columns/", {"list": "view=mine", "column": ["city"], "reset": "1"})
    assert heads(client.get("/customers/?view=mine"))[:2] == ["class", "name"]


def test_the_pool_has_its_own(client_of, pooled, lin, east_one):
    client = client_of(lin)
    assert client.post("/customers/columns/", {"list": "pool=any", "column": ["name"]})["Location"] == "/pool/?pool=any"
    assert heads(client.get("/pool/")) == ["name"]


def test_they_are_moved_without_being_kept(client_of, lin):
    response = client_of(lin).post(
        "/customers/columns/", {"list": "view=mine", "column": ["class", "name", "city"], "move": "up:city"}
    )
    assert [column.name for column in response.shown["chosen"]] == ["class", "city", "name"]
    assert not ListLayout.objects.exists()


def test_in_a_kept_view_they_stand_in_the_address_until_it_is_saved(client_of, lin, at):
    view = SavedView.objects.create(owner=lin, unit=lin.unit, name="我的", query="view=mine", made_at=at)
    response = client_of(lin).post("/customers/columns/", {"list": f"saved={view.pk}&view=mine", "column": ["name"]})
    assert response["Location"] == f"/customers/?saved={view.pk}&view=mine&columns=name"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("name:240,city:90", {"name": 240, "city": 90}),
        ("name:1,city:9999", {"name": 40, "city": 900}),
        ("password:100,name:wide,city", {}),
        ("", {}),
    ],
)
def test_widths_are_kept_within_reason(client_of, lin, sent, kept):
    assert client_of(lin).post("/customers/widths/", {"list": "view=mine", "widths": sent}).status_code == 204
    assert ListLayout.objects.get().widths == kept
    assert client_of(lin).get("/customers/?view=mine").shown["widths"] == kept
