"""What happened, what is safe, what to do: the pages behind 403, 404 and 500."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from genjin.core.reasons import Reason
from genjin.web.faults import fault_of
from genjin.web.wording import word


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/forbidden.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request: whatever broke may be the session or the database. 503 in its own words where it is the
    machine that could not: then it is worth trying again once that is mended."""
    if code := fault_of(sys.exception()):
        page = render_to_string("web/machine_fault.html", {"sentence": word(Reason(code))})
        return HttpResponse(page, status=503, headers={"Retry-After": "10"})
    return HttpResponse(render_to_string("web/server_error.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "web/csrf_failure.html", status=403)
