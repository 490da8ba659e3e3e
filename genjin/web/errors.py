"""What happened, what is safe, what to do: the pages behind 400, 403, 404 and 500."""

import sys
from typing import Any

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from genjin.core.reasons import Reason
from genjin.web.faults import fault_of
from genjin.web.htmx import wants_fragment
from genjin.web.wording import word

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Without the request, which may be what cannot be read. A session that was ended while it was used is told to
    htmx as to everybody who is signed out: 401, and the page offers to sign in again."""
    ended = isinstance(exception, SessionInterrupted)
    if ended and wants_fragment(request):
        return HttpResponse(status=401)
    why = "ended" if ended else "too_much" if isinstance(exception, TOO_MUCH) else "unreadable"
    return HttpResponse(_alone(request, "web/bad_request.html", why=why), status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/forbidden.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request: whatever broke may be the session or the database. 503 in its own words where it is the
    machine that could not: then it is worth trying again once that is mended."""
    if code := fault_of(sys.exception()):
        page = _alone(request, "web/fault.html", reason=Reason(code))
        return HttpResponse(page, status=503, headers={"Retry-After": "10"})
    return HttpResponse(_alone(request, "web/fault.html", sentence=""), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "web/csrf_failure.html", status=403)


def _alone(request: HttpRequest, template: str, *, reason: Reason | None = None, **context: Any) -> str:
    """A page that asks nothing of the request but the language it was read in: what broke outside of the
    middleware of languages is worded in it, too."""
    with translation.override(getattr(request, "LANGUAGE_CODE", translation.get_language())):
        if reason is not None:
            context["sentence"] = word(reason)
        return render_to_string(template, context)
