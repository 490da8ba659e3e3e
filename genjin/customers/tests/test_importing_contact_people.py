"""A second file with contact people, or a file of cards: each goes to its customer, or makes one if so chosen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from genjin.core.transfer import runs
from genjin.core.transfer.models import ImportRun
from genjin.customers.models import ContactPerson, Customer, Phone
from genjin.customers.tests.importing import imported as customers_imported
from genjin.customers.tests.importing import reasons, receive

pytestmark = pytest.mark.django_db

CUSTOMERS = (
    "编号,客户名称,电话,城市,负责人\nK1,常州怡美卫浴有限公司,0519-88888888,常州,lin\n"
    "K2,恒丰建材,13812345678,苏州,lin\nK3,恒丰建材,,无锡,\n"
)
CARDS = """BEGIN:VCARD
VERSION:2.1
N:周;建国
ORG:常州怡美卫浴有限公司
TEL;CELL:13900000001
X-WECHAT:zhou
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:吴芳
ORG:新来的公司
TEL;TYPE=CELL:13900000002
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:郑工
ORG:新来的公司
TEL;TYPE=CELL:13900000003
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:李散客
TEL;VALUE=uri:tel:+86-139-0000-0004
END:VCARD
"""


def people_imported(by, at, text: str, name: str = "联系人.csv", **options) -> ImportRun:
    run = receive(by, at, text, name, kind="contact")
    options.setdefault("pool", by.unit.pool.pk)
    runs.choose(run=run, mapping=run.mapping, options=options, by=by, at=at)
    run.refresh_from_db()
    runs.check(run, at=at)
    run.refresh_from_db()
    assert run.state == "checked", run.message
    runs.start(run=run, by=by, at=at)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert run.state == "done", run.message
    return run


@pytest.fixture
def known(liang, lin, at):
    return customers_imported(liang, at, CUSTOMERS)


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("姓名,客户编号\n周建国,K1\n", "K1"),
        ("联系人,客户名称\n周建国,常州怡美卫浴有限公司\n", "K1"),
        ("联系人,公司\n周建国,怡美卫浴\n", "K1"),
        ("联系人,客户名称,城市\n周建国,恒丰建材,无锡\n", "K3"),
        ("联系人,客户电话\n周建国,0519 88888888\n", "K1"),
        ("联系人,手机\n周建国,13812345678\n", "K2"),
        ("First Name,Last Name,Account Name\nJianguo,Zhou,恒丰建材\n", None),
    ],
)
def test_the_customer_is_found_by_id_name_and_city_or_phone(liang, at, known, text, customer):
    run = people_imported(liang, at, text)
    found = ContactPerson.objects.first()
    assert (found.customer.external_id if found else None) == customer
    assert (run.created, run.failed) == ((1, 0) if customer else (0, 1))
    if not customer:
        assert reasons(run)[2][1] == "customer_ambiguous"


def test_a_person_with_everything_is_written_with_its_history(liang, at, known):
    people_imported(
        liang,
        at,
        "客户编号,姓名,职务,手机,微信,邮箱,是否关键人,备注\nK1,周建国,经理,13900000001,zhou,z@e.cn,是,周二在\n",
    )
    person = ContactPerson.objects.get()
    assert (person.title, person.wechat, person.email, person.is_key_person, person.remarks) == (
        "经理", "zhou", "z@e.cn", True, "周二在",
    )  # fmt: skip
    assert Phone.objects.get(contact_person=person).number == "13900000001"
    assert Customer.objects.get(external_id="K1").version == 2


def test_who_is_there_already_is_skipped(liang, at, known):
    people_imported(liang, at, "客户编号,姓名\nK1,周建国\n")
    run = people_imported(liang, at, "客户编号,姓名\nK1,周建国\nK1,吴芳\nK1,吴芳\n", name="b.csv")
    assert (run.created, run.skipped) == (1, 2)


def test_who_belongs_to_nobody_is_left_out_with_the_reason(liang, at, known):
    run = people_imported(liang, at, "客户名称,姓名,手机\n没有的公司,甲,\n,乙,13911111111\n,,\n恒丰建材,,1\n")
    assert [code for _column, code in reasons(run).values()] == [
        "customer_unknown", "customer_not_named", "phone_too_short",
    ]  # fmt: skip
    assert Customer.objects.count() == 3


def test_cards_find_their_customer_or_make_one(liang, at, known):
    run = people_imported(liang, at, CARDS, name="名片.vcf", unmatched="make")
    assert (run.created, run.failed) == (4, 0)
    assert set(Customer.objects.filter(import_run=run).values_list("name", "kind")) == {
        ("新来的公司", "org"), ("李散客", "person"),
    }  # fmt: skip
    company = Customer.objects.get(name="新来的公司")
    assert [person.name for person in company.contact_people.all()] == ["吴芳", "郑工"]
    assert [phone.number for phone in Customer.objects.get(name="李散客").phones.all()] == ["13900000004"]
    assert ContactPerson.objects.get(name="周建国").wechat == "zhou"


def test_cards_go_through_the_browser(client_of, liang, lin, at, known, django_capture_on_commit_callbacks):
    client = client_of(liang)
    sent = client.post(reverse("import_customers"), {"file": SimpleUploadedFile("名片.VCF", CARDS.encode("gb18030"))})
    run = ImportRun.objects.latest("pk")
    assert run.kind == "contact"
    page = client.get(sent["Location"]).content.decode()
    assert 'name="unmatched"' in page
    answers = {f"column-{place}": run.mapping[title] for place, title in enumerate(run.header)}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(sent["Location"], {**answers, "unmatched": "make", "pool": liang.unit.pool.pk})
    preview = client.get(reverse("import_run", args=[run.pk])).content.decode()
    assert "新来的公司" in preview
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_start", args=[run.pk]))
    done = client.get(reverse("import_run", args=[run.pk]))
    assert done.status_code == 200
    assert ContactPerson.objects.filter(name="吴芳").exists()
    assert client.get(reverse("import_customers")).status_code == 200


def test_a_list_that_names_no_people_is_refused(liang, at):
    run = receive(liang, at, "客户名称,城市\n怡美,常州\n", kind="contact")
    with pytest.raises(Exception, match="contact_column_missing"):
        runs.choose(run=run, mapping=run.mapping, options={}, by=liang, at=at)


def test_people_of_a_customer_out_of_scope_are_not_added(liang, fang, at, known):
    run = people_imported(fang, at, "客户编号,姓名\nK1,周建国\n")
    assert [code for _column, code in reasons(run).values()] == ["customer_unknown"]
    assert not ContactPerson.objects.exists()


def test_the_people_of_a_customer_come_as_cards_and_read_back(client_of, liang, lin, at, known):
    people_imported(liang, at, "客户编号,姓名,手机,微信\nK1,周建国,13900000001,zhou\nK1,吴芳,13900000002,\n")
    customer = Customer.objects.get(external_id="K1")
    answer = client_of(lin).get(reverse("contact_cards", args=[customer.pk]))
    assert answer["Content-Type"].startswith("text/vcard")
    text = answer.content.decode()
    assert text.count("BEGIN:VCARD\r\nVERSION:3.0\r\n") == 3
    again = receive(liang, at, text, "a.vcf", kind="contact")
    assert again.rows == 3
    person = customer.contact_people.get(name="周建国")
    one = client_of(lin).get(reverse("contact_card", args=[customer.pk, person.pk])).content.decode()
    assert "X-WECHAT:zhou\r\n" in one
    assert "TEL;TYPE=CELL:13900000001\r\n" in one


def test_strangers_and_pools_give_no_cards(client_of, liang, lin, zhou, fang, at, known):
    customer = Customer.objects.get(external_id="K1")
    assert client_of(fang).get(reverse("contact_cards", args=[customer.pk])).status_code == 404
    assert client_of(lin).get(reverse("contact_card", args=[customer.pk, 999])).status_code == 404
    customers_imported(liang, at, "客户名称,电话\n池中,13700000000\n", give_to="pool")
    pooled = Customer.objects.get(name="池中")
    assert client_of(liang).get(reverse("contact_cards", args=[pooled.pk])).status_code == 403
