"""The reader's language, and refusals in words instead of error pages."""

from django.conf import settings
from django.shortcuts import render
from django.utils import translation

from genjin.core.reasons import NotPermitted, Outdated, Refused
from genjin.web.htmx import wants_fragment

SUPPORTED = dict(settings.LANGUAGES)


def language(get_response):
    """A person's own choice, else the cookie of the sign-in page, else Chinese."""

    def middleware(request):
        chosen = getattr(request.user, "language", None) or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        with translation.override(chosen if chosen in SUPPORTED else settings.LANGUAGE_CODE):
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
        template = "web/_refused.html" if wants_fragment(request) else "web/refused.html"
        return render(request, template, {"reason": exception.reason}, status=status)


refusals = RefusalMiddleware
