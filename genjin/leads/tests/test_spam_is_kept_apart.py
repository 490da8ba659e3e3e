"""What looks like spam is kept apart until a person decides; floods, forgeries and repeats do no harm."""

from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from genjin.core.reasons import NotPermitted, Refused
from genjin.leads.capture import rules, taking
from genjin.leads.capture.models import Suspect
from genjin.leads.capture.rules import Asked
from genjin.leads.capture.stamps import read_stamp, stamp
from genjin.leads.capture.taking import Sent, decide_suspect, take
from genjin.leads.models import Arrival, Lead
from genjin.leads.services.arriving import settle_arrivals

pytestmark = pytest.mark.django_db
GIVEN = {"person_name": "徐建国", "phone": "13812345678"}


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"website": "https://spam.example"}, ["spam_trap"]),
        ({"seconds": 1}, ["spam_quick"]),
        ({"wants": "https://a.example " * 4}, ["spam_links"]),
    ],
)
def test_it_is_kept_apart_and_thanked_all_the_same(form, fill_in, how, why):
    answer = fill_in(form(), **{**GIVEN, **how})
    assert answer.status_code == 303
    suspect = Suspect.objects.get()
    assert (suspect.why, suspect.given["phone"]) == (why, "13812345678")
    assert not Arrival.objects.exists()


def test_said_to_be_no_spam_it_becomes_a_lead(form, fill_in, liang, at):
    fill_in(form(), seconds=1, **GIVEN)
    decide_suspect(Suspect.objects.get(), is_spam=False, by=liang, at=at)
    assert Arrival.objects.get().given["phone"] == "13812345678"
    with pytest.raises(Refused):
        decide_suspect(Suspect.objects.get(), is_spam=False, by=liang, at=at)
    assert Arrival.objects.count() == 1


def test_nobody_of_another_region_decides(form, fill_in, fang, at):
    fill_in(form(), seconds=1, **GIVEN)
    with pytest.raises(NotPermitted):
        decide_suspect(Suspect.objects.get(), is_spam=False, by=fang, at=at)
    assert not Arrival.objects.exists()


def test_identical_suspects_are_one_that_counts(form, fill_in):
    made = form()
    for _n in range(3):
        fill_in(made, seconds=1, **GIVEN)
    assert Suspect.objects.get().times == 3


def test_the_same_page_sent_twice_is_one_arrival(form, clock):
    made = form()
    sent = {"stamp": stamp(made.slug, at=timezone.now()), **GIVEN}
    clock.shift(20)
    for _n in range(2):
        assert Client().post(f"/f/{made.slug}/", sent, headers={"Origin": "http://testserver"}).status_code == 303
    settle_arrivals()
    assert Arrival.objects.get().times == 1
    assert Lead.objects.get().times == 1


def test_corrected_and_sent_again_from_the_same_page_nothing_is_lost(form, clock):
    made = form()
    sent = {"stamp": stamp(made.slug, at=timezone.now()), **GIVEN}
    clock.shift(20)
    for wants in ("报价", "报价和演示"):
        Client().post(f"/f/{made.slug}/", {**sent, "wants": wants}, headers={"Origin": "http://testserver"})
    assert Arrival.objects.count() == 2


def test_ten_thousand_identical_ones_are_one_lead(form, at):
    made = form()
    for number in range(10_000):
        take(Sent(made, GIVEN, key=UUID(int=number + 1)), at=at)
    assert Arrival.objects.get().times == 10_000


def test_too_many_from_one_address_are_sent_away_with_what_they_typed(form, fill_in):
    made = form(most_by_address=2)
    for number in range(2):
        assert fill_in(made, seconds=5, person_name="徐", phone=f"1381234567{number}").status_code == 303
    answer = fill_in(made, seconds=5, **GIVEN)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 600
    assert "徐建国" in answer.content.decode()
    assert Arrival.objects.count() == 2


def test_behind_no_proxy_a_forwarded_address_counts_for_nothing(form, fill_in, settings):
    made = form(most_by_address=1)
    statuses = [
        fill_in(made, seconds=5, headers={"X-Forwarded-For": f"203.0.113.{n}"}, person_name="徐",
                phone=f"1381234567{n}").status_code
        for n in range(2)
    ]  # fmt: skip
    assert statuses == [303, 429]


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_forged_origin_is_refused_and_what_was_typed_kept(form, clock, origin):
    made = form(origins=["https://www.example.com"])
    answer = Client().post(f"/f/{made.slug}/", GIVEN, headers={"Origin": origin})
    assert answer.status_code == 403
    assert "徐建国" in answer.content.decode()
    assert not Arrival.objects.exists()


