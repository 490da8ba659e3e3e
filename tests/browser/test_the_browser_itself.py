"""What the other browser tests rely on."""

import pytest

from genjin.core.jobs.worker import beat

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def worker(transactional_db, at):
    """A worker that lives, so that /healthz is a page without a complaint."""
    beat(at=at)


def test_somebody_is_signed_in_without_a_form(page_of, lin):
    page = page_of(lin)
    page.goto("/healthz")
    assert '"database": true' in page.content()


def test_a_script_that_the_content_policy_forbids_is_a_complaint(page_of, lin, complaints):
    page = page_of(lin)
    page.goto("/healthz")
    page.evaluate("document.body.appendChild(document.createElement('script')).textContent = 'alert(1)'")
    assert "Content Security Policy" in complaints[-1]
    complaints.clear()


def test_the_phone_is_narrow_and_the_clock_is_that_of_the_story(page_of, lin):
    page = page_of(lin, phone=True)
    page.goto("/healthz")
    assert page.evaluate("screen.width") == 390
    assert page.evaluate("new Date().toISOString()") == "2026-11-24T02:00:00.000Z"
