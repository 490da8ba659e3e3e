"""A table of the boards as a workbook: what stands on the page, in scope, for who may export."""

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from genjin.core.transfer.models import ExportRun
from genjin.insights.exporting import TABLES
from genjin.insights.quality.counting import count_quality

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor(lin, east_one, customer_of, save, at):
    save(lin, customer_of(lin, "4", name="城东装饰"), interests=["peers"], remarks="说再考虑")
    count_quality(units=[east_one.pk], at=at)


@pytest.fixture(autouse=True)
def _files_aside(settings, tmp_path):
    settings.DATA = tmp_path


def rows_of(client, table, query=""):
    answer = client.post(reverse("insights_export"), {"of": table, "query": query})
    assert answer.status_code == 303
    content = b"".join(client.get(answer["Location"]).streaming_content)
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("table", list(TABLES))
def test_every_table_is_a_workbook_with_a_head(table, floor, liang, client_of):
    rows = rows_of(client_of(liang), table)
    assert all(rows[0])
    assert all(len(row) == len(rows[0]) for row in rows)


def test_the_contacts_of_the_page_are_in_it(floor, lin, liang, client_of):
    [_head, row] = rows_of(client_of(liang), "contacts", f"person={lin.pk}")
    assert {lin.name, "城东装饰", "说再考虑"} <= set(row)
    assert len(rows_of(client_of(liang), "contacts", "after=13:00&before=14:00")) == 1


def test_another_regions_manager_takes_nothing_home(floor, fang, client_of):
    assert len(rows_of(client_of(fang), "contacts")) == 1


def test_who_may_not_see_or_export_gets_none(floor, lin, client_of):
    assert client_of(lin).post(reverse("insights_export"), {"of": "board"}).status_code == 403
    assert not ExportRun.objects.exists()


def test_somebody_elses_file_is_not_there(floor, liang, fang, client_of):
    address = client_of(liang).post(reverse("insights_export"), {"of": "board"})["Location"]
    assert client_of(fang).get(address).status_code == 404


def test_a_table_that_does_not_exist_is_not_there(liang, client_of):
    assert client_of(liang).post(reverse("insights_export"), {"of": "salaries"}).status_code == 404
