"""The reader's language and the light they read by."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

YEAR = 365 * 24 * 3600


def _back(request: HttpRequest) -> HttpResponse:
    """To where the choice was made, never to another site."""
    address = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(address if safe else "/")


@login_not_required
@require_POST
def change_language(request: HttpRequest) -> HttpResponse:
    """Keep the language in this browser, and with the person when somebody is signed in."""
    response = _back(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR, samesite="Lax", httponly=True)
        if request.user.is_authenticated and request.user.language != chosen:
            request.user.language = chosen
            request.user.save(update_fields=["language"])
    return response


@login_not_required
@require_POST
def change_theme(request: HttpRequest) -> HttpResponse:
    """Light or dark in this browser; anything else follows the system again."""
    response = _back(request)
    chosen = request.POST.get("theme", "")
    if chosen in ("light", "dark"):
        response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
