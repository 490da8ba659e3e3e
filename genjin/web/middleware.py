"""The reader's language, and refusals in words instead of error pages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils import translation

from genjin.core.reasons import NotPermitted, Outdated, Refused
from genjin.web.drafts import write_confirmations
from genjin.web.htmx import wants_fragment
from genjin.web.toasts import take_own

SUPPORTED = dict(settings.LANGUAGES)


def language(get_response):
    """A person's own choice, else the cookie of the sign-in page, else Chinese."""

    def middleware(request):
        chosen = getattr(request.user, "language", None) or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        request.LANGUAGE_CODE = chosen if chosen in SUPPORTED else settings.LANGUAGE_CODE
        with translation.override(request.LANGUAGE_CODE):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
            return response

    return middleware


class RefusalMiddleware:
    """A service that refuses ends in a sentence: 403 without the permission, 409 when outdated, else 422."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        status = {NotPermitted: 403, Outdated: 409}.get(type(exception), 422)
        if not wants_fragment(request):
            return render(request, "web/refused.html", {"reason": exception.reason}, status=status)
        response = render(request, "web/_refused.html", {"reason": exception.reason}, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"  # what was typed stays where it is
        return response


refusals = RefusalMiddleware


def leads_to_sign_in(address: str) -> bool:
    return urlsplit(address).path == resolve_url(settings.LOGIN_URL)


def answers(get_response):
    """What every answer to htmx carries besides its fragment: what a view said, which drafts are saved, and
    401 instead of a sign-in page swapped into the middle of another one."""

    def middleware(request):
        response = get_response(request)
        write_confirmations(request, response)
        if getattr(request, "htmx", None) and response.status_code == 302 and leads_to_sign_in(response["Location"]):
            return HttpResponse(status=401)
        if (
            wants_fragment(request)
            and response.status_code in (200, 422)
            and "HX-Redirect" not in response
            and "HX-Refresh" not in response
            and not response.streaming
            and response.get("Content-Type", "").startswith("text/html")
            and (own := take_own(request))
        ):
            response.content += render_to_string("web/_toasts.html", {"own": own}, request).encode()
        return response

    return middleware
