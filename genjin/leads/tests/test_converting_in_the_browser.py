"""The pages of conversion: one click, a look at who it may be, passing it on, taking it back; strangers get 404."""

import pytest
from django.urls import reverse

from genjin.customers.models import Customer, Phone
from genjin.leads.converting.models import Conversion
from genjin.leads.models import Lead

pytestmark = pytest.mark.django_db
GIVEN = {"company": "无锡惠山机械有限公司", "person_name": "赵敏", "phone": "13812345678", "city": "无锡"}


@pytest.fixture
def lead(pushed, lin):
    return pushed(lin, **GIVEN)


def page(lead: Lead) -> str:
    return reverse("lead_conversion", args=[lead.pk])


def test_one_click_makes_it_a_customer_and_says_how_to_take_it_back(lead, lin, client_of):
    answer = client_of(lin).post(page(lead))
    customer = Customer.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/customers/{customer.pk}/")
    shown = client_of(lin).get(f"/customers/{customer.pk}/").content.decode()
    assert "以线索进来" in shown


def test_one_click_where_it_may_be_a_customer_already_shows_which(lead, lin, owned, client_of):
    there = owned(lin, "惠山机械")
    Phone.objects.create(customer=there, number="13812345678")
    answer = client_of(lin).post(page(lead))
    assert answer.status_code == 200
    assert (answer.shown["asks"], [each.customer for each in answer.shown["matches"]]) == (True, [there])
    assert "就是这家" in answer.content.decode()
    assert Lead.objects.get(pk=lead.pk).is_open


def test_into_the_chosen_one_with_what_was_chosen(lead, lin, owned, client_of):
    there = owned(lin, "惠山机械")
    Customer.objects.filter(pk=there.pk).update(city="江阴")
    looked = client_of(lin).get(page(lead) + f"?into={there.pk}")
    assert next((line.field, line.differs) for line in looked.shown["lines"]) == ("city", True)
    answer = client_of(lin).post(page(lead), {"seen": "1", "into": there.pk, "chosen": ["city"]})
    there.refresh_from_db()
    assert (answer.status_code, there.city, Customer.objects.count()) == (303, "无锡", 1)


def test_a_stranger_finds_no_page_and_a_colleague_none_either(lead, fang, zhou, client_of):
    for other in (fang, zhou):
        client = client_of(other)
        assert client.get(page(lead)).status_code == 404
        assert client.post(page(lead)).status_code == 404
        assert client.get(reverse("lead_conversion_panel", args=[lead.pk])).status_code == 404
    assert not Customer.objects.exists()


def test_of_a_colleagues_customer_only_name_and_owner_are_shown_and_the_lead_goes_there(
    lead, lin, zhou, owned, client_of
):
    there = owned(zhou, "惠山机械")
    Phone.objects.create(customer=there, number="13812345678")
    shown = client_of(lin).get(page(lead)).content.decode()
    assert "惠山机械" in shown
    assert f"/customers/{there.pk}/" not in shown
    assert client_of(lin).get(page(lead) + f"?into={there.pk}").status_code == 404
    answer = client_of(lin).post(reverse("lead_pass", args=[lead.pk, there.pk]))
    lead.refresh_from_db()
    assert (answer.status_code, lead.owner) == (303, zhou)


def test_it_is_passed_to_nobody_but_whose_customer_it_seems_to_be(lead, lin, zhou, owned, client_of):
    other = owned(zhou, "苏州启禾装饰工程")
    assert client_of(lin).post(reverse("lead_pass", args=[lead.pk, other.pk])).status_code == 404


def test_what_was_typed_is_not_lost_when_it_is_refused(lead, lin, zhou, owned, client_of):
    for nth in range(20):
        owned(zhou, f"客户{nth}", class_code="7")
    typed = {"seen": "1", "name": "惠山机械（新）", "owner": zhou.pk, "class_code": "7"}
    answer = client_of(lin).post(page(lead), typed)
    assert answer.status_code == 422
    assert "惠山机械（新）" in answer.content.decode()
    assert "20" in str(answer.shown["refused"])


def test_taken_back_from_the_leads_page(lead, lin, zhou, client_of):
    client_of(lin).post(page(lead))
    conversion = Conversion.objects.get()
    panel = client_of(lin).get(reverse("lead_conversion_panel", args=[lead.pk])).content.decode()
    undo = reverse("conversion_undo", args=[conversion.pk])
    assert undo in panel
    assert client_of(zhou).post(undo).status_code == 404
    assert client_of(lin).post(undo).status_code == 303
    assert Lead.objects.get(pk=lead.pk).is_open
    assert not Customer.objects.exists()


def test_an_ended_lead_leads_back_to_its_page(lead, lin, client_of):
    client_of(lin).post(page(lead))
    assert client_of(lin).get(page(lead))["Location"] == f"/leads/{lead.pk}/"
    assert client_of(lin).post(page(lead)).status_code == 303
    assert Customer.objects.count() == 1


@pytest.mark.parametrize("into", ["abc", "9" * 40, "-1", "999999"])
def test_a_customer_that_is_none_is_404(lead, lin, client_of, into):
    assert client_of(lin).get(page(lead) + f"?into={into}").status_code == 404


def test_a_reader_may_look_and_not_convert(lead, liang, client_of):
    type(liang).objects.filter(pk=liang.pk).update(role="reader")
    liang.refresh_from_db()
    assert client_of(liang).get(page(lead)).status_code == 403
    panel = client_of(liang).get(reverse("lead_conversion_panel", args=[lead.pk]))
    assert (panel.status_code, f'action="{page(lead)}"' in panel.content.decode()) == (200, False)
