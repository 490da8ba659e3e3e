"""What was typed survives a reload, a lost network, a fault of the server and a lost session, and is sent once."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from genjin.web.drafts import confirm

pytestmark = pytest.mark.browser

PAGE = """{% extends "web/base.html" %}{% block title %}Note{% endblock %}{% block content %}
<form id="note" data-keep="note-7" method="post" action="/save/" hx-post="/save/" hx-target="#note" hx-swap="outerHTML">
<input type="hidden" name="csrfmiddlewaretoken" value="{{ csrf_token }}"><input type="hidden" name="once" value="k1">
<label class="chip"><input type="checkbox" name="point" value="a"><span>A</span></label>
<textarea id="memo" name="memo" aria-label="Memo"></textarea>
<button data-key="mod+enter">Save</button></form>{% endblock %}"""

received: list[dict] = []
answers: list[int] = []


def note(request):
    from django.template import engines

    template = next(iter(engines.all())).from_string("{# a form that keeps #}" + PAGE)
    return HttpResponse(template.render({}, request))


def save(request):
    status = answers.pop(0) if answers else 200
    if status != 200:
        return HttpResponse("broken", status=status)
    received.append(
        {"memo": request.POST["memo"], "once": request.POST["once"], "point": request.POST.getlist("point")}
    )
    confirm(request, "note-7")
    return HttpResponse('<p id="done">Saved</p><textarea id="memo" aria-label="Next"></textarea>')


@login_not_required
def door(request):
    return HttpResponse("<h1>Sign in</h1>")


urlpatterns = [path("note/", note), path("save/", save), path("door/", door), path("", include("genjin.config.urls"))]


@pytest.fixture
def page(transactional_db, page_of, lin):
    received.clear()
    answers.clear()
    with override_settings(ROOT_URLCONF=__name__):
        page = page_of(lin)
        page.goto("/note/")
        yield page


def write(page) -> None:
    page.get_by_label("Memo").fill("周四上午盖章")
    page.get_by_label("A", exact=True).check()


def test_a_reload_brings_back_what_was_typed_and_says_so(page):
    write(page)
    page.reload()
    assert page.get_by_label("Memo").input_value() == "周四上午盖章"
    assert page.get_by_label("A", exact=True).is_checked()
    assert page.get_by_text("已恢复没保存的内容").is_visible()


def test_what_is_saved_is_forgotten_by_the_browser(page):
    write(page)
    page.keyboard.press("Control+Enter")
    page.locator("#done").wait_for()
    assert received == [{"memo": "周四上午盖章", "once": "k1", "point": ["a"]}]
    page.goto("/note/")
    assert page.get_by_label("Memo").input_value() == ""


def test_after_saving_the_keys_are_keys_again(page):
    page.get_by_label("Memo").fill("周四上午盖章")
    page.keyboard.press("Control+Enter")
    page.get_by_label("Next").wait_for()
    assert page.evaluate("document.activeElement === document.body")


def test_a_lost_network_keeps_the_text_and_sends_it_once_when_it_is_back(page, complaints):
    write(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("没存上：网断了").wait_for()
    page.context.set_offline(False)
    page.locator("#done").wait_for()
    assert [each["memo"] for each in received] == ["周四上午盖章"]
    complaints.clear()  # the browser reports the failed connection


def test_a_fault_of_the_server_keeps_the_text_and_tries_again(page, complaints):
    answers.append(503)
    write(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("过一会儿自动再存").wait_for()
    page.locator("#done").wait_for()
    assert [each["once"] for each in received] == ["k1"]
    complaints.clear()


def test_what_did_not_arrive_is_sent_even_when_its_form_is_gone(page, complaints):
    write(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("没存上：网断了").wait_for()
    page.evaluate("document.getElementById('note').remove()")
    page.context.set_offline(False)
    page.get_by_text("刚才没存上的，现在存好了").wait_for()
    assert [each["memo"] for each in received] == ["周四上午盖章"]
    complaints.clear()


def test_a_lost_session_keeps_the_text_and_offers_the_way_in(page, complaints):
    write(page)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save").click()
    way_in = page.get_by_role("link", name="重新登录")
    way_in.wait_for()
    assert "next=%2Fnote%2F" in way_in.get_attribute("href")
    assert page.get_by_label("Memo").input_value() == "周四上午盖章"
    assert received == []
    complaints.clear()  # htmx notes the refused answer in the console


def test_pressing_twice_sends_once(page):
    write(page)
    page.evaluate("const form = document.getElementById('note'); form.requestSubmit(); form.requestSubmit();")
    page.locator("#done").wait_for()
    assert len(received) == 1
