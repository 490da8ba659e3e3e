"""What was typed is kept by the browser until the server says that it stands in the database (`keep_draft.js`)."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

_COOKIE = "saved_draft"


def confirm(request: HttpRequest, key: str) -> None:
    """The form `<form data-keep="key">` is saved: the browser may forget what it kept."""
    request.saved_drafts = [*getattr(request, "saved_drafts", []), key]  # type: ignore[attr-defined]


def write_confirmations(request: HttpRequest, response: HttpResponse) -> None:
    """By header for htmx; by a short-lived cookie for the page that a plain form is sent on to."""
    saved = ",".join(getattr(request, "saved_drafts", []))
    if not saved:
        return
    response["X-Saved"] = saved
    if 300 <= response.status_code < 400 or "HX-Redirect" in response:
        response.set_cookie(_COOKIE, quote(saved), max_age=60, samesite="Lax")
