"""One place decides fragment or page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked for a part. A boosted link or a history restore wants the whole page."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def respond(
    request: HttpRequest,
    page: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The fragment for htmx, the page for everybody else; caches keep the two apart."""
    chosen = fragment if fragment and wants_fragment(request) else page
    response = render(request, chosen, dict(context or {}), status=status)
    patch_vary_headers(response, ("HX-Request", "HX-Boosted", "HX-History-Restore-Request"))
    return response


def redirect_to(request: HttpRequest, address: str) -> HttpResponse:
    """Go there: by header for htmx, by status for a plain form. Back on the page one is on, its query stays: the list
    one came from is not lost by a verb."""
    address = _with_query_of_the_page(request, address)
    if wants_fragment(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    response = HttpResponse(status=303)
    response["Location"] = address
    return response


def refresh() -> HttpResponse:
    """htmx loads the page that is open anew."""
    response = HttpResponse(status=204)
    response["HX-Refresh"] = "true"
    return response


def shown_anew(request: HttpRequest, address: str) -> HttpResponse:
    """What is open is no longer true: loaded anew for htmx; a plain form is led to `address`."""
    return refresh() if wants_fragment(request) else redirect_to(request, address)


def _with_query_of_the_page(request: HttpRequest, address: str) -> str:
    page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if page.query and page.path == address and page.netloc == request.get_host():
        return f"{address}?{page.query}"
    return address
