import pytest
from django.test import Client
from django.urls import reverse

from conftest import PASSWORD
from genjin.organization.models import Person

HOME = reverse("home")


@pytest.fixture
def browser(clock) -> Client:
    return Client()


def attempt(browser, sign_in="lin", password=PASSWORD, **more):
    return browser.post(reverse("sign_in"), {"sign_in": sign_in, "password": password, "stay": "on", **more})


def test_a_stranger_is_led_to_the_door_and_back_to_where_one_was(browser, lin):
    led = browser.get(reverse("me"))
    assert led.url == f"/sign-in/?next={reverse('me')}"
    page = browser.get(led.url)
    assert f'name="next" value="{reverse("me")}"' in page.text
    assert attempt(browser, next=reverse("me")).headers["Location"] == reverse("me")


def test_the_right_password_opens_under_a_new_session_key(browser, lin):
    browser.get(reverse("sign_in"))
    browser.session["before"] = 1
    session = browser.session
    session.save()
    key = session.session_key
    assert attempt(browser).headers["Location"] == HOME
    assert browser.session["_auth_user_id"] == str(lin.pk)
    assert browser.session.session_key != key


@pytest.mark.parametrize("typed", ["LIN", " lin ", "ｌｉｎ"])
def test_a_sign_in_may_be_typed_in_any_letters(browser, lin, typed):
    assert attempt(browser, typed).status_code == 303


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(browser, lin, han):
    answers = [
        attempt(browser, "lin", "wrong"),
        attempt(browser, "nobody", "wrong"),
        attempt(browser, "han", PASSWORD),
    ]
    assert {answer.status_code for answer in answers} == {422}
    said = {answer.context["form"].non_field_errors()[0] for answer in answers}
    assert len(said) == 1
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize(
    "away",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", "http:///evil.example"],
)
def test_nobody_is_led_to_another_house(browser, lin, away):
    assert attempt(browser, next=away).headers["Location"] == HOME


def test_unticked_the_session_ends_with_the_browser(browser, lin):
    attempt(browser)
    assert browser.session.get_expire_at_browser_close() is False
    other = Client()
    other.post(reverse("sign_in"), {"sign_in": "lin", "password": PASSWORD})
    assert other.session.get_expire_at_browser_close() is True


def test_who_is_signed_in_does_not_stand_at_the_door(client_of, lin):
    assert client_of(lin).get(reverse("sign_in")).headers["Location"] == HOME


def test_signing_out_takes_a_post(client_of, lin):
    browser = client_of(lin)
    assert browser.get(reverse("sign_out")).status_code == 405
    assert browser.post(reverse("sign_out")).headers["Location"] == reverse("sign_in")
    assert "_auth_user_id" not in browser.session


def test_a_session_ends_in_the_moment_its_person_is_no_longer_here(client_of, lin):
    browser = client_of(lin)
    assert browser.get(reverse("me")).status_code == 200
    Person.objects.filter(pk=lin.pk).update(is_active=False, left_on="2026-11-24")
    assert browser.get(reverse("me")).headers["Location"].startswith(reverse("sign_in"))


def test_strange_input_is_answered_in_words(browser, lin):
    for sign_in, password in [("", ""), ("x" * 10_000, "y" * 10_000), ("a\0b", "c\0d"), ("😀", "😀")]:
        assert attempt(browser, sign_in, password).status_code == 422
