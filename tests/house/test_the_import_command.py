"""`genjin import customers`: the same import as on the page, from a terminal."""

import pytest

from genjin.config import cli
from genjin.core.transfer.models import ImportRun
from genjin.customers.models import Customer
from genjin.followups.models import Touch

pytestmark = pytest.mark.django_db

TEXT = "公司,手机,销售\n怡美,13812345678,林小满\n恒丰,1381234,\n别名,13812345678,\n立达,,\n"


@pytest.fixture
def path(tmp_path, settings):
    settings.DATA = tmp_path / "kept"
    settings.DATA.mkdir()
    file = tmp_path / "名单.csv"
    file.write_text(TEXT, "gb18030")
    return str(file)


@pytest.fixture
def told(capsys):
    """Runs a line and answers its exit status and what was printed."""

    def tell(*line: str) -> tuple[int, str]:
        status = cli.run(["import", "customers", *line])
        return status, capsys.readouterr().out

    return tell


def test_a_dry_run_says_the_counts_and_keeps_nothing(told, path, liang, lin):
    status, said = told(path, "--as", "liang", "--dry-run")
    assert status == 0
    assert "共 4 行：新建 2，重复 1，有错 1" in said
    assert not Customer.objects.exists()
    assert not ImportRun.objects.exists()


def test_an_import_says_what_was_written(told, path, liang, lin, east_one):
    status, said = told(path, "--as", "liang", "--pool", "华东一组")
    assert status == 0
    assert "新建 2，重复 1，有错 1，共 4 行" in said
    assert list(Customer.objects.order_by("pk").values_list("name", "owner__sign_in", "pool__unit__name")) == [
        ("怡美", "lin", None),
        ("立达", None, "华东一组"),
    ]


def test_columns_and_the_owner_can_be_named(told, path, liang, lin, zhou):
    status, _said = told(path, "--as", "liang", "--map", "销售=", "--map", "手机=external_id", "--owner", "zhou")
    assert status == 0
    assert set(Customer.objects.values_list("owner__sign_in", "external_id")) == {
        ("zhou", "13812345678"),
        ("zhou", "1381234"),
        ("zhou", ""),
    }


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (["--map", "没有=name"], "文件里没有“没有”这一列"),
        (["--pool", "没有"], "这个公海不在你管的范围里"),
        (["--owner", "nobody"], "没有叫“nobody”的同事"),
        (["--as", "nobody"], "没有叫“nobody”的同事"),
    ],
)
def test_what_names_nothing_is_refused_and_nothing_is_kept(told, path, liang, lin, qian, line, sentence):
    status, said = told(path, *line)
    assert (status, sentence in said) == (1, True)
    assert not ImportRun.objects.exists()


def test_a_seller_may_not_import(told, path, lin):
    status, _said = told(path, "--as", "lin")
    assert status == 1


def test_an_import_can_be_undone_from_the_terminal(told, path, capsys, liang, lin, east_one):
    told(path, "--as", "liang", "--pool", "华东一组")
    run = ImportRun.objects.get()
    line = ["import", "--undo", str(run.pk), "--as", "liang"]
    assert cli.run([*line, "--dry-run"]) == 0
    assert "删除 2，恢复原样 0，保留 0" in capsys.readouterr().out
    assert Customer.objects.count() == 2
    assert cli.run(line) == 0
    assert "删除 2，恢复原样 0，保留 0" in capsys.readouterr().out
    assert not Customer.objects.exists()
    assert cli.run(line) == 1


def test_a_line_without_a_file_says_what_is_missing(capsys, liang):
    assert cli.run(["import"]) == 1
    assert "genjin import customers" in capsys.readouterr().out


def test_contacts_made_before_are_imported_and_the_backlog_is_said(told, path, tmp_path, liang, lin, capsys):
    customers = tmp_path / "客户.csv"
    customers.write_text("公司,负责人,类别\n怡美,lin,4\n", "utf-8")
    told(str(customers), "--as", "liang")
    file = tmp_path / "联系记录.csv"
    file.write_text("公司,联系时间,跟进人,内容\n怡美,2026-03-02 10:00,王强,要样册\n没有,2026-03-02,王强,x\n", "utf-8")
    status = cli.run(["import", "contacts", str(file), "--as", "liang", "--blank", "noted"])
    assert status == 0
    assert "林小满：1 位逾期，每天最多 40 位，1 个工作日排完" in capsys.readouterr().out
    touch = Touch.objects.get()
    assert (touch.author_words, touch.is_effective, touch.customer.name) == ("王强", True, "怡美")
    assert touch.customer.planned_on is not None
