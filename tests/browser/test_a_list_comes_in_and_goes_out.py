"""A list is imported, mended and taken back, and exported, by hand in the browser."""

import csv
import io
from pathlib import Path

import pytest

from genjin.core.transfer import exports
from genjin.core.transfer.models import ExportRun, ImportRun
from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.customers.services.ownership import assign_customer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = (
    "公司,联系电话,业务员,等级评价,成交额\n"
    "常州怡美卫浴,13812345678,lin,老客户,100\n"
    "无锡朗悦搬家,1.38E+10,lin,,20\n"
    "扬州雅叙园酒楼,13812345680,老王,,30\n"
    "别名,13812345678,lin,,\n"
    "合计,,,,150\n"
)


def sent(desk, path: Path) -> None:
    desk.goto("/customers/import/")
    desk.locator("input[type=file]").set_input_files(path)
    desk.get_by_role("button", name="读文件").click()
    desk.get_by_role("heading", name="对列").wait_for()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_from_the_file_to_the_customers_and_back(page_of, liang, lin, zhou, at, tmp_path, phone):
    path = tmp_path / "名单.csv"
    path.write_text(ROWS, encoding="gb18030")
    desk = page_of(liang, phone=phone)
    sent(desk, path)
    desk.get_by_text("中文（GB18030）").first.wait_for()
    desk.get_by_label("等级评价 导入到").select_option("tags")
    desk.get_by_role("button", name="看预览").click()

    desk.get_by_role("heading", name="预览").wait_for()
    desk.get_by_text("合计行，不导").wait_for()
    desk.get_by_label("“老王”有 1 行，是谁？").select_option(label="周雨桐")
    desk.get_by_role("button", name="重新过一遍").click()
    desk.get_by_role("button", name="导入 2 行").click()

    desk.get_by_text("导完了：新建 2 个客户").wait_for()
    assert dict(Customer.objects.values_list("name", "owner")) == {"常州怡美卫浴": lin.pk, "扬州雅叙园酒楼": zhou.pk}
    assert Customer.objects.get(owner=lin).tags.get().name == "老客户"
    with desk.expect_download() as download:
        desk.get_by_role("link", name="下载这些行").click()
    left_out = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("gb18030"))))
    assert [row[0] for row in left_out] == ["公司", "无锡朗悦搬家", "别名", "合计"]
    assert "科学计数" in left_out[1][-1]

    assign_customer(customer=Customer.objects.get(owner=lin), to=zhou, by=liang, at=at)
    desk.get_by_role("link", name="撤销导入").click()
    desk.get_by_text("常州怡美卫浴").wait_for()
    desk.get_by_role("button", name="撤销导入").click()
    desk.get_by_text("撤销了这次导入").wait_for()
    assert list(Customer.objects.values_list("name", flat=True)) == ["常州怡美卫浴"]
    assert ImportRun.objects.get().state == "undone"


def test_a_mended_file_of_errors_comes_in(page_of, liang, lin, tmp_path):
    path = tmp_path / "errors.csv"
    path.write_text("公司,联系电话,业务员,行号,有错的列,原因\n无锡朗悦搬家,13812345679,lin,3,联系电话,号码坏了\n")
    desk = page_of(liang)
    sent(desk, path)
    desk.get_by_role("button", name="看预览").click()
    desk.get_by_role("button", name="导入 1 行").click()
    desk.get_by_text("导完了：新建 1 个客户").wait_for()
    assert Customer.objects.get().owner == lin


def test_a_file_that_is_none_is_refused_where_one_stands(page_of, liang, tmp_path):
    path = tmp_path / "客户.csv"
    path.write_bytes(b"%PDF-1.7\n" + b"\x00\xff" * 500)
    desk = page_of(liang)
    desk.goto("/customers/import/")
    desk.locator("input[type=file]").set_input_files(path)
    desk.get_by_role("button", name="读文件").click()
    desk.get_by_text("这不是表格").wait_for()
    assert not ImportRun.objects.exists()


@pytest.fixture
def two(lin, at):
    for name in ("常州怡美卫浴", "=HYPERLINK(1)"):
        create_customer(fields={"name": name}, owner=lin, by=lin, at=at)


def test_a_short_list_is_downloaded_at_once(page_of, liang, two):
    desk = page_of(liang)
    desk.goto("/customers/?view=team")
    desk.get_by_role("link", name="导出").click()
    desk.get_by_text("CSV").first.click()
    with desk.expect_download() as download:
        desk.get_by_role("button", name="导出").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert "常州怡美卫浴" in text
    assert "'=HYPERLINK(1)" in text
    assert download.value.suggested_filename.endswith(".csv")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_long_list_is_a_job_with_its_file_waiting(page_of, liang, two, monkeypatch, phone):
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    desk = page_of(liang, phone=phone)
    desk.goto("/customers/export/?view=team")
    desk.get_by_role("button", name="导出").click()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="下载").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    desk.get_by_role("link", name="我的导出").click()
    desk.get_by_role("cell", name="可下载").wait_for()
    assert ExportRun.objects.get().rows == 2
