"""Rows that mean a customer who is there: told by a key, changed field by field, and only where one may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.core.search import services as search
from genjin.core.transfer import runs
from genjin.customers.models import ContactPerson, Customer, ImportedChange, Phone, Remark
from genjin.customers.services.identity import ContactFile
from genjin.customers.tests.importing import checked, imported, reasons

pytestmark = pytest.mark.django_db

UPDATE = {"mode": "update", "key": "phone"}
ONLY = {"mode": "update_only", "key": "phone"}


def sums(run) -> dict[str, int]:
    found = {name: getattr(run, name) for name in ("created", "updated", "unchanged", "skipped", "failed")}
    assert sum(found.values()) == run.rows
    return {name: count for name, count in found.items() if count}


def of(name: str) -> Customer:
    return Customer.objects.get(name=name)


@pytest.fixture
def yimei(owned, lin) -> Customer:
    contact = ContactFile({"name": "周工"})
    row = owned(lin, "怡美", phones=["13812345678"], contact=contact, tags=["老客户"])
    Customer.objects.filter(pk=row.pk).update(city="常州", external_id="K1")
    row.refresh_from_db()
    return row


def test_only_empty_fields_are_filled(liang, yimei, at):
    text = "客户,电话,城市,行业,联系人,职位,标签\n怡美卫浴,13812345678,无锡,建材,周工,采购,展会\n"
    run = imported(liang, at, text, **UPDATE)
    assert sums(run) == {"updated": 1}
    yimei.refresh_from_db()
    assert (yimei.name, yimei.city, yimei.industry, yimei.version) == ("怡美", "常州", "建材", 2)
    assert ContactPerson.objects.get().title == "采购"
    assert list(yimei.tags.values_list("name", flat=True)) == ["老客户"]
    entry = Entry.objects.get(verb="customer.import_updated")
    assert entry.changes == {
        "industry": ["", "建材"], "import_run": [None, run.pk], "row": [None, 2], "version": [1, 2],
    }  # fmt: skip
    assert search.check() == []


def test_a_field_is_overwritten_where_that_was_chosen(liang, yimei, at):
    text = "客户,电话,编号,城市,标签\n怡美卫浴,13812345679,K1,无锡,展会\n"
    rules = {"name": "overwrite", "city": "overwrite", "phones": "overwrite", "tags": "overwrite"}
    assert sums(imported(liang, at, text, mode="update", key="external_id", rules=rules)) == {"updated": 1}
    yimei.refresh_from_db()
    assert (yimei.name, yimei.name_key, yimei.city) == ("怡美卫浴", "怡美卫浴", "无锡")
    assert list(Phone.objects.values_list("number", flat=True)) == ["13812345679"]
    assert list(yimei.tags.values_list("name", flat=True)) == ["展会"]
    assert search.check() == []


def test_a_field_may_be_left_alone(liang, yimei, at):
    text = "客户,电话,行业\n怡美,13812345678,建材\n"
    assert sums(imported(liang, at, text, rules={"industry": "leave"}, **UPDATE)) == {"unchanged": 1}
    yimei.refresh_from_db()
    assert (yimei.industry, yimei.version) == ("", 1)


def test_whose_it_is_its_class_and_its_days_are_left_unless_chosen(liang, zhou, yimei, at):
    text = "客户,电话,负责人,客户类别,下次联系,最近有效联系\n怡美,13812345678,zhou,3,2026-11-26,2026-11-20\n"
    mapping = {"客户类别": "class", "下次联系": "planned_on", "最近有效联系": "last_effective_on"}
    assert sums(imported(liang, at, text, mapping, **UPDATE)) == {"unchanged": 1}


def test_owner_class_and_days_move_as_the_services_move_them(liang, lin, zhou, yimei, at, today):
    text = "客户,电话,负责人,客户类别,下次联系\n怡美,13812345678,zhou,3,2026-11-26\n"
    mapping = {"客户类别": "class", "下次联系": "planned_on"}
    due = yimei.due_on
    rules = {"owner": "overwrite", "class": "overwrite", "planned_on": "fill"}
    assert sums(imported(liang, at, text, mapping, rules=rules, **UPDATE)) == {"updated": 1}
    yimei.refresh_from_db()
    assert (yimei.owner, yimei.owned_since, yimei.class_code, yimei.class_since) == (zhou, today, "3", today)
    assert yimei.due_on <= due
    assert yimei.planned_on.isoformat() == "2026-11-26"


def test_a_due_date_is_put_further_off_only_by_a_contact(liang, yimei, at, today):
    Customer.objects.update(due_on=today, class_code="5")
    text = "客户,电话,客户类别\n怡美,13812345678,3\n"
    imported(liang, at, text, {"客户类别": "class"}, rules={"class": "overwrite"}, **UPDATE)
    yimei.refresh_from_db()
    assert (yimei.class_code, yimei.due_on) == ("3", today)
    text = "客户,电话,最近有效联系\n怡美,13812345678,2026-11-23\n"
    rules = {"last_effective_on": "fill"}
    imported(liang, at, text, {"最近有效联系": "last_effective_on"}, rules=rules, **UPDATE)
    yimei.refresh_from_db()
    assert yimei.due_on > today
    assert yimei.last_effective_on.isoformat() == "2026-11-23"


def test_a_contact_earlier_than_the_last_one_known_moves_nothing(liang, yimei, at, today):
    Customer.objects.update(last_effective_on=today)
    text = "客户,电话,最近有效联系\n怡美,13812345678,2026-11-01\n"
    rules = {"last_effective_on": "overwrite"}
    run = imported(liang, at, text, {"最近有效联系": "last_effective_on"}, rules=rules, **UPDATE)
    assert sums(run) == {"unchanged": 1}


def test_limits_do_not_refuse_what_is_so(liang, lin, yimei, owned, zhou, at):
    for number in range(3):
        owned(zhou, f"客户{number}")
    text = "客户,电话,负责人\n怡美,13812345678,zhou\n"
    assert sums(imported(liang, at, text, rules={"owner": "overwrite"}, **UPDATE)) == {"updated": 1}


def test_others_are_made_or_left_out_as_chosen(liang, yimei, at):
    text = "客户,电话,行业\n怡美,13812345678,建材\n恒丰,13900000000,五金\n立达,,五金\n"
    run = imported(liang, at, text, **ONLY)
    assert sums(run) == {"updated": 1, "skipped": 1, "failed": 1}
    assert reasons(run) == {3: ("电话", "nobody_there"), 4: ("电话", "key_is_missing")}
    run = imported(liang, at, text, again=True, **UPDATE)
    assert sums(run) == {"created": 2, "unchanged": 1}


def test_one_key_with_two_customers_is_an_error_that_names_them(liang, lin, yimei, owned, fang, at):
    owned(lin, "恒丰", phones=["13900000000"])
    owned(fang, "远的", phones=["13911111111"])
    run = imported(liang, at, '客户,电话\n甲,"13812345678、13900000000"\n乙,"13812345678、13911111111"\n', **UPDATE)
    assert sums(run) == {"failed": 2}
    first, second = (problem.reason for problem in run.problems.order_by("row"))
    assert first == {"code": "several_customers", "names": ["怡美", "恒丰"], "others": 0}
    assert second == {"code": "several_customers", "names": ["怡美"], "others": 1}


def test_of_a_colleagues_customer_nothing_is_told(liang, fang, owned, at):
    owned(fang, "远的", phones=["13911111111"])
    run = imported(liang, at, "客户,电话,行业\n甲,13911111111,建材\n", **UPDATE)
    assert sums(run) == {"skipped": 1}
    assert run.problems.get().reason == {"code": "belongs_to_colleague"}
    assert of("远的").industry == ""


def test_a_customer_of_a_pool_is_given_out_or_left(liang, lin, east_one, pooled, at):
    pooled(east_one, "池里的", phones=["13922222222"])
    text = "客户,电话,行业,负责人\n池里的,13922222222,建材,lin\n"
    run = imported(liang, at, text, **UPDATE)
    assert run.problems.get().reason == {"code": "lies_in_a_pool", "name": "池里的"}
    run = imported(liang, at, text, again=True, rules={"owner": "fill"}, **UPDATE)
    assert sums(run) == {"updated": 1}
    row = of("池里的")
    assert (row.owner, row.pool, row.industry, row.due_on is not None) == (lin, None, "建材", True)


def test_name_and_city_tell_a_customer(liang, lin, yimei, owned, at):
    owned(lin, "恒丰")
    text = "客户,城市,行业\n怡美,常州市,建材\n怡美,无锡,五金\n恒丰,无锡,五金\n"
    run = imported(liang, at, text, mode="update", key="name_city")
    assert sums(run) == {"created": 1, "updated": 2}
    assert sorted(Customer.objects.values_list("name", "city", "industry")) == [
        ("怡美", "常州", "建材"), ("怡美", "无锡", "五金"), ("恒丰", "无锡", "五金"),
    ]  # fmt: skip


def test_the_second_row_of_one_customer_sees_the_first(liang, yimei, at):
    text = "客户,电话,行业,地址\n怡美,13812345678,建材,\n怡美,13812345678,五金,鸣新中路\n怡美,13812345678,,鸣新中路\n"
    run = checked(liang, at, text, **UPDATE)
    counts = {"rows": 3, "create": 0, "change": 2, "same": 1, "skip": 0, "error": 0}
    assert run.preview["counts"] == counts
    runs.start(run=run, by=liang, at=at)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert sums(run) == {"updated": 2, "unchanged": 1}
    yimei.refresh_from_db()
    assert (yimei.industry, yimei.address, yimei.version) == ("建材", "鸣新中路", 3)
    assert Entry.objects.filter(verb="customer.import_updated").count() == 2


@pytest.mark.parametrize("batch", [1, 100])
def test_a_row_meets_the_customer_that_a_row_above_makes(liang, at, monkeypatch, batch):
    monkeypatch.setattr(runs, "Pace", lambda *_: type("Same", (), {"rows": batch, "took": lambda *_: None})())
    text = "客户,电话,行业\n新的,13812345678,\n新的,13812345678,建材\n新的,13812345678,五金\n"
    run = checked(liang, at, text, **UPDATE)
    assert run.preview["counts"] == {"rows": 3, "create": 1, "change": 1, "same": 1, "skip": 0, "error": 0}
    runs.start(run=run, by=liang, at=at)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert sums(run) == {"created": 1, "updated": 1, "unchanged": 1}
    assert (of("新的").industry, of("新的").version) == ("建材", 2)


def test_a_number_that_a_contact_person_has_is_no_new_one(liang, lin, owned, at):
    owned(lin, "怡美", contact=ContactFile({"name": "周工"}, ["13812345678"]))
    text = '客户,电话,编号\n怡美,"13812345678、13900000000",K1\n'
    assert sums(imported(liang, at, text, **UPDATE)) == {"updated": 1}
    assert list(Phone.objects.values_list("number", flat=True)) == ["13812345678"]


def test_a_phone_of_somebody_else_is_not_given_to_a_second_customer(liang, lin, yimei, owned, at):
    owned(lin, "恒丰", phones=["13900000000"])
    run = imported(
        liang,
        at,
        "客户,电话,编号\n怡美,13900000000,K1\n",
        mode="update",
        key="external_id",
        rules={"phones": "overwrite"},
    )
    assert run.problems.get().reason["code"] == "same_phone_as"
    assert Phone.objects.filter(number="13900000000").count() == 1


def test_a_dated_remark_is_added_once(liang, yimei, at):
    text = "客户,电话,备注日期,备注内容\n怡美,13812345678,2026-10-01,要样册\n"
    mapping = {"备注日期": "remark_on", "备注内容": "remark_text"}
    assert sums(imported(liang, at, text, mapping, **UPDATE)) == {"updated": 1}
    assert sums(imported(liang, at, text, mapping, again=True, **UPDATE)) == {"unchanged": 1}
    assert Remark.objects.count() == 1


def test_a_change_by_somebody_else_meanwhile_is_not_run_over(liang, yimei, at, monkeypatch):
    run = checked(liang, at, "客户,电话,行业\n怡美,13812345678,建材\n", **UPDATE)
    runs.start(run=run, by=liang, at=at)
    whole, done = runs._take_turn, []

    def interrupted(*given):
        if not done:
            done.append(Customer.objects.update(industry="五金", version=2))
        return whole(*given)

    monkeypatch.setattr(runs, "_take_turn", interrupted)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    assert sums(run) == {"unchanged": 1}
    yimei.refresh_from_db()
    assert (yimei.industry, yimei.version) == ("五金", 2)
    assert not ImportedChange.objects.exists()


def test_the_key_needs_its_column(liang, at):
    with pytest.raises(Refused, match="key_column_missing"):
        checked(liang, at, "客户,行业\n怡美,建材\n", **UPDATE)


def test_a_closed_customer_keeps_its_class(liang, lin, yimei, at, today):
    Customer.objects.update(closed_on=today, closed_kind="dead", due_on=None, planned_on=None)
    text = "客户,电话,行业,客户类别\n怡美,13812345678,建材,3\n"
    rules = {"class": "overwrite"}
    run = imported(liang, at, text, {"客户类别": "class"}, rules=rules, **UPDATE)
    assert reasons(run) == {2: ("客户类别", "customer_is_closed")}
    assert sums(imported(liang, at, text, {"客户类别": ""}, again=True, **UPDATE)) == {"updated": 1}


def test_many_customers_are_changed_with_as_few_questions_as_two(liang, lin, owned, at):
    def questions(count: int) -> int:
        for number in range(count):
            owned(lin, f"客户{count}-{number}", phones=[f"139{count:04}{number:04}"])
        text = "客户,电话,行业\n" + "".join(f"甲,139{count:04}{number:04},建材\n" for number in range(count))
        run = checked(liang, at, text, **UPDATE)
        runs.start(run=run, by=liang, at=at)
        with CaptureQueriesContext(connection) as asked:
            runs.carry_out(run, at=at)
        return len(asked)

    assert questions(40) - questions(2) < 10
