"""The first start: who owns this installation, and what to do next."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.organization.addresses import is_from_this_machine
from genjin.organization.first_steps import steps_for
from genjin.organization.forms.signing_in import WelcomeForm
from genjin.organization.services import first_owner
from genjin.organization.services.first_run import is_first_run_key, nobody_works_here
from genjin.organization.views.signing_in import enter


@login_not_required
@never_cache
@sensitive_post_parameters("password", "password_again")
def welcome(request: HttpRequest) -> HttpResponse:
    """Ask for the company and its owner, once, from this machine or with the key that `genjin serve` printed."""
    if not nobody_works_here():
        return redirect("sign_in")
    if not (is_from_this_machine(request) or is_first_run_key(request.GET.get("key", ""))):
        return render(request, "organization/welcome_elsewhere.html", status=403)
    form = WelcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            owner = first_owner(
                at=timezone.now(),
                today=timezone.localdate(),
                company=said["company"],
                name=said["name"],
                sign_in=said["sign_in"],
                password=said["password"],
                language=get_language() or "zh-hans",
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            enter(request, owner)
            return redirect("first_steps")
    return render(request, "organization/welcome.html", {"form": form}, status=422 if form.errors else 200)


def first_steps(request: HttpRequest) -> HttpResponse:
    """What to do next, in order; each step leads to the page where it is done."""
    require(request.user, "organization.change_units")
    steps = steps_for(request.user)
    current = next((number for number, step in enumerate(steps, start=1) if not step.done), 0)
    return render(request, "organization/first_steps.html", {"steps": steps, "current": current})
