"""What an answer to htmx carries besides its fragment, and what stands in for a page it cannot use."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from genjin.core.reasons import NotPermitted, Refused
from genjin.web import wording
from genjin.web.drafts import confirm
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say

HTMX = {"HX-Request": "true"}


def saying(request):
    say(request, "<b>已存", undo="/undo/7/")
    confirm(request, "note-7")
    return HttpResponse("<p>fragment</p>")


def saying_and_leaving(request):
    say(request, "已存")
    confirm(request, "note-7,x")
    return redirect_to(request, "/settings/components/")


def saying_on_a_page(request):
    say(request, "已存")
    return respond(request, "web/no_place.html")


def slow(request):
    assert len(get_messages(request)) == 1  # read when it was asked
    request.META["meanwhile"]()
    return saying(request)


def part(request):
    return HttpResponse("<p>part</p>")


def refusing(request):
    raise Refused("web_test_refusal")


def forbidding(request):
    raise NotPermitted("web_test_refusal")


def breaking(request):
    raise RuntimeError("broken")


@login_not_required
def open_door(request):
    return HttpResponse("open")


urlpatterns = [
    path("say/", saying),
    path("leave/", saying_and_leaving),
    path("page/", saying_on_a_page),
    path("slow/", slow),
    path("part/", part),
    path("refuse/", refusing),
    path("forbid/", forbidding),
    path("break/", breaking),
    path("open/", open_door, name="sign_in"),
    path("", include("genjin.config.urls")),
]
handler500 = "genjin.web.errors.server_error"
handler404 = "genjin.web.errors.not_found"


@pytest.fixture(autouse=True)
def addresses():
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture(autouse=True)
def worded(monkeypatch):
    monkeypatch.setitem(wording._sentences, "web_test_refusal", "库存满了")


def said_on_the_next_page(client):
    return client.get("/settings/components/").content.decode().split('id="toasts"')[1].count("已存</span>")


def test_what_was_said_comes_with_the_fragment_once(client_of, lin):
    client = client_of(lin)
    body = client.get("/say/", headers=HTMX).content.decode()
    assert body.startswith("<p>fragment</p>")
    assert 'hx-swap-oob="beforeend"' in body
    assert "&lt;b&gt;已存" in body
    assert 'action="/undo/7/"' in body
    assert said_on_the_next_page(client) == 0


def test_what_was_said_before_leaving_waits_for_the_next_page(client_of, lin):
    client = client_of(lin)
    answer = client.get("/leave/", headers=HTMX)
    assert answer.headers["HX-Redirect"] == "/settings/components/"
    assert said_on_the_next_page(client) == 1


@pytest.mark.parametrize(("address", "own"), [("/part/", 0), ("/say/", 1), ("/settings/components/", 0), ("/page/", 1)])
def test_no_answer_to_htmx_takes_what_waits_for_the_next_page(client_of, lin, address, own):
    client = client_of(lin)
    client.post("/leave/")
    body = client.get(address, headers=HTMX).content.decode()
    said, _, brought = body.partition('hx-swap-oob="beforeend"')
    assert "已存</span>" not in said
    assert brought.count("已存</span>") == own
    assert said_on_the_next_page(client) == 1
    assert said_on_the_next_page(client) == 0


def test_a_question_asked_before_the_deed_and_answered_after_it_forgets_nothing(client_of, lin):
    client = client_of(lin)
    client.post("/leave/")

    client.get("/slow/", headers=HTMX, meanwhile=lambda: client.post("/leave/"))
    assert said_on_the_next_page(client) == 2


def test_a_saved_draft_is_confirmed_by_header_and_over_a_redirect_by_cookie(client_of, lin):
    client = client_of(lin)
    assert client.get("/say/", headers=HTMX).headers["X-Saved"] == "note-7"
    assert client.get("/leave/").cookies["saved_draft"].value == "note-7%2Cx"


def test_a_refusal_is_a_toast_that_leaves_the_form_alone(client_of, lin):
    answer = client_of(lin).post("/refuse/", headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "#toasts")
    assert "库存满了" in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(("address", "status"), [("/refuse/", 422), ("/forbid/", 403)])
def test_a_refusal_is_a_page_without_htmx(client_of, lin, address, status):
    answer = client_of(lin).get(address)
    assert answer.status_code == status
    assert "库存满了" in answer.content.decode()
    assert "<html" in answer.content.decode()


def test_htmx_of_somebody_signed_out_gets_401_and_a_browser_the_sign_in_page(client, db):
    assert client.get("/say/", headers=HTMX).status_code == 401
    assert client.get("/say/").status_code == 302


def test_a_fault_is_said_in_words_without_asking_the_database(client_of, lin, django_assert_num_queries, rf):
    from genjin.web.errors import server_error

    with django_assert_num_queries(0):
        answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "系统出错了" in answer.content.decode()


def test_nothing_at_an_address_is_said_in_words_to_whoever_asks(client_of, client, lin):
    assert "这个网址没有你能看的内容" in client_of(lin).get("/nowhere/").content.decode()
    assert client.get("/nowhere/").status_code == 404
