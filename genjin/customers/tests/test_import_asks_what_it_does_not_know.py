"""Days of two meanings and owners nobody knows are asked at the preview; with the answer the file is read anew."""

from datetime import date

import pytest
from django.urls import reverse

from genjin.core.transfer.models import ImportRun
from genjin.customers.forms import people
from genjin.customers.models import Customer
from genjin.customers.tests.importing import checked, counts, imported, reasons

pytestmark = pytest.mark.django_db

DAYS = "客户,下次联系,负责人\n甲,03/12/2026,lin\n乙,01/12/2026,lin\n"


def test_a_column_that_nothing_settles_is_asked(client_of, liang, lin, at, django_capture_on_commit_callbacks):
    run = checked(liang, at, DAYS)
    assert run.preview["counts"]["error"] == 2
    assert reasons(run)[2] == ("下次联系", "date_ambiguous")
    client = client_of(liang)
    page = client.get(reverse("import_run", args=[run.pk])).content.decode()
    assert "日/月" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_answers", args=[run.pk]), {"days-0": "dmy"})
    run.refresh_from_db()
    assert (run.state, run.preview["counts"]["create"]) == ("checked", 2)
    assert run.preview["examples"][0]["planned_on"] == "2026-12-03"


def test_one_value_settles_it_for_all_and_that_is_said(client_of, liang, lin, at):
    run = imported(liang, at, DAYS + "丙,25/12/2026,lin\n")
    assert counts(run) == (3, 3, 0, 0)
    assert run.preview["days"][0]["settled_by"] == "25/12/2026"
    assert Customer.objects.get(name="乙").planned_on == date(2026, 12, 1)


def test_an_owner_nobody_knows_can_be_a_colleague_or_nobody(
    client_of, liang, lin, zhou, at, django_capture_on_commit_callbacks
):
    run = checked(liang, at, "客户,负责人\n甲,老王\n乙,小赵\n丙,lin\n")
    assert run.preview["unknown_owners"] == [["老王", 1, "owner_unknown"], ["小赵", 1, "owner_unknown"]]
    client = client_of(liang)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_answers", args=[run.pk]), {"owner-0": str(zhou.pk), "owner-all": "0"})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_start", args=[run.pk]))
    made = dict(Customer.objects.values_list("name", "owner"))
    assert made == {"甲": zhou.pk, "乙": None, "丙": lin.pk}


def test_an_answer_cannot_name_somebody_out_of_scope(client_of, liang, fang, at, django_capture_on_commit_callbacks):
    run = checked(liang, at, "客户,负责人\n甲,老王\n")
    with django_capture_on_commit_callbacks(execute=True):
        client_of(liang).post(reverse("import_answers", args=[run.pk]), {"owner-0": str(fang.pk)})
    run.refresh_from_db()
    assert run.options["owners"] == {}
    assert run.preview["counts"]["error"] == 1


def test_strangers_do_not_answer(client_of, liang, lin, fang, at):
    run = checked(liang, at, DAYS)
    assert client_of(fang).post(reverse("import_answers", args=[run.pk])).status_code == 404
    assert client_of(lin).post(reverse("import_answers", args=[run.pk])).status_code == 403
    assert ImportRun.objects.get().options.get("day_orders", {}) == {}


def test_where_colleagues_are_many_their_name_is_typed(
    client_of, liang, lin, zhou, at, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(people, "FEW", 1)
    run = checked(liang, at, "客户,负责人\n甲,老王\n乙,\n")
    client = client_of(liang)
    page = client.get(reverse("import_run", args=[run.pk])).content.decode()
    assert 'name="owner-name-0"' in page
    assert f'value="{zhou.pk}"' not in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_answers", args=[run.pk]), {"owner-name-0": "无此人"})
    assert ImportRun.objects.get().preview["counts"]["error"] == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_answers", args=[run.pk]), {"owner-name-0": zhou.name})
    assert ImportRun.objects.get().options["owners"] == {"老王": zhou.pk}
    answers = {"column-0": "name", "column-1": "owner", "give_to": "person", "owner_name": lin.sign_in}
    assert 'name="owner_name"' in client.get(reverse("import_columns", args=[run.pk])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_columns", args=[run.pk]), answers)
    assert ImportRun.objects.get().options["owner"] == lin.pk


def many(count: int) -> str:
    return "客户,负责人\n" + "".join(f"客户{place},某人{place}\n" for place in range(count)) + "最后,韩越\n"


def test_however_many_owners_nobody_knows_each_can_be_answered(
    client_of, liang, lin, zhou, han, at, django_capture_on_commit_callbacks
):
    run = checked(liang, at, many(60))
    client, address = client_of(liang), reverse("import_owners", args=[run.pk])
    assert address in client.get(reverse("import_run", args=[run.pk])).content.decode()
    page = client.get(address).content.decode()
    assert all(f"某人{place}<" in page for place in range(60))
    assert page.index("已离职") > page.index("某人59<")

    unknown = {name: place for place, (name, *_more) in enumerate(run.preview["unknown_owners"])}
    answers = {f"owner-name-{unknown['某人59']}": "周雨桐", f"owner-{unknown['某人58']}": "0"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {**answers, "owner-all-name": "lin"})
    run.refresh_from_db()
    assert run.preview["counts"]["create"] == 61
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_start", args=[run.pk]))
    owners = dict(Customer.objects.values_list("name", "owner"))
    assert (owners["客户59"], owners["客户58"], owners["客户0"], owners["最后"]) == (zhou.pk, None, lin.pk, lin.pk)


def test_a_name_typed_wrong_is_said_beside_it_and_nothing_typed_is_lost(client_of, liang, lin, at):
    run = checked(liang, at, many(9))
    client, address = client_of(liang), reverse("import_owners", args=[run.pk])
    refused = client.post(address, {"owner-name-0": "无此人", "owner-name-1": "lin", "owner-2": "0"})
    assert refused.status_code == 422
    assert 'value="无此人"' in refused.content.decode()
    assert 'value="lin"' in refused.content.decode()
    run.refresh_from_db()
    assert (run.state, run.options.get("owners", {})) == ("checked", {})


def test_a_name_can_be_left_out_while_the_rest_is_nobodys(client_of, liang, at, django_capture_on_commit_callbacks):
    run = checked(liang, at, "客户,负责人\n甲,老王\n乙,小赵\n")
    client = client_of(liang)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_answers", args=[run.pk]), {"owner-0": "-1", "owner-all": "0"})
    run.refresh_from_db()
    assert (run.preview["counts"]["create"], run.preview["counts"]["error"]) == (1, 1)
    page = client.get(reverse("import_run", args=[run.pk])).content.decode()
    assert "重新问" in page
    assert "老王”有" not in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_answers", args=[run.pk]), {"forget": "1"})
    run.refresh_from_db()
    assert run.preview["counts"]["error"] == 2


def test_so_many_names_that_the_column_hardly_holds_owners_are_said(client_of, liang, at, monkeypatch):
    monkeypatch.setattr("genjin.customers.importing.tally.MOST_NAMES", 20)
    run = checked(liang, at, many(50))
    assert (len(run.preview["unknown_owners"]), run.preview["rows_of_more_owners"]) == (20, 31)
    assert client_of(liang).get(reverse("import_owners", args=[run.pk])).status_code == 200


def test_strangers_do_not_see_the_names(client_of, liang, lin, fang, at):
    address = reverse("import_owners", args=[checked(liang, at, many(9)).pk])
    for method in ("get", "post"):
        assert getattr(client_of(fang), method)(address).status_code == 404
        assert getattr(client_of(lin), method)(address).status_code == 403
