import pytest
from django.test import Client
from django.urls import reverse

from conftest import PASSWORD
from genjin.organization.services import make_sign_in_link

HERE, THERE = "10.0.0.7", "10.0.0.8"


@pytest.fixture
def browser(clock) -> Client:
    return Client(REMOTE_ADDR=HERE)


def attempt(browser, sign_in="lin", password="wrong"):
    return browser.post(reverse("sign_in"), {"sign_in": sign_in, "password": password})


def test_after_five_wrong_tries_even_the_right_password_waits_a_quarter_of_an_hour(browser, lin, clock):
    answers = [attempt(browser).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    locked = attempt(browser, password=PASSWORD)
    assert locked.status_code == 429
    assert int(locked.headers["Retry-After"]) == 900
    assert "15" in locked.text
    clock.shift(14 * 60)
    assert "1 分钟" in attempt(browser, password=PASSWORD).text
    clock.shift(61)
    assert attempt(browser, password=PASSWORD).status_code == 303


def test_waiting_is_not_made_longer_by_trying(browser, lin, clock):
    for _ in range(5):
        attempt(browser)
    clock.shift(10 * 60)
    attempt(browser)
    clock.shift(5 * 60 + 1)
    assert attempt(browser, password=PASSWORD).status_code == 303


def test_only_this_name_from_this_address_waits(browser, lin, zhou):
    for _ in range(6):
        attempt(browser)
    assert attempt(browser, "zhou", PASSWORD).status_code == 303
    assert attempt(Client(REMOTE_ADDR=THERE), "lin", PASSWORD).status_code == 303


def test_other_letters_of_the_same_name_count_together(browser, lin):
    for name in ["lin", "LIN", "Lin", "ｌｉｎ", " lin"]:
        attempt(browser, name)
    assert attempt(browser, "lIn", PASSWORD).status_code == 429


def test_behind_a_named_proxy_each_client_waits_for_itself(lin, clock, settings):
    settings.BEHIND_PROXY = True

    def through_proxy(address):
        return Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"1.2.3.4, {address}")

    for _ in range(5):
        attempt(through_proxy(HERE))
    assert attempt(through_proxy(HERE), password=PASSWORD).status_code == 429
    assert attempt(through_proxy(THERE), password=PASSWORD).status_code == 303


def test_without_one_a_forged_header_helps_nobody(lin, clock):
    answers = [attempt(Client(REMOTE_ADDR=HERE, HTTP_X_FORWARDED_FOR=f"10.9.9.{n}")).status_code for n in range(6)]
    assert answers == [422] * 4 + [429] * 2


def test_unknown_names_are_throttled_like_known_ones(browser, lin):
    assert [attempt(browser, "nobody").status_code for _ in range(6)] == [422] * 4 + [429] * 2


def test_the_right_password_forgets_the_wrong_tries(browser, lin):
    for _ in range(4):
        attempt(browser)
    assert attempt(browser, password=PASSWORD).status_code == 303
    browser.post(reverse("sign_out"))
    assert [attempt(browser).status_code for _ in range(4)] == [422] * 4


def test_guessing_one_time_links_is_throttled_too(browser, liang, lin, at):
    secret = make_sign_in_link(lin, by=liang, at=at)
    guesses = [browser.get(reverse("one_time_link", args=[f"guess{n}"])).status_code for n in range(6)]
    assert guesses == [404] * 4 + [429] * 2
    assert browser.get(reverse("one_time_link", args=[secret])).status_code == 429
    assert Client(REMOTE_ADDR=THERE).get(reverse("one_time_link", args=[secret])).status_code == 200


def test_an_old_link_opened_again_is_no_guess(browser, liang, lin, at, clock):
    secret = make_sign_in_link(lin, by=liang, at=at)
    clock.shift(73 * 3600)
    assert {browser.get(reverse("one_time_link", args=[secret])).status_code for _ in range(8)} == {410}
