"""Coming in by a one-time link. Looking does not use it up, so that link previews in chats do no harm."""

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import user_login_failed
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from genjin.core.reasons import Reason, Refused
from genjin.organization.forms.signing_in import NewPasswordForm
from genjin.organization.services import use_sign_in_link
from genjin.organization.services.sign_in_links import person_behind
from genjin.organization.views.signing_in import enter, locked_out

GUESSED = {"sign_in": "/in/"}  # all guessed links of one address count as tries under one name


@login_not_required
@never_cache
@sensitive_post_parameters("password", "password_again")
def one_time_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Show whose link it is and ask for a password; posting it uses the link and signs in."""
    if not AxesProxyHandler.is_allowed(request, GUESSED):
        return locked_out(request, None, GUESSED)
    now = timezone.now()
    try:
        person = person_behind(secret, at=now)
        if person is None:
            user_login_failed.send(sender=__name__, credentials=GUESSED, request=request)
            raise Refused("link_unknown")
        form = NewPasswordForm(request.POST or None, person=person)
        if request.method == "POST" and form.is_valid():
            enter(request, use_sign_in_link(secret, password=form.cleaned_data["password"], at=now))
            return redirect("home")
    except Refused as refused:
        return _dead(request, refused.reason)
    return render(
        request, "organization/one_time_link.html", {"form": form, "person": person}, status=422 if form.errors else 200
    )


def _dead(request: HttpRequest, reason: Reason) -> HttpResponse:
    status = 404 if reason.code == "link_unknown" else 410
    return render(request, "organization/dead_link.html", {"reason": reason}, status=status)
