"""A real browser before a real server, signed in as somebody; whatever it complains about fails the test."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from genjin.organization.models import Person

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 120_000
# Said of every refusal, which tests may want; what the server itself got wrong is heard in `on_response`.
SAID_OF_EVERY_REFUSAL = "Failed to load resource: the server responded with a status of 4"
# Said when a newer question replaces one whose answer is still on its way, and when a page is left meanwhile.
SAID_OF_A_QUESTION_DROPPED = ("htmx:sendAbort", "htmx:afterRequest")
EXPECTED = (SAID_OF_EVERY_REFUSAL, *SAID_OF_A_QUESTION_DROPPED)


def chromium(playwright) -> str:
    """The program of the browser: Debian's, else the one that `playwright install chromium` brought."""
    found = [path for path in ("/usr/bin/chromium", playwright.chromium.executable_path) if Path(path).exists()]
    if not found:
        pytest.fail("no Chromium: apt install chromium (Debian) or python -m playwright install --with-deps chromium")
    return found[0]


@pytest.fixture(scope="session")
def browser() -> Iterator:
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium(playwright), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield opened
        opened.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What browser and server complained about. A test that provokes a complaint checks it and clears the list."""
    heard: list[str] = []
    yield heard
    assert heard == [], "the browser complained"


@pytest.fixture
def page_of(browser, live_server, clock, at: datetime, complaints: list[str]) -> Iterator[Callable]:
    """Opens a page on which that person is signed in; without a person nobody is. Addresses may be relative.

    The server's clock and the browser's stand at `at`; `clock.move_to` moves the server's.
    """
    contexts = []

    def open_page(person: Person | None = None, *, phone: bool = False, language: str = "zh-CN"):
        context = browser.new_context(
            base_url=live_server.url,
            viewport=PHONE if phone else DESK,
            has_touch=phone,
            is_mobile=phone,
            device_scale_factor=2 if phone else 1,
            locale=language,
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person, backend="genjin.organization.backend.PersonBackend")
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.clock.set_fixed_time(at)
        listen(page, complaints)
        return page

    yield open_page
    for context in contexts:
        context.close()


def listen(page, complaints: list[str]) -> None:
    """Note console errors (a violated content policy is one), errors in scripts, and answers above 499."""

    def on_console(message) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            complaints.append(f"console: {message.text}")

    def on_response(response) -> None:
        if response.status >= 500:
            complaints.append(f"{response.status} {response.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("response", on_response)
