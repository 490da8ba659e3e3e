"""Writing a note in the browser, with htmx and without a line of JavaScript."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from genjin.customers.models import Customer
from genjin.followups.models import Appointment, Payment, Promise, Touch

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def customer(customer_of, lin, today):
    return customer_of(lin, "3k", name="无锡朗悦搬家", planned_on=today)


def typed(customer, **fields):
    return {"key": str(uuid4()), "version": customer.version, "channel": "phone", "back": "today"} | fields


def post(browser, customer, *, htmx=False, **fields):
    address = reverse("note_save", args=[customer.pk])
    return browser.post(address, typed(customer, **fields), headers=HTMX if htmx else {})


def test_without_javascript_saving_opens_the_next_of_the_list(client_of, customer_of, lin, customer, today):
    following = customer_of(lin, "4", planned_on=today)
    answer = post(client_of(lin), customer, outcome="effective", interests=["peers"], following=following.pk)
    assert (answer.status_code, answer["Location"]) == (303, reverse("today_customer", args=[following.pk]))
    assert answer.cookies["saved_draft"].value == f"note-{customer.pk}"
    assert Touch.objects.get().interests == ["peers"]


def test_with_htmx_it_brings_the_next_customer_the_list_and_the_figures(client_of, customer_of, lin, customer, today):
    following = customer_of(lin, "4", name="下一个", planned_on=today)
    answer = post(client_of(lin), customer, htmx=True, outcome="effective", following=following.pk)
    text = answer.content.decode()
    assert answer["X-Saved"] == f"note-{customer.pk}"
    assert answer["HX-Push-Url"] == reverse("today_customer", args=[following.pk])
    for part in ('id="panes"', 'id="today_head" hx-swap-oob', 'id="today_blocks" hx-swap-oob', "已存", "撤销"):
        assert part in text


def test_from_the_customers_own_page_it_returns_there(client_of, lin, customer):
    answer = post(client_of(lin), customer, outcome="effective", back="")
    assert answer["Location"] == reverse("customer", args=[customer.pk])


def test_a_wrong_day_keeps_everything_typed(client_of, lin, customer):
    answer = post(client_of(lin), customer, outcome="effective", remarks="妻子同意了", next_on="2026-13-45")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "妻子同意了" in text
    assert Touch.objects.count() == 0


def test_a_day_past_the_cycle_asks_for_its_reason_in_place(client_of, lin, customer, today):
    late = (today + timedelta(days=40)).isoformat()
    browser = client_of(lin)
    answer = post(browser, customer, outcome="effective", remarks="他出国", next_on=late)
    assert answer.status_code == 422
    assert 'name="next_reason"' in answer.content.decode()
    assert "他出国" in answer.content.decode()
    assert post(browser, customer, outcome="effective", next_on=late, next_reason="出国到元旦").status_code == 303
    assert Customer.objects.get().due_on == today + timedelta(days=40)


def test_without_a_result_and_without_a_point_it_asks(client_of, lin, customer):
    answer = post(client_of(lin), customer, remarks="聊了几句")
    assert answer.status_code == 422
    assert "先选有效还是无效" in answer.content.decode()


def test_a_point_noted_lets_the_rule_decide(client_of, lin, customer):
    post(client_of(lin), customer, interests=["peers"], interests_own="想上首页，要发票")
    touch = Touch.objects.get()
    assert touch.is_effective
    assert touch.interests == ["peers", "想上首页", "要发票"]


def test_not_effective_leaves_out_what_the_fold_hides(client_of, lin, customer):
    post(client_of(lin), customer, outcome="missed", miss_reason="no_answer", interests=["peers"], class_wanted="7")
    touch = Touch.objects.get()
    assert (touch.is_effective, touch.miss_reason, touch.interests, touch.class_after) == (False, "no_answer", [], "3k")


def test_time_promise_and_payment_arrive(client_of, customer_of, lin, today):
    customer = customer_of(lin, "1")
    post(
        client_of(lin), customer, outcome="effective", next_on=(today + timedelta(days=1)).isoformat(),
        next_time="10:30", appointment_kind="visit", appointment_purpose="收合同", promise_what="开发票",
        promise_on=(today + timedelta(days=2)).isoformat(), paid_amount="7200", paid_on=today.isoformat(),
    )  # fmt: skip
    assert Appointment.objects.get().kind == "visit"
    assert Promise.objects.get().what == "开发票"
    assert Payment.objects.get().amount == 7200


def test_a_time_without_a_day_is_on_the_day_that_was_shown(client_of, lin, customer, today):
    post(client_of(lin), customer, outcome="effective", next_time="10:30")
    assert Customer.objects.get().appointment_at.date() == today + timedelta(days=2)


def test_sent_twice_it_is_one_note(client_of, lin, customer):
    browser, key = client_of(lin), str(uuid4())
    for _ in range(2):
        assert post(browser, customer, outcome="effective", key=key).status_code == 303
    assert Touch.objects.count() == 1


def test_changed_meanwhile_shows_what_changed_and_saves_the_second_time(client_of, save, lin, liang, customer):
    browser = client_of(lin)
    save(liang, customer, effective=True, class_wanted="4", remarks="主管打过")
    answer = post(browser, customer, htmx=True, outcome="effective", remarks="我写的都在")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == "#note"
    assert "这个客户刚被改过" in text
    assert "我写的都在" in text
    fresh = Customer.objects.get()
    assert f'name="version" value="{fresh.version}"' in text
    assert post(browser, fresh, htmx=True, outcome="effective", remarks="我写的都在").status_code == 200
    assert Touch.objects.count() == 2


def test_a_picked_day_comes_back_in_the_form_without_saving(client_of, lin, customer, today):
    answer = post(client_of(lin), customer, outcome="effective", remarks="还在写", pick="tomorrow")
    text = answer.content.decode()
    assert "还在写" in text
    assert f'name="next_on" value="{(today + timedelta(days=1)).isoformat()}"' in text
    assert Touch.objects.count() == 0


def test_a_class_whose_conditions_are_missing_saves_and_says_so(client_of, lin, customer):
    answer = post(client_of(lin), customer, htmx=True, outcome="effective", interests=["peers"], class_wanted="2")
    assert "类别先留在重3" in answer.content.decode()
    assert Touch.objects.get().class_after == "3k"


def test_after_the_third_miss_the_form_offers_what_may_be_decided(client_of, customer_of, save, lin):
    customer = customer_of(lin, "5")
    for _ in range(2):
        save(lin, customer, effective=False)
    text = client_of(lin).get(
        reverse("note_next", args=[customer.pk]), {"outcome": "missed", "channel": "phone"}, headers=HTMX
    ).content.decode()  # fmt: skip
    assert all(f'value="{decision}"' in text for decision in ("pool", "close", "keep"))
    assert 'name="decision_reason"' in text


def test_a_decision_without_a_reason_is_asked_for_in_place(client_of, customer_of, save, lin):
    customer = customer_of(lin, "5")
    for _ in range(2):
        save(lin, customer, effective=False)
    fresh = Customer.objects.get()
    answer = post(client_of(lin), fresh, outcome="missed", third_miss="pool")
    assert answer.status_code == 422
    assert "写几个字说明原因" in answer.content.decode()


def test_too_long_a_remark_is_refused_in_words(client_of, lin, customer):
    answer = post(client_of(lin), customer, outcome="effective", remarks="长" * 5001)
    assert answer.status_code == 422
    assert Touch.objects.count() == 0


@pytest.mark.parametrize("field", ["key", "version", "contact_person", "next_on", "paid_amount", "third_miss"])
def test_tampered_fields_never_end_in_an_error_page(client_of, lin, customer, field):
    answer = post(client_of(lin), customer, outcome="effective", **{field: "🦊'--"})
    assert answer.status_code == 422
    assert Touch.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [("next_on", "9999-12-31"), ("next_on", "0001-01-01"), ("promise_on", "9999-12-31"), ("paid_on", "9999-12-31")],
)
def test_a_day_at_the_end_of_time_is_refused_in_words(client_of, lin, customer, field, value):
    answer = post(client_of(lin), customer, outcome="effective", **{field: value, "promise_what": "发案例"})
    assert answer.status_code == 422
    assert "选十年以内的" in answer.content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"interests": ["a\0b", "🦊" * 100, "想上首页"]},
        {"following": "²"},
        {"following": "9" * 40},
        {"contact_person": "9" * 18},
        {"pick": "9999-12-31"},
        {"pick": "’; drop"},
    ],
)
def test_odd_values_are_taken_or_left_never_an_error_page(client_of, lin, customer, fields):
    assert post(client_of(lin), customer, outcome="effective", **fields).status_code in (200, 303)


@pytest.mark.parametrize("pk", ["99999999999999999999999", "0"])
def test_a_key_of_nobody_is_not_found(client_of, lin, pk):
    assert client_of(lin).get(f"/today/{pk}/").status_code == 404


@pytest.mark.parametrize("who", ["zhou", "fang"])
def test_a_stranger_gets_404_for_form_preview_and_saving(request, client_of, customer, who):
    browser = client_of(request.getfixturevalue(who))
    assert browser.get(reverse("note_new", args=[customer.pk])).status_code == 404
    assert browser.get(reverse("note_next", args=[customer.pk])).status_code == 404
    assert post(browser, customer, outcome="effective").status_code == 404


def test_undo_takes_it_back_and_stands_before_the_customer(client_of, lin, customer):
    browser = client_of(lin)
    post(browser, customer, outcome="effective")
    touch = Touch.objects.get()
    answer = browser.post(reverse("touch_undo", args=[touch.pk]))
    assert answer["Location"] == reverse("today_customer", args=[customer.pk])
    assert Touch.objects.standing().count() == 0


def test_a_note_is_corrected_with_the_old_text_shown(client_of, lin, customer):
    browser = client_of(lin)
    post(browser, customer, outcome="effective", remarks="要半年的")
    address = reverse("touch_correct", args=[Touch.objects.get().pk])
    assert "要半年的" in browser.get(address).content.decode()
    assert browser.post(address, {"remarks": "要一年的", "interests": ["peers"]}).status_code == 303
    assert "要半年的" in browser.get(address).content.decode()
    assert "要一年的" in browser.get(reverse("customer", args=[customer.pk])).content.decode()


def test_a_manager_does_not_correct_a_sellers_note(client_of, save, lin, liang, customer):
    touch = save(lin, customer, effective=True).touch
    assert client_of(liang).get(reverse("touch_correct", args=[touch.pk])).status_code == 403


def test_saving_takes_a_fixed_number_of_questions(client_of, lin, customer, django_assert_max_num_queries):
    browser = client_of(lin)
    browser.get("/today/")
    with django_assert_max_num_queries(29):
        post(browser, customer, htmx=True, outcome="effective", interests=["peers"])
