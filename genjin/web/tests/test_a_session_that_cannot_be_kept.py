"""A session that is gone ends in a page that says so; a database that is away stays the machine's fault."""

import psycopg
import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from genjin.core.sessions import SessionStore
from genjin.web.toasts import say

HTMX = {"HX-Request": "true"}


def saying(request):
    say(request, "已存")
    return HttpResponse("<p>fragment</p>")


def ended_meanwhile(request):
    Session.objects.all().delete()
    request.session["changed"] = True
    return HttpResponse("<p>fragment</p>")


def too_much(request):
    raise RequestDataTooBig


def unreadable(request):
    raise SuspiciousOperation("who sends such a thing")


urlpatterns = [
    path("say/", saying),
    path("end/", ended_meanwhile),
    path("much/", too_much),
    path("odd/", unreadable),
    path("", include("genjin.config.urls")),
]
handler400 = "genjin.web.errors.bad_request"
handler500 = "genjin.web.errors.server_error"


@pytest.fixture
def client(client_of, lin):
    with override_settings(ROOT_URLCONF=__name__):
        client = client_of(lin)
        client.raise_request_exception = False
        yield client


@pytest.fixture
def saving_fails(monkeypatch):
    """Rows of sessions can be read, and saving one raises the error that it is called with."""

    def fail(error, cause=None):
        def save(*_args, **_options):
            raise error from cause

        monkeypatch.setattr(Session, "save", save)

    return fail


LOST = psycopg.OperationalError("server closed the connection unexpectedly")


@pytest.mark.parametrize(
    ("error", "cause", "status", "said"),
    [
        (OperationalError("closed"), LOST, 503, "数据库连不上"),
        (OperationalError("stopping"), psycopg.errors.AdminShutdown("x"), 503, "数据库连不上"),
        (InterfaceError("closed"), psycopg.InterfaceError("the connection is closed"), 503, "数据库连不上"),
        (OperationalError("database is locked"), None, 503, "别人正在写"),
        (OperationalError("database or disk is full"), None, 503, "满"),
        (DatabaseError("x"), psycopg.DatabaseError("x"), 500, "系统出错了"),
        (DatabaseError("Forced update did not affect any rows."), None, 400, "你已经退出登录"),
    ],
)
def test_what_the_database_could_not_do_is_told_apart_from_a_session_that_is_gone(
    client, saving_fails, error, cause, status, said
):
    saving_fails(error, cause)
    answer = client.get("/say/")
    assert (answer.status_code, said in answer.content.decode()) == (status, True)


def test_the_row_that_is_gone_is_found_out_by_the_database_itself(db):
    store = SessionStore()
    store["a"] = 1
    store.save()
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
    assert not Session.objects.exists()


def test_a_session_ended_while_it_was_used_is_said_in_the_readers_language(client, lin):
    answer = client.get("/end/")
    assert answer.status_code == 400
    assert "你在别的窗口退出了，或者管理员结束了这次登录。" in answer.content.decode()
    assert 'href="/sign-in/"' in answer.content.decode()
    lin.language = "en"
    lin.save()
    client.force_login(lin, backend="genjin.organization.backend.PersonBackend")
    body = client.get("/end/").content.decode()
    assert '<html lang="en">' in body
    assert "Your session was ended in another window or by an administrator." in body


def test_htmx_is_told_as_whoever_is_signed_out(client):
    answer = client.get("/end/", headers=HTMX)
    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.parametrize(("address", "said"), [("/much/", "一次"), ("/odd/", "浏览器发来的内容读不出来，什么都没改。")])
def test_what_cannot_be_read_is_said_in_words_to_a_browser_and_to_htmx(client, address, said):
    for headers in ({}, HTMX):
        answer = client.post(address, headers=headers)
        assert answer.status_code == 400
        assert said in answer.content.decode()
        assert "data-refusal" in answer.content.decode()  # what request_errors.js says


def test_a_name_of_the_host_that_is_not_ours_is_answered_in_words(client):
    answer = client.get("/say/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "浏览器发来的内容读不出来" in answer.content.decode()
