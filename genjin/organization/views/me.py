"""My settings: what everybody changes about themselves."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from genjin.organization.forms.people import OwnDetailsForm
from genjin.organization.forms.signing_in import OwnPasswordForm
from genjin.organization.services import change_own_details, change_own_password
from genjin.web.toasts import say

FIELDS = ("name", "phone", "email", "language")


def me(request: HttpRequest) -> HttpResponse:
    """One's own name, phone, e-mail and language."""
    start = {field: getattr(request.user, field) for field in FIELDS}
    form = OwnDetailsForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        person = change_own_details(by=request.user, at=timezone.now(), **form.cleaned_data)
        with translation.override(person.language):
            say(request, _("Saved."))
        return redirect("me")
    return render(request, "organization/me.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters("present", "password", "password_again")
def change_password(request: HttpRequest) -> HttpResponse:
    """One's own password; other computers are signed out, this one is not."""
    form = OwnPasswordForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        person = change_own_password(by=request.user, at=timezone.now(), password=form.cleaned_data["password"])
        update_session_auth_hash(request, person)
        say(request, _("Password changed. You are signed out on all other computers."))
        return redirect("me")
    return render(request, "organization/own_password.html", {"form": form}, status=422 if form.errors else 200)
