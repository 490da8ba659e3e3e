"""The page Today: list, customer, note form; whole and in part; who sees it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from genjin.customers.services.ownership import lend_customer
from genjin.followups.services.agreements import make_promise
from genjin.organization.models import Role

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def customer(customer_of, lin, today):
    return customer_of(lin, "3k", name="无锡朗悦搬家服务有限公司", planned_on=today)


def page(customer):
    return reverse("today_customer", args=[customer.pk])


def test_it_shows_the_list_the_customer_and_the_form(client_of, lin, customer):
    answer = client_of(lin).get("/today/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("无锡朗悦搬家服务有限公司") >= 2
    assert "为什么在今天" in text
    assert 'href="tel:' in text
    assert f'action="/customers/{customer.pk}/note/"' in text
    assert 'aria-current="true"' in text


def test_for_htmx_a_row_brings_customer_and_form_without_the_list(client_of, lin, customer):
    answer = client_of(lin).get(page(customer), headers=HTMX)
    text = answer.content.decode()
    assert 'id="panes"' in text
    assert "<html" not in text
    assert 'id="today_blocks"' not in text
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize("who", ["zhou", "fang"])
def test_a_stranger_gets_404(request, client_of, customer, who):
    assert client_of(request.getfixturevalue(who)).get(page(customer)).status_code == 404


def test_a_colleague_who_only_reads_is_told_so_and_finds_no_form(client_of, customer, zhou, lin, at):
    lend_customer(customer=customer, to=zhou, may_work=False, ends_on=None, by=lin, at=at)
    browser = client_of(zhou)
    text = browser.get(page(customer)).content.decode()
    assert 'id="note"' not in text
    assert (
        browser.post(
            reverse("note_save", args=[customer.pk]),
            {"key": "5c9f0d3e-0000-4000-8000-000000000001", "channel": "phone", "outcome": "missed"},
        ).status_code
        == 403
    )


def test_who_may_work_no_customers_has_no_today(client_of, lin):
    lin.role = Role.READER
    lin.save()
    assert client_of(lin).get("/today/").status_code == 403


def test_an_empty_day_says_what_to_do_next(client_of, lin):
    text = client_of(lin).get("/today/").content.decode()
    assert "你手上还没有客户" in text
    assert "今天的都打完了" not in text
    assert reverse("pool") in text


def test_on_a_day_off_it_says_whose_list_this_is(client_of, lin, customer, clock, at):
    clock.move_to(at - timedelta(days=2))
    assert "今天休息" in client_of(lin).get("/today/").content.decode()


def test_after_the_shift_it_says_what_was_asked_and_done(client_of, lin, customer, clock, at):
    clock.move_to(at + timedelta(hours=9))
    text = client_of(lin).get("/today/").content.decode()
    assert "今天收工" in text
    assert "今晚自动重排" in text


@pytest.mark.parametrize(
    ("figure", "named"),
    [
        ("overdue", "逾期的"),
        ("unplanned", "没排的"),
        ("promises", "有承诺的"),
        ("done", "打过的"),
        ("effective", "打过的"),
    ],
)
def test_every_figure_leads_to_exactly_its_rows(client_of, customer_of, save, lin, at, today, figure, named):
    customer_of(lin, "4", name="逾期的", due_on=today - timedelta(days=1), planned_on=today)
    customer_of(lin, "4", name="没排的", due_on=today, planned_on=None)
    promised = customer_of(lin, "4", name="有承诺的", planned_on=today + timedelta(days=1))
    make_promise(customer=promised, what="发案例", by_when=at + timedelta(hours=1), by=lin, at=at)
    save(lin, customer_of(lin, "4", name="打过的", planned_on=today), effective=True)
    text = client_of(lin).get(f"/today/{figure}/").content.decode()
    names = {name for name in ("逾期的", "没排的", "有承诺的", "打过的") if f">{name}<" in text}
    assert names == {named}


def test_a_figure_that_does_not_exist_is_not_found(client_of, lin):
    assert client_of(lin).get("/today/nonsense/").status_code == 404


def test_english_reads_whole(client_of, lin, customer):
    lin.language = "en"
    lin.save()
    text = client_of(lin).get("/today/").content.decode()
    assert "Why today" in text
    assert "Save, next" in text


def test_the_page_takes_a_fixed_number_of_questions(
    client_of, customer_of, lin, customer, today, django_assert_max_num_queries
):
    browser = client_of(lin)
    for _ in range(10):
        customer_of(lin, "4", planned_on=today)
    browser.get("/today/")
    with django_assert_max_num_queries(16):
        browser.get("/today/")
