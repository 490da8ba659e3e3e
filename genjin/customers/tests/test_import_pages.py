"""The import as a manager walks through it in the browser, with and without htmx."""

import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from genjin.core.transfer import files
from genjin.core.transfer.models import ImportRun
from genjin.customers.models import Customer
from genjin.customers.tests.importing import checked, imported

pytestmark = pytest.mark.django_db

TEXT = "公司名称,手机,负责人,下次联系\n怡美,13812345678,林小满,2026-11-27\n恒丰,1381234,,\n别名,13812345678,,\n"


def upload(client, content: bytes, name: str = "名单.csv"):
    return client.post(reverse("import_customers"), {"file": SimpleUploadedFile(name, content)})


def test_from_the_file_to_the_new_customers(client_of, liang, lin, django_capture_on_commit_callbacks):
    client = client_of(liang)
    assert "导入客户" in client.get(reverse("import_customers")).content.decode()

    sent = upload(client, TEXT.encode("gb18030"))
    run = ImportRun.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, reverse("import_columns", args=[run.pk]))
    page = client.get(sent["Location"]).content.decode()
    assert "怡美；恒丰" in page
    assert "138****5678" in page
    assert "13812345678" not in page

    answers = {"column-0": "name", "column-1": "phones", "column-2": "owner", "column-3": "", "kind": "org"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(sent["Location"], {**answers, "give_to": "column", "pool": liang.unit.pool.pk})
    run.refresh_from_db()
    assert (run.state, run.preview["counts"]) == (
        "checked",
        {"rows": 3, "create": 1, "change": 0, "same": 0, "skip": 1, "error": 1},
    )
    assert run.mapping["下次联系"] == ""
    preview = client.get(reverse("import_run", args=[run.pk])).content.decode()
    assert "手机" in preview
    assert not Customer.objects.exists()
    skips = client.get(reverse("import_run", args=[run.pk]), {"show": "skips"}).content.decode()
    assert "别名" in skips

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_start", args=[run.pk]))
    made = Customer.objects.get()
    assert (made.name, made.owner, made.planned_on) == ("怡美", lin, None)
    result = client.get(reverse("import_run", args=[run.pk])).content.decode()
    assert f"/customers/?import={run.pk}" in result


def test_updated_customers_are_listed_by_their_import(client_of, liang, lin, at):
    first = imported(liang, at, "客户,编号,负责人\n怡美,K-1,lin\n朗悦,K-2,lin\n")
    text = "客户,编号,负责人,城市\n怡美,K-1,lin,常州\n新来的,K-3,lin,苏州\n"
    second = imported(liang, at, text, mode="update", key="external_id")
    assert (second.created, second.updated) == (1, 1)
    client = client_of(liang)
    address = f"/customers/?where=import_updated:is:{second.pk}"
    assert address in client.get(reverse("import_run", args=[second.pk])).content.decode()
    listed = client.get(address).content.decode()
    assert "怡美" in listed
    assert "朗悦" not in listed
    assert "新来的" not in listed
    of_first = client.get(reverse("import_run", args=[first.pk])).content.decode()
    assert "where=import_updated" not in of_first


def test_at_the_preview_the_excess_can_be_sent_to_the_pool(
    client_of, liang, lin, east_one, at, django_capture_on_commit_callbacks
):
    run = checked(liang, at, "客户,负责人\n" + "".join(f"客户{n},lin\n" for n in range(115)))
    client, address = client_of(liang), reverse("import_run", args=[run.pk])
    assert 'name="excess_to_pool"' in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_start", args=[run.pk]), {"excess_to_pool": "1"})
    assert Customer.objects.owned_by(lin).count() == 112
    assert Customer.objects.filter(pool=east_one.pool).count() == 3


def test_the_same_columns_are_proposed_as_last_time(client_of, liang, lin, at, clock):
    imported(liang, at, TEXT, mapping={"下次联系": ""})
    upload(client_of(liang), TEXT.encode())
    run = ImportRun.objects.latest("pk")
    assert run.mapping["下次联系"] == ""
    assert run.options["columns"][3]["how"] == {"code": "column_as_last_time"}


@pytest.mark.parametrize("content", [b"", "名称,电话\n".encode(), b"%PDF-1.7\n", bytes(range(128, 256)) * 9])
def test_a_file_that_cannot_be_read_is_refused_in_place(client_of, liang, settings, tmp_path, content):
    settings.DATA = tmp_path
    answer = upload(client_of(liang), content)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not ImportRun.objects.exists()
    assert list((tmp_path / "imports").iterdir()) == []


def test_no_file_is_refused_in_place(client_of, liang):
    assert client_of(liang).post(reverse("import_customers")).status_code == 422


def test_two_columns_for_one_field_are_refused_and_nothing_chosen_is_lost(client_of, liang, lin):
    client = client_of(liang)
    address = upload(client, TEXT.encode())["Location"]
    answer = client.post(address, {"column-0": "name", "column-1": "name", "column-2": "city", "give_to": "pool"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<option value="city" selected>' in page
    assert ImportRun.objects.get().state == "mapping"


def test_a_stranger_gets_404_and_a_seller_403(client_of, liang, fang, lin, at):
    run = checked(liang, at, TEXT)
    for name in ("import_run", "import_columns", "import_problems"):
        assert client_of(fang).get(reverse(name, args=[run.pk])).status_code == 404
        assert client_of(lin).get(reverse(name, args=[run.pk])).status_code == 403
    for name in ("import_start", "import_stop", "import_discard"):
        assert client_of(fang).post(reverse(name, args=[run.pk])).status_code == 404
        assert client_of(lin).post(reverse(name, args=[run.pk])).status_code == 403
    assert client_of(lin).get(reverse("import_customers")).status_code == 403


def test_the_owner_sees_everybodys_imports(client_of, liang, lin, qian, at):
    run = checked(liang, at, TEXT)
    assert client_of(qian).get(reverse("import_run", args=[run.pk])).status_code == 200


def test_progress_is_a_fragment_that_ends_with_the_whole_page(client_of, liang, lin, at):
    run = checked(liang, at, TEXT)
    client = client_of(liang)
    address = reverse("import_run", args=[run.pk])
    ImportRun.objects.update(state="running", started_at=at, done=1)
    page = client.get(address).content.decode()
    assert 'http-equiv="refresh"' in page
    fragment = client.get(address, {"watched": "running"}, headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<section id="import_progress"')
    ImportRun.objects.update(state="done")
    ended = client.get(address, {"watched": "running"}, headers={"HX-Request": "true"})
    assert (ended.status_code, ended["HX-Refresh"]) == (204, "true")


def test_a_stopped_import_says_so_and_can_be_carried_on(client_of, liang, lin, at, django_capture_on_commit_callbacks):
    run = checked(liang, at, TEXT)
    client = client_of(liang)
    ImportRun.objects.update(state="running", started_at=at)
    client.post(reverse("import_stop", args=[run.pk]))
    run.refresh_from_db()
    assert (run.state, json.loads(run.message)) == ("failed", {"code": "import_stopped", "by": "梁静"})
    assert "梁静" in client.get(reverse("import_run", args=[run.pk])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_start", args=[run.pk]))
    run.refresh_from_db()
    assert (run.state, run.created) == ("done", 1)


def test_a_file_can_be_thrown_away_until_it_is_imported(client_of, liang, lin, at):
    run = checked(liang, at, TEXT)
    client_of(liang).post(reverse("import_discard", args=[run.pk]))
    assert not ImportRun.objects.exists()
    done = imported(liang, at, TEXT)
    assert client_of(liang).post(reverse("import_discard", args=[done.pk])).status_code == 422
    assert ImportRun.objects.get() == done


def test_files_are_not_kept_for_good(liang, lin, at, settings, tmp_path):
    settings.DATA = tmp_path
    abandoned, ended = checked(liang, at, TEXT), imported(liang, at, TEXT)
    kept = tmp_path / "imports"
    ImportRun.objects.filter(pk=ended.pk).update(ended_at=at)
    files.forget_files(at=at + timedelta(days=6))
    assert len(list(kept.iterdir())) == 2
    files.forget_files(at=at + timedelta(days=8))
    assert [file.name for file in kept.iterdir()] == [ended.file_path]
    assert not ImportRun.objects.filter(pk=abandoned.pk).exists()
    files.forget_files(at=at + timedelta(days=31))
    assert list(kept.iterdir()) == []
    assert ended.problems.count() == 2


def test_the_left_out_rows_come_back_with_their_reasons_and_without_formulas(client_of, liang, at):
    run = imported(liang, at, '客户,电话,备注\n=1+1,123,"+cmd|calc"\n@x,+86 138 1234,-5\n')
    answer = client_of(liang).get(reverse("import_problems", args=[run.pk]))
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0].startswith("\ufeff客户,电话,备注,")
    assert lines[1].startswith("'=1+1,123,'+cmd|calc,2,电话,")
    assert lines[2].startswith("'@x,'+86 138 1234,'-5,3,电话,")


def test_the_template_can_be_filled_and_imported(client_of, liang, lin, at):
    client = client_of(liang)
    content = client.get(reverse("import_template")).content
    sheet, words = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert upload(client, content, "模板.xlsx").status_code == 303
    run = ImportRun.objects.get()
    assert all(run.mapping.values())
    assert run.rows == 1
    assert sheet != words
