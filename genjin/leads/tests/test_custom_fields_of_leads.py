"""What a company asks of its leads besides: by hand and by arrival, on the record and in the history, by role."""

import pytest
from django.urls import reverse

from genjin.core.audit.models import Entry
from genjin.core.fields.services import make_field
from genjin.core.reasons import NotPermitted, Refused
from genjin.leads.models import Lead
from genjin.leads.services.changing import change_lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def size(qian, at):
    return make_field(subject="lead", label="厂房面积", kind="number", code="size", most=9000, by=qian, at=at)


@pytest.fixture
def budget(qian, at):
    """Only who leads sees what they want to spend."""
    return make_field(subject="lead", label="预算", kind="money", code="budget", seen_by=["manager"], by=qian, at=at)


def test_entered_by_hand_it_stands_on_the_record(client_of, lin, size):
    browser = client_of(lin)
    form = {"company": "惠山机械", "phone": "13812345678", "holder": "own", "custom_size": "1,200"}
    assert browser.post("/leads/new/", form).status_code == 303
    lead = Lead.objects.get()
    assert lead.custom == {"size": 1200}
    page = browser.get(reverse("lead", args=[lead.pk])).content.decode()
    assert page.count("厂房面积") == 2  # in the file, and in what arrived
    assert "1,200" in page


def test_a_wrong_value_is_said_beside_it(client_of, lin, size):
    form = {"company": "惠山机械", "holder": "own", "custom_size": "很大"}
    response = client_of(lin).post("/leads/new/", form)
    assert response.status_code == 422
    assert "很大" in response.content.decode()
    assert Lead.objects.count() == 0


def test_what_arrives_fills_what_was_empty_and_keeps_what_is_no_value(waiting, size):
    lead = waiting(phone="13812345678", **{"custom.size": "很大"})
    assert lead.custom is None
    assert lead.arrivals.get().given["custom.size"] == "很大"
    again = waiting(phone="13812345678", **{"custom.size": "1200"})
    assert (again.pk, again.custom) == (lead.pk, {"size": 1200})
    third = waiting(phone="13812345678", **{"custom.size": "50"})
    assert third.custom == {"size": 1200}
    assert Entry.objects.about("lead", lead.pk).filter(verb="lead.came_again")[1].changes["custom.size"] == [None, 1200]


def test_changed_it_is_recorded_by_itself_and_told(pushed, client_of, lin, at, size):
    lead = pushed(lin)
    change_lead(lead=lead, fields={}, custom={"size": 300}, by=lin, at=at)
    entry = Entry.objects.about("lead", lead.pk).get(verb="lead.changed")
    assert entry.changes == {"custom.size": [None, 300], "version": [1, 2]}
    assert "厂房面积" in client_of(lin).get(reverse("lead", args=[lead.pk])).content.decode()


@pytest.mark.parametrize("value", [99999, "x"])
def test_what_the_field_does_not_take_changes_nothing(pushed, lin, at, size, value):
    lead = pushed(lin)
    with pytest.raises(Refused):
        change_lead(lead=lead, fields={"city": "无锡"}, custom={"size": value}, by=lin, at=at)
    lead.refresh_from_db()
    assert (lead.custom, lead.city, lead.version) == (None, "", 1)


def test_who_may_not_see_it_neither_reads_nor_writes_it(pushed, client_of, lin, liang, at, budget):
    lead = pushed(lin, phone="13812345678", **{"custom.budget": "80000"})
    assert lead.custom == {"budget": "80000.00"}
    change_lead(lead=lead, fields={}, custom={"budget": "90000.00"}, by=liang, at=at)
    address = reverse("lead", args=[lead.pk])
    seller, manager = (client_of(person).get(address).content.decode() for person in (lin, liang))
    assert manager.count("预算") == 3  # the file, the arrival, the change
    assert "90,000" in manager
    for hidden in ("预算", "90,000", "80,000", "80000"):
        assert hidden not in seller
    change = reverse("lead_change", args=[lead.pk])
    assert "预算" not in client_of(lin).get(change).content.decode()
    form = {"company": "惠山", "phone": "13812345678", "custom_budget": "1"}
    assert client_of(lin).post(change, form).status_code == 303
    lead.refresh_from_db()
    assert (lead.company, lead.custom) == ("惠山", {"budget": "90000.00"})
    with pytest.raises(NotPermitted):
        change_lead(lead=lead, fields={}, custom={"budget": "1.00"}, by=lin, at=at)
