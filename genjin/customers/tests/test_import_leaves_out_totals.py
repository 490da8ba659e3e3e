"""Rows that only sum up are left out with the reason, counted, and the counts still add up to the file's rows."""

import pytest
from django.urls import reverse

from genjin.customers.models import Customer
from genjin.customers.tests.importing import checked, counts, imported, reasons

pytestmark = pytest.mark.django_db

TEXT = "客户,电话,负责人,成交额\n甲,13812345678,lin,100\n小计,,,100\n乙,13812345679,lin,50\n合计：,,,150\n"


def test_totals_are_skipped_with_the_reason(liang, lin, at):
    run = imported(liang, at, TEXT)
    assert counts(run) == (4, 2, 2, 0)
    assert reasons(run) == {3: ("", "row_is_total"), 5: ("", "row_is_total")}
    assert set(Customer.objects.values_list("name", flat=True)) == {"甲", "乙"}


def test_the_preview_counts_them_apart_from_duplicates(client_of, liang, lin, at):
    run = checked(liang, at, TEXT + "别名,13812345678,lin,\n")
    assert (run.preview["counts"]["skip"], run.preview["counts"]["totals"]) == (3, 2)
    page = client_of(liang).get(reverse("import_run", args=[run.pk]) + "?show=skips").content.decode()
    assert "<dt>合计行，不导</dt><dd>2</dd>" in page
    assert "是上面几行的合计，不是客户" in page
