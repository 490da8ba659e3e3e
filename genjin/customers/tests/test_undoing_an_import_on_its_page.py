"""Undoing an import as a manager does it in the browser."""

import pytest
from django.urls import reverse

from genjin.customers.models import Customer
from genjin.customers.services.ownership import assign_customer
from genjin.customers.tests.importing import checked, imported

pytestmark = pytest.mark.django_db

TEXT = "客户,电话,负责人\n怡美,13812345678,lin\n恒丰,13812345679,lin\n别名,13812345678,lin\n"


def test_from_the_result_to_the_empty_list(client_of, liang, lin, zhou, at, django_capture_on_commit_callbacks):
    run = imported(liang, at, TEXT)
    assign_customer(customer=Customer.objects.get(name="恒丰"), to=zhou, by=liang, at=at)
    client, address = client_of(liang), reverse("import_undo", args=[run.pk])
    assert address in client.get(reverse("import_run", args=[run.pk])).content.decode()

    asked = client.get(address).content.decode()
    assert "恒丰" in asked
    assert "怡美" not in asked
    assert Customer.objects.count() == 2

    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(address)
    assert sent["Location"] == reverse("import_run", args=[run.pk])
    assert list(Customer.objects.values_list("name", flat=True)) == ["恒丰"]
    page = client.get(sent["Location"]).content.decode()
    assert "梁静" in page
    assert "恒丰" in page
    assert f"/customers/?import={run.pk}" in page
    assert client.get(address)["Location"] == sent["Location"]


def test_what_has_nothing_to_undo_says_so(client_of, liang, lin, at):
    run = checked(liang, at, TEXT)
    assert client_of(liang).get(reverse("import_undo", args=[run.pk])).status_code == 422


def test_a_stranger_gets_404_and_a_seller_403(client_of, liang, lin, fang, at):
    run = imported(liang, at, TEXT)
    address = reverse("import_undo", args=[run.pk])
    for method in ("get", "post"):
        assert getattr(client_of(fang), method)(address).status_code == 404
        assert getattr(client_of(lin), method)(address).status_code == 403
    assert Customer.objects.count() == 2
