"""Headers and cookies that hold for the whole product."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from conftest import PASSWORD

ADDRESSES = [
    "/",
    "/sign-in/",
    "/in/guess/",
    "/settings/me/",
    "/settings/people/",
    "/nowhere/",
    f"{settings.STATIC_URL}genjin/icons.svg",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("signed_in", [True, False])
def test_every_answer_carries_the_content_security_policy(client_of, lin, address, signed_in):
    answer = (client_of(lin) if signed_in else Client()).get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_pages_stand_in_no_frame(client_of, lin):
    answer = client_of(lin).get(reverse("me"))
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_houses(lin, clock):
    browser = Client()
    browser.post(reverse("sign_in"), {"sign_in": "lin", "password": PASSWORD})
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_behind_tls_the_cookies_are_sent_over_nothing_else(tmp_path):
    names = "SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS"
    program = f"from genjin.config import settings as s; print(s.{names})"
    environment = os.environ | {"GENJIN_HTTPS": "1", "GENJIN_DATA": str(tmp_path)}
    said = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["True", "True", "31536000"]


@pytest.mark.parametrize("name", ["sign_in", "sign_out", "me", "person_add", "unit_add"])
def test_no_post_counts_without_its_token(lin, clock, name):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(lin, backend="genjin.organization.backend.PersonBackend")
    assert browser.post(reverse(name), {}).status_code == 403
