"""A form in another website: framed and as plain HTML, with JavaScript and without; and composed on the screen."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from genjin.leads.capture import limits
from genjin.leads.capture.models import CaptureForm
from genjin.leads.capture.rules import Asked
from genjin.leads.capture.services import Composed, make_form
from genjin.leads.models import Lead

pytestmark = pytest.mark.browser


class _Website(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        content = self.server.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args) -> None:
        """Quiet."""


@pytest.fixture
def website():
    """Another website, at another origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Website)
    server.page = ""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.origin = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def form(transactional_db, east_one, liang, at, website):
    limits.forget()

    def made(**how):
        asked = [Asked("person_name"), Asked("phone", is_required=True), Asked("wants")]
        given = {"unit": east_one, "name": "官网", "title": "预约演示", "fields": asked, "origins": [website.origin]}
        return make_form(Composed(**{**given, **how}), by=liang, at=at)

    yield made
    limits.forget()


@pytest.fixture
def stranger(browser, live_server, complaints):
    """Somebody's browser that was never here; `scripts` whether it runs any."""
    contexts = []

    def open_page(*, scripts=True):
        context = browser.new_context(
            locale="zh-CN", viewport={"width": 390, "height": 844}, java_script_enabled=scripts
        )
        context.set_default_timeout(120_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def fill(place, clock):
    place.get_by_label("称呼").fill("徐建国")
    place.get_by_label("手机或电话").fill("13812345678")
    place.get_by_label("想了解什么").fill("报价")
    clock.shift(30)
    place.get_by_role("button", name="提交").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_in_a_frame(form, website, stranger, live_server, clock, scripts):
    made = form(has_puzzle=True)
    website.page = f'<!doctype html><h1>官网</h1><iframe src="{live_server.url}/f/{made.slug}/" height="700"></iframe>'
    page = stranger(scripts=scripts)
    page.goto(website.origin)
    frame = page.frame_locator("iframe")
    fill(frame, clock)
    frame.get_by_role("heading", name="谢谢").wait_for()
    assert Lead.objects.get().phone == "13812345678"


def test_a_website_that_is_not_on_the_list_shows_nothing(form, website, stranger, live_server):
    made = form(origins=["https://www.example.com"])
    website.page = f'<!doctype html><iframe src="{live_server.url}/f/{made.slug}/"></iframe>'
    page = stranger()
    page.goto(website.origin)
    page.wait_for_load_state("load")
    assert page.frame_locator("iframe").get_by_label("手机或电话").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_as_plain_html(form, website, stranger, live_server, page_of, liang, clock, scripts, settings):
    settings.ADDRESS = live_server.url
    made = form()
    settings_page = page_of(liang)
    settings_page.goto(f"/settings/forms/{made.pk}/embedding/")
    website.page = "<!doctype html>" + settings_page.get_by_label("表单代码").first.input_value()
    page = stranger(scripts=scripts)
    page.goto(website.origin)
    page.get_by_label("手机或电话").fill("问前台")
    page.get_by_label("想了解什么").fill("报价")
    page.get_by_role("button", name="提交").click()
    page.get_by_text("这个号码不对").wait_for()
    assert page.get_by_label("想了解什么").input_value() == "报价"
    fill(page, clock)
    page.get_by_role("heading", name="谢谢").wait_for()
    assert Lead.objects.get().wants == "报价"


def test_a_form_is_composed_and_filled_in(transactional_db, page_of, liang, stranger, live_server, clock):
    limits.forget()
    page = page_of(liang)
    page.goto("/settings/forms/new/")
    page.get_by_label("名称", exact=True).fill("展会扫码")
    page.get_by_label("标题").fill("秋季展会预约")
    page.get_by_label("公司名称", exact=True).check()
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/embedding/")
    made = CaptureForm.objects.get()
    visitor = stranger()
    visitor.goto(f"{live_server.url}/f/{made.slug}/?utm_source=expo")
    fill(visitor, clock)
    visitor.get_by_role("heading", name="谢谢").wait_for()
    lead = Lead.objects.get()
    assert lead.arrivals.get().came_from["utm_source"] == "expo"
    page.goto(f"/leads/{lead.pk}/")
    page.get_by_text("徐建国").first.wait_for()