def test_a_website_on_the_list_sends_without_our_page(form, clock):
    made = form(origins=["https://www.example.com"])
    answer = Client().post(f"/f/{made.slug}/", GIVEN, headers={"Origin": "https://www.example.com"})
    settle_arrivals()
    assert answer.status_code == 303
    assert Lead.objects.get().phone == "13812345678"


def test_from_our_own_page_without_a_stamp_it_is_asked_once_more(form, fill_in):
    answer = fill_in(form(), without=("stamp",), **GIVEN)
    assert answer.status_code == 422
    assert "徐建国" in answer.content.decode()


def test_what_is_too_large_is_refused_before_it_is_read(form, clock, monkeypatch):
    monkeypatch.setattr("django.http.request.HttpRequest.body", property(lambda request: pytest.fail("was read")))
    made = form()
    answer = Client().post(f"/f/{made.slug}/", {**GIVEN, "wants": "长" * 1_000_000})
    assert answer.status_code == 413
    assert "太大" in answer.content.decode()


def test_where_nothing_could_be_kept_it_is_said_and_the_text_stays(form, fill_in, monkeypatch):
    made = form()
    monkeypatch.setattr(taking, "PATIENCE", 0)
    held = [taking._writers.acquire() for _n in range(taking.WRITERS)]
    try:
        answer = fill_in(made, **GIVEN)
    finally:
        for _each in held:
            taking._writers.release()
    assert (answer.status_code, answer["Retry-After"]) == (503, "3")
    assert "徐建国" in answer.content.decode()
    assert not Arrival.objects.exists()


def test_a_puzzle_is_solved_or_waited_for(form, fill_in, clock):
    made = form(has_puzzle=True)
    quick = fill_in(made, **GIVEN)
    assert quick.status_code == 422
    assert "徐建国" in quick.content.decode()
    assert fill_in(made, seconds=21, **GIVEN).status_code == 303
    text = stamp(made.slug, at=timezone.now())
    answer = next(str(n) for n in range(10**7) if rules.is_solved(text, str(n)))
    clock.shift(5)
    sent = {**GIVEN, "stamp": text, "puzzle": answer, "wants": "演示"}
    assert Client().post(f"/f/{made.slug}/", sent, headers={"Origin": "http://testserver"}).status_code == 303


@pytest.mark.parametrize(("origins", "ancestors"), [([], "'none'"), (["https://www.example.com"],) * 2])
def test_only_websites_on_the_list_may_frame_it(form, clock, origins, ancestors):
    made = form(origins=origins)
    page = Client().get(f"/f/{made.slug}/")
    policy = page["Content-Security-Policy"]
    assert f"frame-ancestors {ancestors if isinstance(ancestors, str) else ancestors[0]}" in policy
    assert "script-src 'self'" in policy
    assert ("X-Frame-Options" in page) == (not origins)


def test_every_other_page_is_framed_by_nobody(client_of, qian):
    page = client_of(qian).get("/settings/forms/")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_a_stamp_is_of_one_form_and_a_day(at, form):
    made = form()
    text = stamp(made.slug, at=at)
    assert read_stamp(text, made.slug, at=at)
    assert read_stamp(text, "another", at=at) is None
    assert read_stamp(text + "0", made.slug, at=at) is None
    assert read_stamp(text, made.slug, at=at.replace(day=26)) is None


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://www.example.com/pricing", "https://www.example.com"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("https://www.example.com:443", "https://www.example.com"),
        ("www.example.com", None),
        ("javascript:alert(1)", None),
        ("https://exa mple.com; script-src *", None),
        ("https://*.example.com", None),
        ("https://user@example.com", None),
    ],
)
def test_what_is_a_website(address, origin):
    assert rules.origin_of(address) == origin


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ([Asked("company")], "form_reaches_nobody"),
        ([Asked("phone"), Asked("phone")], "form_asks_twice"),
        ([Asked("phone"), Asked("owner")], "form_asks_unknown"),
        ([Asked("phone", "长" * 61)], "form_label_too_long"),
        ([Asked("phone"), Asked("product", choices=("x" * 61,))], "form_choices_too_many"),
        ([Asked("phone"), Asked("custom.size")], None),
    ],
)
def test_what_a_form_may_ask(fields, code):
    refused = rules.refusal_of_fields(fields, custom={"size"})
    assert (refused.code if refused else None) == code
