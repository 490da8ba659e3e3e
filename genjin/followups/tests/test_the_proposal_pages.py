"""What is to be decided, on pages: the list, the record, Today's card; the answer in place, nothing typed lost."""

import pytest

from genjin.customers.models import Customer
from genjin.followups.models import Proposal
from genjin.playbooks.services import adopt_playbook
from genjin.web.wording import word

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def given_up(customer_of, missed, lin):
    missed(lin, customer_of(lin, "5", name="昆山辰光叉车租赁"), 3)
    return Proposal.objects.get(kind="give_up")


@pytest.fixture
def to_class_5(customer_of, missed, lin):
    missed(lin, customer_of(lin, "0", kp=False, name="无锡朗悦搬家"), 3)
    return Proposal.objects.get(kind="class")


def test_the_seller_sees_what_why_and_the_contacts_it_rests_on(client_of, lin, given_up):
    page = client_of(lin).get("/proposals/").content.decode()
    assert "昆山辰光叉车租赁" in page
    assert word(given_up.rule) in page
    assert page.count('class="notes__h"') == 3


def test_nothing_to_decide_says_so(client_of, zhou, given_up):
    assert "没有要定的" in client_of(zhou).get("/proposals/").content.decode()


def test_a_stranger_gets_404(client_of, fang, zhou, given_up):
    for person in (fang, zhou):
        assert client_of(person).get(f"/proposals/{given_up.pk}/").status_code == 404
        assert client_of(person).post(f"/proposals/{given_up.pk}/", {"choice": "close"}).status_code == 404


def test_the_answer_is_carried_out_and_leads_back_to_the_list(client_of, lin, given_up):
    answer = client_of(lin).post(f"/proposals/{given_up.pk}/", {"choice": "close", "reason": "店关了"})
    assert (answer.status_code, answer["Location"]) == (303, "/proposals/")
    assert Customer.objects.get().closed_reason == "店关了"


