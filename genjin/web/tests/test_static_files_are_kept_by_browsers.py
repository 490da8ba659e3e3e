"""Styles and scripts are asked for once: their address changes with their content, so they may be kept for a year."""

import re

from django.conf import settings
from django.templatetags.static import static


def test_a_style_may_be_kept_for_a_year(client):
    answer = client.get(static("genjin/css/tokens.css"))
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_the_address_carries_the_fingerprint_of_the_files():
    assert re.fullmatch(r"/static/[0-9a-f]{10}/", settings.STATIC_URL)


def test_everything_that_the_head_names_is_there(client_of, lin):
    client = client_of(lin)
    page = client.get("/settings/components/").content.decode()
    named = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page))
    assert len(named) > 20
    assert {address for address in named if client.get(address).status_code != 200} == set()
