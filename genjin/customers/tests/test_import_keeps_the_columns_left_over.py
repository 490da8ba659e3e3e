"""What no field takes need not be lost: one tick keeps all such columns among the remarks."""

import pytest
from django.urls import reverse

from genjin.customers.models import Customer
from genjin.customers.tests.importing import receive

pytestmark = pytest.mark.django_db

TEXT = "公司,成立年份,营收,空的\n怡美,1996,1100.04,\n恒丰,,251,\n"


def test_filled_columns_that_go_nowhere_are_kept_with_their_titles(
    client_of, liang, at, django_capture_on_commit_callbacks
):
    run = receive(liang, at, TEXT)
    client, address = client_of(liang), reverse("import_columns", args=[run.pk])
    assert "没导入的 2 列也别丢" in client.get(address).content.decode()
    answers = {f"column-{place}": run.mapping[title] for place, title in enumerate(run.header)}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {**answers, "keep_rest": "1", "pool": liang.unit.pool.pk})
    run.refresh_from_db()
    assert [title for title, field in run.mapping.items() if not field] == ["空的"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_start", args=[run.pk]))
    assert set(Customer.objects.values_list("remarks", flat=True)) == {"成立年份：1996\n营收：1100.04", "营收：251"}


def test_a_list_of_contact_people_has_no_such_choice(client_of, liang, at):
    run = receive(liang, at, "姓名,公司,生日\n周建国,怡美,1月\n", kind="contact")
    assert "keep_rest" not in client_of(liang).get(reverse("import_columns", args=[run.pk])).content.decode()


def test_persons_are_proposed_where_names_come_in_parts(client_of, liang, at):
    run = receive(liang, at, "surname,given_name\nwaller,lachlan\n")
    page = client_of(liang).get(reverse("import_columns", args=[run.pk])).content.decode()
    assert 'value="person" checked' in page
