"""The verbs behind the customer page's buttons: done, told with a way back, or refused with nothing typed lost."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages

from genjin.customers.models import Collaboration, Customer

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def said(response) -> list[tuple[str, str]]:
    return [(message.message, message.extra_tags) for message in get_messages(response.wsgi_request)]


def test_planning_another_day(client_of, owned, lin, today):
    row = owned(lin, class_code="3")
    day = row.due_on - timedelta(days=1)
    response = client_of(lin).post(f"/customers/{row.pk}/plan/", {"on": day.isoformat()})
    assert response.status_code == 303
    assert Customer.objects.get().planned_on == day


def test_past_the_cycle_the_form_comes_back_with_the_day_and_why(client_of, owned, lin):
    row = owned(lin, class_code="3")
    day = row.due_on + timedelta(days=5)
    response = client_of(lin).post(f"/customers/{row.pk}/plan/", {"on": day.isoformat()})
    assert response.status_code == 422
    assert day.isoformat() in text(response)
    assert "原因" in text(response)
    assert Customer.objects.get().planned_on is None


def test_a_release_is_told_with_a_way_back_that_works(client_of, owned, lin, east_one):
    row = owned(lin)
    client = client_of(lin)
    response = client.post(f"/customers/{row.pk}/release/", {"reason": "三次再考虑", "pool": east_one.pool.pk})
    [(sentence, undo)] = said(response)
    assert "已放入" in sentence
    client.post(undo)
    assert Customer.objects.get().owner == lin


def test_what_was_touched_since_is_not_taken_back(client_of, owned, lin, zhou, east_one, at):
    from genjin.customers.services.ownership import claim_customer

    row = owned(lin)
    client = client_of(lin)
    [(_sentence, undo)] = said(
        client.post(f"/customers/{row.pk}/release/", {"reason": "手滑", "pool": east_one.pool.pk})
    )
    claim_customer(customer=row, by=zhou, at=at)
    assert client.post(undo, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert Customer.objects.get().owner == zhou


def test_an_undo_of_somebody_elses_verb_on_what_one_cannot_see_is_404(client_of, owned, lin, fang, east_one):
    row = owned(lin)
    [(_sentence, undo)] = said(
        client_of(lin).post(f"/customers/{row.pk}/release/", {"reason": "手滑", "pool": east_one.pool.pk})
    )
    assert client_of(fang).post(undo).status_code == 404
    assert Customer.objects.get().owner is None


def test_closing_and_reopening(client_of, owned, lin, liang):
    row = owned(lin)
    client_of(lin).post(f"/customers/{row.pk}/close/", {"kind": "dead", "reason": "倒闭了"})
    assert not Customer.objects.get().is_open
    assert client_of(lin).post(f"/customers/{row.pk}/reopen/").status_code == 403
    assert client_of(liang).post(f"/customers/{row.pk}/reopen/").status_code == 303
    assert Customer.objects.get().owner == lin


def test_a_manager_assigns_moves_the_class_and_confirms(client_of, owned, lin, zhou, liang):
    row = owned(lin, class_code="2")
    client = client_of(liang)
    client.post(f"/customers/{row.pk}/confirm/", {"condition": "lead_confirmed"})
    client.post(f"/customers/{row.pk}/class/", {"to": "1", "reason": "一起谈的付款"})
    client.post(f"/customers/{row.pk}/assign/", {"to": zhou.pk})
    row.refresh_from_db()
    assert (row.conditions, row.class_code, row.owner) == (["lead_confirmed"], "1", zhou)


def test_a_seller_finds_neither(client_of, owned, lin, zhou):
    row = owned(lin)
    client = client_of(lin)
    assert client.post(f"/customers/{row.pk}/assign/", {"to": zhou.pk}).status_code == 403
    assert client.post(f"/customers/{row.pk}/class/", {"to": "1", "reason": "行"}).status_code == 403
    assert client.post(f"/customers/{row.pk}/confirm/", {"condition": "lead_confirmed"}).status_code == 403


def test_nobody_out_of_scope_can_be_chosen(client_of, owned, lin, liang, fang):
    row = owned(lin)
    response = client_of(liang).post(f"/customers/{row.pk}/assign/", {"to": fang.pk})
    assert response.status_code == 422
    assert Customer.objects.get().owner == lin


def test_a_colleague_is_let_in_and_out_again(client_of, owned, lin, zhou):
    row = owned(lin)
    client = client_of(lin)
    client.post(f"/customers/{row.pk}/lend/", {"to": zhou.pk, "way": "work", "ends_on": "2026-12-31"})
    lent = Collaboration.objects.get()
    assert (lent.person, lent.may_work, lent.ends_on.isoformat()) == (zhou, True, "2026-12-31")
    assert client_of(zhou).get(f"/customers/{row.pk}/").status_code == 200
    client.post(f"/customers/{row.pk}/lendings/{lent.pk}/end/")
    assert client_of(zhou).get(f"/customers/{row.pk}/").status_code == 404


def test_htmx_gets_the_form_alone_and_is_sent_on_when_done(client_of, owned, lin, east_one):
    row = owned(lin)
    client = client_of(lin)
    form = client.get(f"/customers/{row.pk}/release/", headers={"HX-Request": "true"})
    assert text(form).lstrip().startswith('<div id="verb_form"')
    done = client.post(
        f"/customers/{row.pk}/release/", {"reason": "不做", "pool": east_one.pool.pk}, headers={"HX-Request": "true"}
    )
    assert done.headers["HX-Redirect"] == f"/customers/{row.pk}/"
