"""People, phones, names and columns as lists of all origins hold them."""

import pytest

from genjin.core.transfer.models import ImportRun
from genjin.customers.models import ContactPerson, Customer, Phone
from genjin.customers.tests.importing import checked, counts, imported, reasons, receive

pytestmark = pytest.mark.django_db


def people(name: str) -> list[tuple]:
    found = ContactPerson.objects.filter(customer__name=name).order_by("position")
    return [
        (one.name, one.title, one.wechat, one.email, one.is_key_person, [phone.number for phone in one.phones.all()])
        for one in found
    ]


def test_up_to_three_contact_people_stand_in_one_row(liang, at):
    imported(
        liang, at,
        "客户名称,联系人,职务,联系人手机,微信,邮箱,是否关键人,联系人2,联系人2职务,联系人2电话,第三联系人,第三联系人微信\n"
        "怡美,周先生,经理,13812345678,zhou,z@e.cn,是,吴女士,会计,13912345678/0519-88888888,郑工,zheng\n",
    )  # fmt: skip
    assert people("怡美") == [
        ("周先生", "经理", "zhou", "z@e.cn", True, ["13812345678"]),
        ("吴女士", "会计", "", "", False, ["13912345678", "051988888888"]),
        ("郑工", "", "zheng", "", False, []),
    ]


def test_a_phone_of_nobody_is_the_customers_and_an_email_of_nobody_gets_its_name(liang, at):
    imported(liang, at, "客户名称,联系人,联系人电话,邮箱\n怡美,,13812345678,\n恒丰,,,h@e.cn\n")
    assert [phone.contact_person for phone in Phone.objects.filter(customer__name="怡美")] == [None]
    assert people("怡美") == []
    assert people("恒丰") == [("恒丰", "", "", "h@e.cn", False, [])]


def test_a_phone_of_a_contact_person_makes_a_duplicate_too(liang, at):
    imported(liang, at, "客户名称,联系人,联系人电话\n怡美,周,13812345678\n")
    run = imported(liang, at, "客户名称,电话\n别名,13812345678\n")
    assert counts(run) == (1, 0, 1, 0)


@pytest.mark.parametrize(
    ("text", "name", "contact"),
    [
        ("First Name,Last Name,Phone\nAnna,Smith,13812345678\n", "Anna Smith", None),
        ("姓,名,手机\n单,雄信,13812345678\n", "单雄信", None),
        ("Company,First Name,Last Name\nAcme,Anna,Smith\n", "Acme", "Anna Smith"),
    ],
)
def test_a_name_in_two_parts_is_the_customers_or_the_contacts(liang, at, text, name, contact):
    imported(liang, at, text)
    made = Customer.objects.get()
    assert made.name == name
    assert [person.name for person in made.contact_people.all()] == ([contact] if contact else [])


def test_all_errors_of_a_row_are_named(liang, at):
    run = imported(liang, at, "客户,手机,负责人,下次联系,邮箱\n甲,1381234,无名氏,下周二,x\n")
    (problem,) = run.problems.all()
    assert (problem.column, problem.reason["code"]) == ("负责人", "row_has_several")
    assert [(one["column"], one["reason"]["code"]) for one in problem.reason["wrong"]] == [
        ("负责人", "owner_unknown"), ("下次联系", "date_unreadable"), ("手机", "phone_too_short"),
        ("邮箱", "email_wrong"),
    ]  # fmt: skip


def test_an_owner_is_known_by_name_sign_in_and_email(liang, lin, zhou, at):
    zhou.email = "Zhou@Example.com"
    zhou.save()
    imported(liang, at, f"客户,负责人\n甲,{lin.name}\n乙,LIN\n丙,zhou@example.com\n")
    owners = dict(Customer.objects.values_list("name", "owner__name"))
    assert owners == {"甲": lin.name, "乙": lin.name, "丙": zhou.name}


def test_phones_that_a_spreadsheet_rounded_are_counted_for_their_column(liang, at):
    run = checked(liang, at, "客户,手机\n甲,1.38E+10\n乙,1.39E+10\n丙,13812345678\n")
    assert run.preview["counts"] == {"rows": 3, "create": 1, "change": 0, "same": 0, "skip": 0, "error": 2}
    assert run.preview["reasons"] == [{"column": "手机", "code": "phone_lost_digits", "rows": 2}]


