"""The token that forms prove themselves by: one on a page, good for each of its forms, none where no form asks."""

import re

from django.test import Client

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def test_all_forms_of_a_page_have_the_same_token_and_the_next_page_another(client, lin):
    client.force_login(lin)
    tokens = TOKEN.findall(client.get("/customers/").content.decode())
    assert len(tokens) > 1
    assert len(set(tokens)) == 1
    again = TOKEN.findall(client.get("/customers/").content.decode())
    assert set(again) != set(tokens)


def test_a_form_with_it_is_taken_and_one_without_is_not(lin):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(lin)
    token = TOKEN.search(browser.get("/customers/").content.decode())[1]
    given = {"theme": "dark", "next": "/customers/"}
    assert browser.post("/theme/", given).status_code == 403
    assert browser.post("/theme/", given | {"csrfmiddlewaretoken": token}).status_code == 302
