"""Contacts made before on the pages of the import, from the file to the timeline, and back."""

import pytest
from django.urls import reverse

from genjin.core.search.queries import parse
from genjin.core.transfer import runs, undoing
from genjin.core.transfer.models import ImportRun
from genjin.customers.models import Customer
from genjin.customers.tests.importing import imported as customers_imported
from genjin.followups import search
from genjin.followups.models import Touch
from genjin.followups.tests.importing import checked, imported

pytestmark = pytest.mark.django_db

TEXT = (
    "客户,联系时间,跟进人,结果,内容\n怡美,2026-03-02 14:30,王强,,要样册\n怡美,2026-06-01,lin,未接,\n"
    "没有,2026-03-02,lin,,x\n"
)


@pytest.fixture
def yimei(liang, lin, at) -> Customer:
    customers_imported(liang, at, "客户,负责人,类别\n怡美,lin,4\n")
    return Customer.objects.get()


def page(client, name: str, *args) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_file_to_the_timeline(client_of, liang, yimei, at):
    client = client_of(liang)
    assert 'value="touch"' in page(client, "import_customers")
    sent = client.post(reverse("import_customers"), {"text": TEXT.replace(",", "\t"), "holds": "touch"})
    run = ImportRun.objects.get(kind="touch")
    assert sent["Location"] == reverse("import_columns", args=[run.pk])
    said = page(client, "import_columns", run.pk)
    assert "文件没写是否有效的联系" in said
    assert "新客户归谁" not in said
    columns = {f"column-{n}": run.mapping[title] for n, title in enumerate(run.header)}
    client.post(sent["Location"], {**columns, "blank": "noted"})
    run.refresh_from_db()
    runs.check(run, at=at)
    said = page(client, "import_run", run.pk)
    for words in ("没有叫王强的同事", "因此逾期", "每天最多 40 位", "1 个工作日排完", "没有叫“没有”的客户"):
        assert words in said
    assert "要样册" in client.get(reverse("import_run", args=[run.pk]) + "?show=new").content.decode()
    client.post(reverse("import_start", args=[run.pk]))
    run.refresh_from_db()
    runs.carry_out(run, at=at)
    assert "1 个客户的 2 条联系记录" in page(client, "import_run", run.pk)
    said = page(client, "customer", yimei.pk)
    for words in ("王强", "要样册", "导入", "14:30"):
        assert words in said
    assert "correct" not in said


def test_how_blank_ones_count_can_be_changed_at_the_preview(client_of, liang, yimei, at):
    run = checked(liang, at, TEXT)
    client = client_of(liang)
    assert "改成写了内容的算有效" in page(client, "import_run", run.pk)
    client.post(reverse("import_answers", args=[run.pk]), {"blank": "noted"})
    run.refresh_from_db()
    runs.check(run, at=at)
    run.refresh_from_db()
    assert (run.options["blank"], run.preview["effective"]) == ("noted", 1)
    assert "改成都算无效" in page(client, "import_run", run.pk)


def test_the_page_undoes_them(client_of, liang, yimei, at):
    run = imported(liang, at, TEXT)
    client = client_of(liang)
    said = page(client, "import_undo", run.pk)
    assert "导入的联系记录拿掉" in said
    client.post(reverse("import_undo", args=[run.pk]), {"remove": "0", "restore": "1", "keep": "0"})
    run.refresh_from_db()
    undoing.carry_out_undo(run, at=at)
    assert "导入里提到的客户" in page(client, "import_run", run.pk)
    assert not Touch.objects.exists()


def test_another_managers_import_is_not_there_and_a_seller_may_not(client_of, liang, fang, lin, yimei, at):
    run = imported(liang, at, TEXT)
    assert client_of(fang).get(reverse("import_run", args=[run.pk])).status_code == 404
    assert client_of(lin).get(reverse("import_run", args=[run.pk])).status_code == 403
    assert client_of(lin).post(reverse("import_customers"), {"text": TEXT, "holds": "touch"}).status_code == 403


def test_an_imported_note_is_not_offered_for_correction(client_of, lin, liang, yimei, at):
    imported(liang, at, TEXT)
    touch = Touch.objects.get(author=lin)
    answer = client_of(lin).get(reverse("touch_correct", args=[touch.pk]))
    assert (answer.status_code, "不能改" in answer.content.decode()) == (403, True)


def test_words_of_an_imported_contact_are_found_with_its_author(liang, lin, yimei, at, today):
    imported(liang, at, TEXT)
    found = search.answer(lin, parse("样册"), 10, 0, today)
    assert [(row.label, row.author, row.words[1]) for row in found.rows] == [("怡美", "王强", "样册")]
