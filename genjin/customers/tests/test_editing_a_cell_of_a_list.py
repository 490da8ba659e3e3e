"""A cell of a list edited in place: the form in the cell, then the row; who was slower loses nothing typed."""

import pytest

from genjin.customers.models import Customer, SourceChannel
from genjin.customers.services.identity import change_customer

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
LIST = "view=mine&columns=class,name,next,owner,source,industry,tags"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def cell(client_of):
    """`cell(lin, row, "industry", industry="卫浴")`: the cell asked for, or sent."""

    def do(person, row, column, **given):
        client = client_of(person)
        address = f"/customers/{row.pk}/cells/{column}/"
        if not given:
            return client.get(address, {"list": LIST}, headers=HTMX)
        return client.post(address, {"version": row.version, "list": LIST, **given}, headers=HTMX)

    return do


def test_the_cell_asks_with_what_stands_in_it(cell, owned, lin):
    row = owned(lin)
    change_customer(customer=row, fields={"industry": "卫浴"}, by=lin, at=row.created_at)
    page = text(cell(lin, row, "industry"))
    assert 'value="卫浴"' in page
    assert 'name="version" value="2"' in page


@pytest.mark.parametrize(
    ("column", "given", "shown"),
    [
        ("industry", {"industry": "卫浴"}, "卫浴"),
        ("tags", {"tags": "老客户, 急"}, "急"),
        ("next", {"on": "2026-11-25"}, "11-25"),
        ("region", {"province": "江苏", "city": "常州", "district": "天宁"}, ""),
        ("kind", {"kind": "person"}, ""),
    ],
)
def test_it_is_saved_and_the_row_comes_back_with_a_way_back(cell, client_of, owned, lin, column, given, shown):
    row = owned(lin)
    page = text(cell(lin, row, column, **given))
    row.refresh_from_db()
    assert row.version == 2
    assert row.name in page
    assert shown in page
    assert "/customers/undo/" in page


def test_a_source_is_chosen(cell, owned, lin):
    row, source = owned(lin), SourceChannel.objects.create(name="展会", position=1)
    cell(lin, row, "source", source=source.pk)
    assert Customer.objects.get(pk=row.pk).source == source


def test_a_manager_gives_it_to_somebody_and_moves_its_class(cell, owned, lin, zhou, liang):
    row = owned(lin)
    cell(liang, row, "owner", to=zhou.pk)
    row.refresh_from_db()
    assert row.owner == zhou
    cell(liang, row, "class", to="3", reason="看过了")
    row.refresh_from_db()
    assert row.class_code == "3"


def test_the_undo_of_the_toast_gives_it_back(cell, client_of, owned, lin):
    row = owned(lin)
    page = text(cell(lin, row, "tags", tags="急"))
    undo = page[page.index("/customers/undo/") :].split('"')[0]
    client_of(lin).post(undo, headers=HTMX)
    assert not Customer.objects.get(pk=row.pk).tags.exists()


def test_nothing_changed_says_nothing(cell, owned, lin):
    row = owned(lin)
    assert "/customers/undo/" not in text(cell(lin, row, "industry", industry=""))


def test_who_was_slower_is_told_and_keeps_what_they_typed(cell, owned, lin, liang, at):
    row = owned(lin)
    change_customer(customer=row, fields={"city": "无锡"}, by=liang, at=at)
    response = cell(lin, row, "industry", industry="卫浴")
    assert (response.status_code, response["HX-Retarget"]) == (422, "this")
    page = text(response)
    assert "梁静" in page
    assert 'value="卫浴"' in page
    assert 'name="version" value="2"' in page
    assert Customer.objects.get(pk=row.pk).industry == ""


def test_a_refusal_stands_in_the_cell(cell, owned, lin):
    response = cell(lin, owned(lin), "next", on="2027-09-01")
    assert response.status_code == 422
    assert 'value="2027-09-01"' in text(response)


def test_a_stranger_gets_404_and_a_seller_moves_no_class(cell, owned, lin, zhou):
    row = owned(lin)
    assert cell(zhou, row, "industry").status_code == 404
    assert cell(lin, row, "class").status_code == 403
    assert cell(lin, row, "name").status_code == 404


def test_the_list_names_the_cells_one_may_edit(client_of, owned, lin, liang):
    owned(lin)
    seller, manager = (text(client_of(person).get("/customers/")) for person in (lin, liang))
    assert 'data-edits="next"' in seller
    assert 'data-edits="class"' not in seller
    assert 'data-edits="class"' in manager
    assert "data-edits" not in text(client_of(lin).get("/pool/"))


def test_without_javascript_the_record_page_does_it(client_of, owned, lin):
    row = owned(lin)
    assert client_of(lin).get(f"/customers/{row.pk}/cells/industry/")["Location"] == f"/customers/{row.pk}/"
