"""Custom fields in lists: as conditions, as columns, in exports; and never for a role that does not see them."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from genjin.core.fields import reading
from genjin.core.fields.services import retire_field
from genjin.core.search import services as search
from genjin.core.transfer.models import ExportRun
from genjin.customers import conditions, custom_columns, filters, listing
from genjin.customers.bulk import runs
from genjin.customers.exporting.reading import CustomerExporter
from genjin.customers.forms.bulk import FillManyForm
from genjin.customers.models import Customer
from genjin.customers.services.identity import ContactFile, create_customer, save_contact_person
from genjin.customers.tests.conftest import carried_out
from genjin.customers.tests.described import VALUES, define

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields(qian, at):
    return {field.code: field for field in define(qian, at)}


@pytest.fixture
def stock(fields, lin, liang, zhou, at):
    """甲 has everything, 乙 other values, 丙 nothing."""
    other = {
        "yuangongrenshu": 5, "xianyongpinpai": "yongyou", "hetongdaoqiri": "2027-03-01",
        "guanxin": ["jiage", "shouhou"], "nianyusuan": "900.00", "gongzhonghao": "老王", "jieshaoren": zhou.pk,
        "qianguo": True, "beiyongdianhua": "02588887777",
    }  # fmt: skip
    values = {"甲": VALUES | {"jieshaoren": lin.pk}, "乙": other, "丙": {}}
    for name, custom in values.items():
        row = create_customer(fields={"name": name}, owner=lin, by=lin, at=at)
        Customer.objects.filter(pk=row.pk).update(custom=custom or None)


def names(where, person, today):
    asked = filters.read(QueryDict(f"where={where}"), person)
    assert asked.left_out == ()
    assert all("%" not in conditions.in_words(each, person) for each in asked.conditions())
    return "".join(sorted(row.name for row in filters.narrowed(Customer.objects.all(), asked, person=0, today=today)))


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("custom_yuangongrenshu:min:5", "乙甲"),
        ("custom_yuangongrenshu:min:6", "甲"),
        ("custom_yuangongrenshu:max:39.5", "乙"),
        ("custom_yuangongrenshu:is:40", "甲"),
        ("custom_yuangongrenshu:between:100,6", "甲"),
        ("custom_yuangongrenshu:empty", "丙"),
        ("custom_yuangongrenshu:filled", "乙甲"),
        ("custom_nianyusuan:min:1000", "甲"),
        ("custom_nianyusuan:is:12800", "甲"),
        ("custom_nianyusuan:max:900.5", "乙"),
        ("custom_hetongdaoqiri:before:2027-01-01", "甲"),
        ("custom_hetongdaoqiri:after:2026-12-31", "乙"),
        ("custom_hetongdaoqiri:next:60", "甲"),
        ("custom_hetongdaoqiri:last:60", ""),
        ("custom_hetongdaoqiri:between:2026-12-31,", "乙甲"),
        ("custom_hetongdaoqiri:is:2026-12-31", "甲"),
        ("custom_xianyongpinpai:is:jindie", "甲"),
        ("custom_xianyongpinpai:not:jindie", "丙乙"),
        ("custom_xianyongpinpai:empty", "丙"),
        ("custom_guanxin:is:jiage", "乙"),
        ("custom_guanxin:is:jiage,shouhou", "乙甲"),
        ("custom_guanxin:every:jiage,shouhou", "乙"),
        ("custom_guanxin:not:jiage", "丙甲"),
        ("custom_guanxin:filled", "乙甲"),
        ("custom_gongzhonghao:has:装饰", "甲"),
        ("custom_gongzhonghao:begins:老", "乙"),
        ("custom_gongzhonghao:is:老王", "乙"),
        ("custom_gongzhonghao:not:老王", "丙甲"),
        ("custom_beiyongdianhua:is:139 0000 1111", "甲"),
        ("custom_beiyongdianhua:begins:025", "乙"),
        ("custom_qianguo:yes", "乙"),
        ("custom_qianguo:no", "甲"),
        ("custom_qianguo:empty", "丙"),
        ("custom_jieshaoren:filled", "乙甲"),
        ("any(custom_qianguo:yes;custom_yuangongrenshu:is:40)", "乙甲"),
    ],
)
def test_every_kind_can_be_asked(stock, liang, today, where, found):
    assert names(where, liang, today) == found


def test_a_colleague_is_asked_by_key(stock, lin, liang, zhou, today):
    assert names(f"custom_jieshaoren:is:{zhou.pk}", liang, today) == "乙"
    assert names(f"custom_jieshaoren:not:{zhou.pk}", liang, today) == "丙甲"
    asked = filters.read(QueryDict("where=custom_jieshaoren:is:me"), lin)
    assert [row.name for row in filters.narrowed(Customer.objects.all(), asked, person=lin.pk, today=today)] == ["甲"]


@pytest.mark.parametrize(
    "where",
    [
        "custom_nothing:is:1", "custom_yuangongrenshu:min:x", "custom_yuangongrenshu:has:1", "custom_qianguo:yes:1",
        "custom_xianyongpinpai:is:sap", "custom_hetongdaoqiri:is:2026-02-30", "custom_yuangongrenshu:min:1e5",
        "custom_guanxin:is:%22", "custom_gongzhonghao:is:", "custom_:is:1",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out(stock, liang, where):
    asked = filters.read(QueryDict(f"where={where}"), liang)
    assert asked.left_out
    assert not asked.where


def test_who_does_not_see_a_field_cannot_ask_for_it(stock, client_of, lin, liang):
    where = "where=custom_nianyusuan:min:1000"
    assert not filters.read(QueryDict(where), lin).where
    assert filters.read(QueryDict(where), liang).where
    page = client_of(lin).get(f"{reverse('customers')}?{where}").content.decode()
    assert "乙" in page
    assert "年预算" not in page
    fields_of_lin = client_of(lin).get(reverse("customer_conditions")).content.decode()
    assert "员工人数" in fields_of_lin
    assert "年预算" not in fields_of_lin
    assert client_of(lin).get(reverse("customer_condition") + "?field=custom_nianyusuan").status_code == 404
    assert client_of(liang).get(reverse("customer_condition") + "?field=custom_nianyusuan").status_code == 200


def test_a_condition_is_added_on_its_form(stock, client_of, liang, fields):
    for code, choices in (("xianyongpinpai", "金蝶"), ("jieshaoren", "林小满"), ("yuangongrenshu", "step")):
        form = client_of(liang).get(reverse("customer_condition") + f"?field=custom_{code}&list=view%3Dteam")
        assert choices in form.content.decode()
    sent = "?field=custom_yuangongrenshu&list=view%3Dteam&operator=min&min=39.5&add=1"
    answer = client_of(liang).get(reverse("customer_condition") + sent)
    assert "where=custom_yuangongrenshu:min:39.5" in answer["Location"]
    page = client_of(liang).get(answer["Location"]).content.decode()
    assert "甲" in page
    assert "员工人数" in page


def test_a_retired_field_is_no_longer_offered_and_a_kept_condition_holds(
    stock, client_of, liang, fields, qian, at, today
):
    retire_field(field=fields["xianyongpinpai"], by=qian, at=at)
    assert "现用品牌" not in client_of(liang).get(reverse("customer_conditions")).content.decode()
    assert names("custom_xianyongpinpai:is:jindie", liang, today) == "甲"


def test_columns_show_what_ones_role_sees(stock, client_of, lin, liang):
    columns = "name,custom_yuangongrenshu,custom_nianyusuan,custom_jieshaoren,custom_guanxin,custom_hetongdaoqiri"
    address = f"{reverse('customers')}?view=all&columns={columns}"
    seen = client_of(liang).get(address).content.decode()
    assert "¥12,800" in seen
    assert "2027-03-01" in seen
    assert "价格、售后" in seen
    assert "林小满" in seen
    assert "12,800" not in client_of(lin).get(address).content.decode()
    assert "年预算" not in client_of(lin).get(reverse("list_columns")).content.decode()
    assert "年预算" in client_of(liang).get(reverse("list_columns")).content.decode()


def test_chosen_columns_stay(stock, client_of, lin):
    browser = client_of(lin)
    browser.post(reverse("list_columns"), {"list": "view=mine", "column": ["name", "custom_yuangongrenshu"]})
    assert ">40<" in browser.get(reverse("customers") + "?view=mine").content.decode()


def test_a_list_without_custom_fields_asks_for_none(stock, client_of, lin, monkeypatch):
    reading.ask_again()
    monkeypatch.setattr(reading, "know", lambda _rows: pytest.fail("asked for the fields"))
    assert client_of(lin).get(reverse("customers")).status_code == 200


def test_a_page_of_rows_asks_once_whoever_they_name(stock, client_of, liang, django_assert_max_num_queries):
    browser, address = client_of(liang), reverse("customers") + "?view=all&columns=name"
    browser.get(address)
    with django_assert_max_num_queries(60) as plain:
        browser.get(address)
    with django_assert_max_num_queries(len(plain) + 2):
        browser.get(f"{address},custom_jieshaoren,custom_yuangongrenshu")


def test_the_file_has_what_ones_role_sees(stock, lin, liang, at):
    def exported(person, **options):
        run = ExportRun(kind="customer", by=person, made_at=at, query="view=all", options=options)
        exporter = CustomerExporter(run)
        rows = {row[exporter.header.index("客户名称")]: row for row in map(list, exporter.rows(list(exporter.keys())))}
        return exporter.header, rows

    header, rows = exported(liang, columns="whole")
    told = dict(zip(header, rows["甲"], strict=True))
    assert (told["员工人数"], told["年预算"], told["合同到期日"]) == ("40", "12800.00", "2026-12-31")
    assert (told["介绍人"], told["签过"], told["关心"], told["备用电话"]) == ("lin", "否", "售后", "13900001111")
    assert dict(zip(header, rows["丙"], strict=True))["员工人数"] in ("", None)
    assert "年预算" not in exported(lin, columns="whole")[0]


def test_people_there_are_asked_by_their_own_fields(fields, owned, lin, liang, qian, at, today):
    define(qian, at, subject="contact_person")
    one, _other = owned(lin, "甲"), owned(lin, "乙")
    file = ContactFile({"name": "王总"}, custom={"gongzhonghao": "老王", "xianyongpinpai": "jindie"})
    save_contact_person(customer=one, contact=file, by=lin, at=at)
    assert names("contact_custom_gongzhonghao:has:王", lin, today) == "甲"
    assert names("contact_custom_gongzhonghao:empty", lin, today) == "乙"
    assert names("contact_custom_xianyongpinpai:not:jindie", lin, today) == "乙"
    assert filters.read(QueryDict("where=contact_custom_nianyusuan:min:1"), lin).left_out


def test_a_phone_in_a_pool_cannot_be_guessed(fields, pooled, east_one, lin, liang, today):
    pooled(east_one, custom={"beiyongdianhua": "13900001111"})
    assert names("custom_beiyongdianhua:begins:1390", lin, today) == ""
    assert names("custom_beiyongdianhua:filled", lin, today) != ""
    rows = listing.read("pool=any&columns=name,custom_beiyongdianhua", lin)
    assert [column.name for column in rows.columns()] == ["name", "custom_beiyongdianhua"]


def test_a_pools_list_masks_the_phone(fields, client_of, pooled, east_one, lin):
    pooled(east_one, custom={"beiyongdianhua": "13900001111"})
    page = client_of(lin).get(reverse("pool") + "?columns=name,custom_beiyongdianhua").content.decode()
    assert "139****1111" in page
    assert "13900001111" not in page.replace(" ", "")


def test_every_kind_has_a_column(fields, lin):
    assert [column.num for column in custom_columns.custom_columns(lin)].count(True) == 1
    assert custom_columns.column_named("custom_nothing", lin) is None


def test_many_are_filled_at_once_and_given_back(stock, in_bulk, liang, at):
    rows = list(Customer.objects.order_by("pk"))
    before = [row.custom for row in rows]
    run = in_bulk("fill", rows, by=liang, fields={}, custom={"qianguo": False, "gongzhonghao": "一起改的"})
    assert [row.custom["gongzhonghao"] for row in Customer.objects.all()] == ["一起改的"] * 3
    assert search.check() == []
    carried_out(runs.start_undo(run=run, by=liang, at=at), at)
    assert [row.custom for row in Customer.objects.order_by("pk")] == before
    assert search.check() == []


def test_a_form_for_many_offers_what_ones_role_fills(stock, lin, liang):
    assert "custom_nianyusuan" not in FillManyForm(actor=lin).fields
    form = FillManyForm({"custom_qianguo": "no"}, actor=liang)
    assert form.is_valid(), form.errors
    assert form.options() == {"fields": {}, "custom": {"qianguo": False}}
    assert not FillManyForm({}, actor=liang).is_valid()