def test_what_is_wrong_is_said_in_place_and_nothing_typed_is_lost(client_of, lin, given_up):
    answer = client_of(lin).post(f"/proposals/{given_up.pk}/", {"choice": "pool", "reason": ""}, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.startswith('<div id="proposal"')
    assert 'value="pool" checked' in page
    assert "<html" not in page


def test_without_a_choice_it_asks_for_one(client_of, lin, given_up):
    answer = client_of(lin).post(f"/proposals/{given_up.pk}/", {"reason": "先放着"})
    assert answer.status_code == 422
    assert 'value="先放着"' in answer.content.decode()


def test_decided_meanwhile_it_says_so(client_of, lin, given_up):
    client = client_of(lin)
    client.post(f"/proposals/{given_up.pk}/", {"choice": "keep", "reason": "再试"})
    client.post(f"/proposals/{given_up.pk}/", {"choice": "pool", "reason": "算了"})
    assert "已经定过了" in client.get("/proposals/").content.decode()
    assert Customer.objects.get().owner == lin


def test_a_decision_is_taken_back(client_of, lin, given_up):
    client = client_of(lin)
    client.post(f"/proposals/{given_up.pk}/", {"choice": "pool", "reason": "三次没人"})
    assert Customer.objects.get().owner is None
    client.post(f"/proposals/{given_up.pk}/undo/")
    assert Customer.objects.get().owner == lin


def test_several_moves_are_accepted_at_once_and_giving_up_never_is(client_of, lin, given_up, to_class_5):
    client_of(lin).post("/proposals/accepted/", {"chosen": [given_up.pk, to_class_5.pk, "x"]})
    assert set(Proposal.objects.values_list("kind", "state")) == {("class", "accepted"), ("give_up", "open")}


def test_the_manager_sees_whose_they_are_with_counts(client_of, liang, given_up, to_class_5):
    page = client_of(liang).get("/proposals/?of=team").content.decode()
    assert "昆山辰光叉车租赁" in page
    assert "林小满 <span" in page


def test_who_leads_several_teams_sees_each_with_its_count(
    client_of, qian, liang, lin, given_up, customer_of, missed, at
):
    adopt_playbook(unit=liang.unit, playbook="telesales", by=qian, at=at)
    missed(liang, customer_of(liang, "5", name="盐城远大民宿"), 3)
    page = client_of(qian).get("/proposals/?of=team").content.decode()
    assert f'href="?of=team&unit={lin.unit_id}">' in page
    page = client_of(qian).get(f"/proposals/?of=team&unit={lin.unit_id}").content.decode()
    assert "昆山辰光叉车租赁" in page
    assert "盐城远大民宿" not in page


def test_what_waits_for_the_lead_stands_first_for_the_lead(client_of, lin, liang, given_up, giving_up_needs_the_lead):
    client_of(lin).post(f"/proposals/{given_up.pk}/", {"choice": "pool", "reason": "三次没人"})
    client = client_of(liang)
    page = client.get("/proposals/").content.decode()
    assert "三次没人" in page
    assert 'name="answer"' in page
    client.post(f"/proposals/{given_up.pk}/", {"answer": "send_back", "reason": "先打总机"})
    given_up.refresh_from_db()
    assert (given_up.state, given_up.answer) == ("open", "先打总机")
    assert "先打总机" in client_of(lin).get("/proposals/").content.decode()


def test_it_stands_on_todays_card_and_on_the_record(client_of, lin, given_up):
    client = client_of(lin)
    assert "依据 3 次联系" in client.get(f"/today/{given_up.customer_id}/").content.decode()
    panel = client.get(f"/customers/{given_up.customer_id}/proposals/", headers=HTMX).content.decode()
    assert panel.startswith('<div id="customer_proposals"')
    assert "依据 3 次联系" in panel


def test_the_timeline_tells_it(client_of, lin, given_up):
    client = client_of(lin)
    client.post(f"/proposals/{given_up.pk}/", {"choice": "keep", "reason": "老板下周回来"})
    page = client.get(f"/customers/{given_up.customer_id}/").content.decode()
    assert "系统建议：" in page
    assert "老板下周回来" in page


def test_the_note_form_takes_attitude_and_the_day_of_payment(client_of, lin, customer_of):
    customer = customer_of(lin, "2")
    page = client_of(lin).get(f"/customers/{customer.pk}/note/").content.decode()
    assert 'name="attitude" value="considering"' in page
    assert 'name="pays_on"' in page


def test_the_lead_is_asked_for_class_1_and_agrees_on_the_page(client_of, lin, liang, customer_of, save):
    customer = customer_of(lin, "2", name="上海良品养生馆")
    save(lin, customer, class_wanted="1", interests=["peers"], remarks="周五让会计转")
    client = client_of(liang)
    page = client.get("/proposals/").content.decode()
    assert "主管" in page
    assert "周五让会计转" in page
    asked = Proposal.objects.get()
    assert client_of(lin).get(f"/proposals/{asked.pk}/").status_code == 200
    assert client.post(f"/proposals/{asked.pk}/", {"answer": "agree"}).status_code == 303
    assert Customer.objects.get(pk=customer.pk).class_code == "1"


@pytest.mark.parametrize("way", ["pool", "close", "keep", "move"])
def test_what_was_decided_can_still_be_read(client_of, lin, given_up, to_class_5, way):
    proposal = to_class_5 if way == "move" else given_up
    client = client_of(lin)
    choice = "move:5" if way == "move" else way
    assert client.post(f"/proposals/{proposal.pk}/", {"choice": choice, "reason": "试试"}).status_code == 303
    page = client.get(f"/proposals/{proposal.pk}/")
    assert page.status_code == 200
    assert "撤" in page.content.decode()


def test_what_was_decided_with_the_note_can_be_read_too(client_of, lin, missed, customer_of, giving_up_needs_the_lead):
    missed(lin, customer_of(lin, "5"), 3, third_miss="close", decision_reason="空号")
    assert client_of(lin).get(f"/proposals/{Proposal.objects.get().pk}/").status_code == 200
