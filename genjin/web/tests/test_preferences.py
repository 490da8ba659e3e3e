"""Language, light, and the manifest of the installable product."""

import json

import pytest


def test_the_language_is_kept_in_the_browser_and_with_the_person(client_of, lin):
    client = client_of(lin)
    answer = client.post("/language/", {"language": "en", "next": "/settings/components/"})
    assert answer.headers["Location"] == "/settings/components/"
    assert answer.cookies["language"].value == "en"
    lin.refresh_from_db()
    assert lin.language == "en"
    assert "Components" in client.get("/settings/components/").content.decode()


def test_an_unknown_language_changes_nothing(client, db):
    assert "language" not in client.post("/language/", {"language": "xx"}).cookies


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_another_site(client, db, address):
    assert client.post("/language/", {"language": "en", "next": address}).headers["Location"] == "/"


@pytest.mark.parametrize(("chosen", "kept"), [("dark", "dark"), ("light", "light"), ("", ""), ("pink", "")])
def test_the_light_is_kept_in_the_browser(client_of, lin, chosen, kept):
    client = client_of(lin)
    client.post("/theme/", {"theme": chosen})
    page = client.get("/settings/components/").content.decode()
    assert (f'data-theme="{kept}"' in page) is bool(kept)


def test_choosing_needs_a_form(client, db):
    assert client.get("/language/").status_code == 405


def test_the_manifest_has_its_own_type_and_icons_that_exist(client, db):
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    manifest = json.loads(answer.content)
    assert manifest["start_url"] == "/"
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).status_code == 200, icon["src"]
