import pytest
from django.test import Client
from django.urls import reverse

from genjin.organization.models import SignInLink
from genjin.organization.services import make_sign_in_link

NEW = {"password": "seven swans swim 77", "password_again": "seven swans swim 77"}


@pytest.fixture
def address(liang, lin, at, clock) -> str:
    return reverse("one_time_link", args=[make_sign_in_link(lin, by=liang, at=at)])


def test_a_link_preview_does_not_burn_the_link(address, lin):
    for _ in range(3):
        page = Client().get(address)
        assert page.status_code == 200
        assert "林小满" in page.text
    Client().head(address)
    assert SignInLink.objects.get().used_at is None


def test_setting_a_password_signs_in_and_burns_the_link(address, lin):
    browser = Client()
    assert browser.post(address, NEW).headers["Location"] == reverse("home")
    assert browser.session["_auth_user_id"] == str(lin.pk)
    lin.refresh_from_db()
    assert lin.check_password(NEW["password"])
    again = Client().post(address, NEW)
    assert again.status_code == 410


@pytest.mark.parametrize(
    ("password", "again"),
    [
        ("short", "short"),
        ("12345678901", "12345678901"),
        ("password123", "password123"),
        ("good enough 26", "other"),
        ("", ""),
    ],
)
def test_a_weak_or_mistyped_password_is_refused_and_the_link_stays(address, lin, password, again):
    page = Client().post(address, {"password": password, "password_again": again})
    assert page.status_code == 422
    assert SignInLink.objects.get().used_at is None
    lin.refresh_from_db()
    assert not lin.check_password(password)


def test_the_page_is_kept_by_no_cache_and_named_to_no_other_house(address):
    page = Client().get(address)
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_an_unknown_link_says_what_to_do(db, clock):
    page = Client().get(reverse("one_time_link", args=["x" * 43]))
    assert page.status_code == 404
    assert reverse("sign_in") in page.text
