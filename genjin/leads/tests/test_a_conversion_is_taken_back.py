"""For a day a conversion can be taken back: what nobody touched goes whole, what was done since stays."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.merging.services import merge_customers
from genjin.customers.merging.undoing import undo_merge
from genjin.customers.models import ContactPerson, Customer, Phone
from genjin.customers.services.identity import ContactFile, change_customer, create_customer
from genjin.followups.models import Appointment
from genjin.followups.services.agreements import make_promise
from genjin.leads.converting.models import Conversion
from genjin.leads.converting.services import Wanted, convert_lead
from genjin.leads.converting.undoing import undo_conversion
from genjin.leads.models import Lead
from genjin.leads.services.pushes import Judged, push_lead
from genjin.organization.models import Person

pytestmark = pytest.mark.django_db
VISIT = datetime(2026, 11, 26, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
GIVEN = {
    "company": "无锡惠山机械有限公司", "person_name": "赵敏", "phone": "13812345678", "email": "zhao@huishan.cn",
    "city": "无锡", "wants": "想要报价",
}  # fmt: skip


@pytest.fixture
def lead(pushed, lin, at):
    lead = pushed(lin, **GIVEN)
    push_lead(lead=lead, judged=Judged(uuid4(), "visit", "带上样品", visit_at=VISIT), by=lin, at=at)
    lead.refresh_from_db()
    return lead


@pytest.fixture
def there(lin, at):
    return create_customer(
        fields={"name": "惠山机械", "remarks": "老客户"}, contact=ContactFile({"name": "赵敏"}, ["13900000000"]),
        owner=lin, by=lin, at=at,
    )  # fmt: skip


def rows_of(customer: int) -> list[list[dict]]:
    """Every row that names the customer, and the row itself, but for its version."""
    found: list[list[dict]] = [list(Customer.objects.filter(pk=customer).values())]
    for related in Customer._meta.related_objects:
        if related.related_model not in (Lead, Conversion):
            found.append(list(related.related_model._default_manager.filter(**{related.field.name: customer}).values()))
    for row in found[0]:
        row.pop("version")
    return found


def standing(lead: Lead) -> dict:
    return {k: v for k, v in Lead.objects.filter(pk=lead.pk).values().get().items() if k != "version"}


def test_an_untouched_customer_goes_away_whole(lead, lin, at):
    before = standing(lead)
    conversion = convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    undo_conversion(conversion=conversion, by=lin, at=at + timedelta(hours=23))
    assert standing(lead) == before
    for table in (Customer, Phone, ContactPerson, Appointment):
        assert not table._default_manager.exists()
    assert Entry.objects.filter(verb="customer.conversion_undone").exists()
    assert Entry.objects.filter(kind="lead", verb="lead.conversion_undone").exists()


def test_taken_back_twice_is_once_and_it_can_be_converted_again(lead, lin, at):
    conversion = convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    undo_conversion(conversion=conversion, by=lin, at=at)
    version = Lead.objects.get(pk=lead.pk).version
    undo_conversion(conversion=conversion, by=lin, at=at)
    assert Lead.objects.get(pk=lead.pk).version == version
    again = convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    assert (again.pk != conversion.pk, Customer.objects.count()) == (True, 1)


def test_a_customer_that_was_worked_stays_and_the_lead_is_known_to_be_it(lead, lin, at):
    conversion = convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    customer = Customer.objects.get()
    make_promise(customer=customer, what="报价", by_when=VISIT, by=lin, at=at)
    stood = rows_of(customer.pk)
    undo_conversion(conversion=conversion, by=lin, at=at)
    lead.refresh_from_db()
    assert rows_of(customer.pk) == stood
    assert (lead.is_open, lead.owner, lead.matched, lead.customer) == (True, lin, customer, None)


def test_one_that_was_there_gets_back_what_stood(lead, lin, there, at):
    stood = rows_of(there.pk)
    conversion = convert_lead(lead=lead, wanted=Wanted(into=there), by=lin, at=at)
    assert rows_of(there.pk) != stood
    undo_conversion(conversion=conversion, by=lin, at=at)
    assert rows_of(there.pk) == stood
    assert Lead.objects.get(pk=lead.pk).is_open


def test_what_was_done_since_stays(lead, lin, there, at):
    conversion = convert_lead(lead=lead, wanted=Wanted(into=there), by=lin, at=at)
    change_customer(customer=there, fields={"city": "江阴"}, by=lin, at=at)
    undo_conversion(conversion=conversion, by=lin, at=at)
    there.refresh_from_db()
    assert (there.city, there.remarks) == ("江阴", "老客户")
    assert [phone.number for phone in there.phones.all()] == ["13900000000"]


def test_out_of_a_pool_it_lies_there_again(pushed, lin, pooled, east_one, at):
    there, lead = pooled(east_one), pushed(lin, **GIVEN)
    stood = rows_of(there.pk)
    conversion = convert_lead(lead=lead, wanted=Wanted(into=there), by=lin, at=at)
    undo_conversion(conversion=conversion, by=lin, at=at)
    there.refresh_from_db()
    assert (there.owner, there.pool) == (None, east_one.pool)
    assert rows_of(there.pk) == stood


def test_after_a_day_it_stays(lead, lin, at):
    conversion = convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    with pytest.raises(Refused) as refused:
        undo_conversion(conversion=conversion, by=lin, at=at + timedelta(days=1, seconds=1))
    assert refused.value.reason.code == "conversion_is_too_old"
    assert Customer.objects.count() == 1


def test_a_colleague_does_not_take_it_back_and_who_leads_does(lead, lin, zhou, liang, fang, at):
    conversion = convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    for stranger in (zhou, fang):
        with pytest.raises(NotPermitted):
            undo_conversion(conversion=conversion, by=stranger, at=at)
    undo_conversion(conversion=conversion, by=liang, at=at)
    assert not Customer.objects.exists()


def test_a_later_merge_is_taken_back_first(lead, lin, there, at):
    conversion = convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    merge = merge_customers(kept=there, absorbed=[conversion.customer], by=lin, at=at)
    lead.refresh_from_db()
    assert lead.customer == there
    with pytest.raises(Refused) as refused:
        undo_conversion(conversion=conversion, by=lin, at=at)
    assert refused.value.reason.code == "conversion_undo_merge_first"
    undo_merge(merge=merge, by=lin, at=at)
    undo_conversion(conversion=conversion, by=lin, at=at)
    assert Lead.objects.get(pk=lead.pk).is_open


def test_of_an_owner_who_left_the_lead_lies_in_the_queue(lead, lin, liang, east_one, at, today):
    conversion = convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    Person.objects.filter(pk=lin.pk).update(is_active=False, left_on=today)
    undo_conversion(conversion=conversion, by=liang, at=at)
    lead.refresh_from_db()
    assert (lead.owner, lead.queue, lead.push_on is not None) == (None, east_one.lead_queue, True)


def test_another_lead_that_was_known_to_be_the_customer_is_not_lost(lead, lin, pushed, at):
    conversion = convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    other = pushed(lin, phone="13812345678")
    assert other.matched == conversion.customer
    undo_conversion(conversion=conversion, by=lin, at=at)
    other.refresh_from_db()
    assert (other.matched, other.is_open, Customer.objects.count()) == (None, True, 0)
