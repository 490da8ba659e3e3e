"""Conversion: what of a lead stands at the customer, whose it is, in which class, and who may."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted
from genjin.customers.models import Customer, SourceChannel
from genjin.customers.services.identity import ContactFile, create_customer
from genjin.customers.timeline import Asked, page_of
from genjin.followups.models import Appointment
from genjin.leads.converting.models import Conversion
from genjin.leads.converting.services import Wanted, convert_lead, pass_to_owner
from genjin.leads.models import Lead
from genjin.leads.services.pushes import Judged, push_lead

pytestmark = pytest.mark.django_db
VISIT = datetime(2026, 11, 26, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
GIVEN = {
    "company": "无锡惠山机械有限公司", "person_name": "赵敏", "title": "采购", "phone": "13812345678",
    "email": "zhao@huishan.cn", "wechat": "zhaomin", "province": "江苏", "city": "无锡", "product": "标准版",
    "wants": "想要报价",
}  # fmt: skip


@pytest.fixture
def lead(pushed, lin):
    return pushed(lin, **GIVEN)


def test_everything_it_said_stands_at_the_customer(lead, lin, at, today):
    conversion = convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    customer = Customer.objects.get()
    assert (customer.name, customer.kind, customer.city, customer.remarks) == (
        "无锡惠山机械有限公司", "org", "无锡", "标准版\n想要报价",
    )  # fmt: skip
    assert (customer.owner, customer.class_code, customer.planned_on) == (lin, "0", today)
    person = customer.contact_people.get()
    assert (person.name, person.title, person.email, person.wechat) == ("赵敏", "采购", "zhao@huishan.cn", "zhaomin")
    assert [phone.number for phone in person.phones.all()] == ["13812345678"]
    lead.refresh_from_db()
    assert (lead.outcome, lead.customer, lead.push_on, lead.is_open) == ("converted", customer, None, False)
    assert (conversion.is_new, conversion.told) == (True, None)
    verbs = set(Entry.objects.about("customer", customer.pk).values_list("verb", flat=True))
    assert verbs == {"customer.created", "customer.from_lead"}


def test_an_agreed_visit_is_an_appointment(lead, lin, at):
    push_lead(lead=lead, judged=Judged(uuid4(), "visit", "带上样品", visit_at=VISIT), by=lin, at=at)
    convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    customer, visit = Customer.objects.get(), Appointment.objects.get()
    assert (visit.at, visit.kind, visit.by, visit.purpose) == (VISIT, "visit", lin, "带上样品")
    assert (customer.planned_on, customer.appointment_at) == (date(2026, 11, 26), VISIT)
    assert customer.due_on >= customer.planned_on


def test_pushes_and_arrivals_stand_on_the_customers_timeline(lead, lin, at):
    push_lead(lead=lead, judged=Judged(uuid4(), "need_now", "明天要方案"), by=lin, at=at)
    convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    page = page_of(Asked(Customer.objects.get(), lin))
    shown = {item.template: item.context for item in page.items}
    assert shown["leads/_former_push.html"]["push"].remarks == "明天要方案"
    assert shown["leads/_former_arrival.html"]["arrival"].given["wants"] == "想要报价"
    assert not [
        i for i in page_of(Asked(Customer.objects.get(), lin, text="不存在")).items if "_former_push" in i.template
    ]


def test_out_of_a_queue_it_is_accepted_first(waiting, zhou, at):
    lead = waiting(**GIVEN)
    convert_lead(lead=lead, wanted=Wanted(), by=zhou, at=at)
    lead.refresh_from_db()
    assert (lead.owner, lead.accepted_at, Customer.objects.get().owner) == (zhou, at, zhou)


def test_sent_twice_it_is_one_and_a_second_person_hears_who_was_faster(lead, lin, liang, at, refused):
    first = convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    assert convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at) == first
    with refused("lead_converted_by"):
        convert_lead(lead=lead, wanted=Wanted(), by=liang, at=at)
    assert (Customer.objects.count(), Conversion.objects.count()) == (1, 1)


def test_who_may_not_work_it_may_not_convert_it(lead, zhou, fang, at):
    for stranger in (zhou, fang):
        with pytest.raises(NotPermitted):
            convert_lead(lead=lead, wanted=Wanted(), by=stranger, at=at)
    assert (Customer.objects.count(), Lead.objects.open().count()) == (0, 1)


def test_who_leads_converts_it_for_its_owner(lead, lin, liang, at):
    conversion = convert_lead(lead=lead, wanted=Wanted(), by=liang, at=at)
    assert (Customer.objects.get().owner, conversion.told) == (lin, lin)


def test_handed_to_a_colleague_it_stands_on_their_day(lead, lin, zhou, at, today):
    conversion = convert_lead(lead=lead, wanted=Wanted(owner=zhou), by=lin, at=at)
    customer = Customer.objects.get()
    assert (customer.owner, customer.planned_on, conversion.told) == (zhou, today, zhou)
    assert customer.planned_why["code"] == "planned_from_lead"


def test_it_is_not_handed_beyond_ones_part_of_the_company(lead, lin, fang, at):
    with pytest.raises(NotPermitted):
        convert_lead(lead=lead, wanted=Wanted(owner=fang), by=lin, at=at)
    assert not Customer.objects.exists()


def test_who_is_full_is_handed_none(lead, lin, zhou, owned, at, refused):
    for _n in range(20):
        owned(zhou, class_code="7")
    with refused("stock_limit"):
        convert_lead(lead=lead, wanted=Wanted(owner=zhou, class_code="7"), by=lin, at=at)
    lead.refresh_from_db()
    assert lead.is_open
    assert not Conversion.objects.exists()


@pytest.mark.parametrize("code", ["9", "nonsense"])
def test_nobody_has_bought_by_being_a_lead(lead, lin, at, refused, code):
    with refused("no_such_class"):
        convert_lead(lead=lead, wanted=Wanted(class_code=code), by=lin, at=at)


def test_into_a_customer_that_is_there_fills_what_it_lacks(lead, lin, at, today):
    form, fair = SourceChannel.objects.all()[:2]
    Lead.objects.filter(pk=lead.pk).update(source=form)
    there = create_customer(
        fields={"name": "惠山机械", "city": "江阴", "remarks": "老客户介绍", "source_id": fair.pk},
        contact=ContactFile({"name": "赵敏", "title": "经理"}, ["13900000000"]), owner=lin, by=lin, at=at,
    )  # fmt: skip
    conversion = convert_lead(lead=lead, wanted=Wanted(into=there, chosen=["city"]), by=lin, at=at)
    there.refresh_from_db()
    assert (there.name, there.city, there.province, there.source) == ("惠山机械", "无锡", "江苏", fair)
    assert there.remarks == "老客户介绍\n标准版\n想要报价"
    person = there.contact_people.get()
    assert (person.title, person.email) == ("经理", "zhao@huishan.cn")
    assert [phone.number for phone in person.phones.all()] == ["13900000000", "13812345678"]
    assert (there.planned_on, conversion.is_new) == (today, False)
    assert Customer.objects.count() == 1


def test_out_of_a_pool_it_is_claimed_by_the_pools_rules(lead, lin, pooled, east_one, at):
    there = pooled(east_one)
    convert_lead(lead=lead, wanted=Wanted(into=there), by=lin, at=at)
    there.refresh_from_db()
    assert (there.owner, there.pool) == (lin, None)


def test_a_colleagues_customer_is_not_joined_but_the_lead_can_go_to_them(lead, lin, zhou, owned, at):
    there = owned(zhou)
    with pytest.raises(NotPermitted):
        convert_lead(lead=lead, wanted=Wanted(into=there), by=lin, at=at)
    passed = pass_to_owner(lead=lead, customer=there, by=lin, at=at)
    assert (passed.owner, passed.matched, passed.is_open) == (zhou, there, True)
    with pytest.raises(NotPermitted):
        pass_to_owner(lead=lead, customer=there, by=lin, at=at)


def test_a_closed_customer_is_joined_by_nobody(lead, lin, owned, at, today, refused):
    there = owned(lin)
    Customer.objects.filter(pk=there.pk).update(
        closed_on=today, closed_kind="dead", due_on=None, planned_on=None, appointment_at=None
    )
    with refused("customer_is_closed"):
        convert_lead(lead=lead, wanted=Wanted(into=there), by=lin, at=at)