def test_area_codes_get_their_lost_zero_back_and_that_is_said(liang, at):
    run = checked(liang, at, "客户,电话\n甲,51988888888\n乙,0519-88888889\n丙,+86 519 88888887\n")
    assert run.preview["zeros"] == [{"column": "电话", "rows": 1}]
    run = imported(liang, at, "客户,区号,电话\n甲,519,88888888\n乙,0519,88888889\n丙,,13812345678\n")
    assert run.preview["zeros"] == [{"column": "区号", "rows": 1}]
    assert sorted(Phone.objects.values_list("number", flat=True)) == ["051988888888", "051988888889", "13812345678"]


def test_ids_that_have_lost_zeros_are_said(liang, at):
    rows = "".join(
        f"{name},{number}\n" for name, number in [*((f"客户{n}", 100_000 + n) for n in range(60)), ("短", 9999)]
    )
    assert checked(liang, at, "客户,编号\n" + rows).preview["id_lengths"] == [4, 6]
    assert checked(liang, at, "客户,编号\n" + rows + "零,012345\n").preview["id_lengths"] == []


def test_an_id_that_was_rounded_is_an_error(liang, at):
    run = checked(liang, at, "客户,编号\n甲,1.23457E+17\n")
    assert reasons(run) == {2: ("编号", "id_lost_digits")}


def test_what_no_field_holds_can_go_to_the_remarks_with_its_columns_name(liang, at):
    imported(liang, at, "客户,备注,营业额\n甲,老客户,500 万\n乙,,\n", mapping={"营业额": "remarks_titled"})
    assert Customer.objects.get(name="甲").remarks == "老客户\n营业额：500 万"
    assert Customer.objects.get(name="乙").remarks == ""


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        # WukongCRM
        (
            "客户名称,客户级别,客户行业,客户来源,下次联系时间,手机,电话,邮箱,备注,详细地址,负责人,最后跟进时间,首要联系人",
            "name,class,industry,source,planned_on,phones,phones,contact_email,remarks,address,owner,last_effective_on,contact_name",
        ),
        # CordysCRM
        ("客户名称,负责人,客户来源,行业,地区,最近跟进时间", "name,owner,source,industry,region,last_effective_on"),
        # Salesforce
        (
            "Account Name,Billing Street,Billing City,Billing State/Province,Phone,Industry,Account Owner",
            "name,address,city,province,phones,industry,owner",
        ),
        # Odoo
        (
            "Name,Phone,Email,Salesperson,City,State,Tags,Notes",
            "name,phones,contact_email,owner,city,province,tags,remark_text",
        ),
        # HubSpot
        (
            "Record ID,Company name,Company owner,Phone Number,City,State/Region,Industry,Last Contacted",
            "external_id,name,owner,phones,city,province,industry,last_effective_on",
        ),
        # Zoho
        (
            "Record Id,Account Name,Account Owner,Phone,Industry,Billing City,Description,Tag,Last Activity Time",
            "external_id,name,owner,phones,industry,city,remarks,tags,last_effective_on",
        ),
        # a spreadsheet of one's own
        (
            "公司 , 联系人（必填）,手机号码*,微信号,电话2,省/市/区,意向,业务员,下次回访时间,跟进情况",
            "name,contact_name,phones,contact_wechat,phones,region,class,owner,planned_on,remark_text",
        ),
    ],
)  # fmt: skip
def test_the_columns_of_other_products_are_known(liang, at, header, fields):
    row = ",".join("1@x.cn" if name == "contact_email" else "1" for name in fields.split(","))
    run = receive(liang, at, f"{header}\n{row}\n{row}\n")
    assert [run.mapping[title] for title in run.header] == fields.split(",")


def test_a_synonym_whose_values_do_not_fit_is_not_proposed(liang, at):
    run: ImportRun = receive(liang, at, "客户,客户类型\n甲,终端\n乙,经销商\n")
    assert run.mapping["客户类型"] == ""
    assert run.options["columns"][1]["how"]["code"] == "column_values_differ"
