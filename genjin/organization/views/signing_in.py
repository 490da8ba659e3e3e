"""The door: signing in, signing out, and waiting after too many tries."""

from datetime import timedelta
from math import ceil
from typing import Any

from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from genjin.organization.forms.signing_in import SignInForm
from genjin.organization.models import Person
from genjin.organization.services.first_run import company_name, nobody_works_here
from genjin.web.htmx import redirect_to

BACKEND = "genjin.organization.backend.PersonBackend"


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password. The answer to a wrong name and to a wrong password is the same."""
    if nobody_works_here():
        return redirect("welcome")
    onward = safe_next(request)
    if request.user.is_authenticated:
        return redirect(onward)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = authenticate(request, sign_in=form.cleaned_data["sign_in"], password=form.cleaned_data["password"])
        if person is not None:
            enter(request, person, stay=form.cleaned_data["stay"])
            return redirect_to(request, onward)
        form.add_error(None, _("Name or password is not right."))
    return render(
        request,
        "organization/sign_in.html",
        {"form": form, "next": request.POST.get("next", request.GET.get("next", "")), "company": company_name()},
        status=422 if form.errors else 200,
    )


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect_to(request, reverse("sign_in"))


def enter(request: HttpRequest, person: Person, *, stay: bool = True) -> None:
    """Begin the person's session under a new key; without `stay` it ends with the browser."""
    login(request, person, backend=BACKEND)
    request.session.set_expiry(None if stay else 0)


def safe_next(request: HttpRequest) -> str:
    """Where one was before, if that is a page of ours; else home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else resolve_url(settings.LOGIN_REDIRECT_URL)


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """Too many tries (django-axes calls this): the page that says how long to wait."""
    wait = _wait(request, credentials)
    page = render(request, "organization/locked_out.html", {"minutes": ceil(wait / timedelta(minutes=1))}, status=429)
    page["Retry-After"] = str(int(wait.total_seconds()))
    page["Cache-Control"] = "no-store"
    return page


def _wait(request: HttpRequest, credentials: dict[str, Any] | None) -> timedelta:
    """How long until the tries from this address under this name are forgotten, at least a minute."""
    whole = get_cool_off(request) or timedelta()
    last = (
        AccessAttempt.objects.filter(
            username=get_client_username(request, credentials), ip_address=getattr(request, "axes_ip_address", None)
        )
        .order_by("-attempt_time")
        .first()
    )
    left = whole if last is None else last.attempt_time + whole - timezone.now()
    return max(left, timedelta(minutes=1))
