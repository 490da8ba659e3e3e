"""What arrives is kept word for word, and becomes a lead or one more arrival of an open one."""

from uuid import UUID

import pytest

from genjin.core.audit.models import Entry
from genjin.leads.models import Arrival, Channel, Lead
from genjin.leads.services.arriving import receive, settle_arrivals, write_arrival
from genjin.leads.services.pushes import end_lead

pytestmark = pytest.mark.django_db


def test_a_new_one_lies_in_the_units_queue_for_today(waiting, east_one, today):
    lead = waiting(company="无锡惠山机械有限公司", phone="138 1234 5678", wants="想了解报价")
    assert (lead.queue.home_of, lead.owner, lead.unit) == (east_one, None, east_one)
    assert (lead.push_on, lead.phone, lead.times) == (today, "13812345678", 1)
    entry = Entry.objects.about("lead", lead.pk).get()
    assert (entry.verb, entry.by) == ("lead.arrived", None)


def test_sent_twice_it_is_one_arrival(coming, at):
    key = UUID(int=7)
    one = receive(coming(how={"key": key}, phone="13812345678"), by=None, at=at)
    again = receive(coming(how={"key": key}, phone="13812345678"), by=None, at=at)
    assert one == again
    assert Arrival.objects.count() == 1
    assert Lead.objects.get().times == 1


def test_identical_ones_are_one_that_counts(coming, at):
    for _n in range(5):
        receive(coming(phone="13812345678", wants="报价 "), by=None, at=at)
    assert Arrival.objects.get().times == 5
    assert Lead.objects.get().times == 5


def test_identical_ones_before_anything_is_settled_are_one(coming, at):
    for _n in range(3):
        write_arrival(coming(phone="13812345678"), by=None, at=at)
    assert settle_arrivals(clock=lambda: at) == 1
    assert Lead.objects.get().times == 3
    assert settle_arrivals(clock=lambda: at) == 0


def test_the_same_phone_is_one_lead_that_knows_more(waiting, coming, at, lin):
    lead = waiting(company="惠山机械", phone="13812345678")
    again = receive(
        coming(Channel.MAIL, phone="+86 138-1234-5678", person_name="徐建国", company="别的名字"), by=None, at=at
    )
    assert again.pk == lead.pk
    again.refresh_from_db()
    assert (again.company, again.person_name, again.times) == ("惠山机械", "徐建国", 2)
    assert [each.channel for each in again.arrivals.order_by("pk")] == ["form", "mail"]
    assert Entry.objects.about("lead", lead.pk).order_by("-pk")[0].verb == "lead.came_again"


def test_after_the_lead_has_ended_the_same_person_is_a_new_one(coming, waiting, at, qian):
    lead = waiting(phone="13812345678")
    end_lead(lead=lead, outcome="no_lead", reason="广告", by=qian, at=at)
    again = receive(coming(phone="13812345678"), by=None, at=at)
    assert again.pk != lead.pk
    assert Lead.objects.open().get() == again


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"phone": "问前台"}, {"phone": "", "phone_text": "问前台"}),
        ({"email": "不是邮箱", "wants": "报价"}, {"email": "", "wants": "报价\n不是邮箱"}),
        ({"email": " Xu@Example.com "}, {"email": "xu@example.com", "wants": ""}),
        ({"company": "长" * 500}, {"company": "长" * 200}),
        ({"person_name": "徐\n建国"}, {"person_name": "徐 建国"}),
    ],
)
def test_nothing_given_is_thrown_away(waiting, given, kept):
    lead = waiting(**given)
    assert {name: getattr(lead, name) for name in kept} == kept
    assert lead.arrivals.get().given == given


def test_who_is_a_customer_already_goes_to_its_owner(waiting, owned, lin):
    row = owned(lin, "惠山机械", phones=["13812345678"])
    lead = waiting(phone="13812345678")
    assert (lead.matched, lead.owner, lead.accepted_at) == (row, lin, None)
    assert lead.assigned_why == {"code": "lead_is_customer_of", "person": "林小满"}
