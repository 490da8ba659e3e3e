"""The settings: what a person may change, one line each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from genjin.organization.first_steps import steps_for
from genjin.organization.models import Person
from genjin.web.navigation import places_for


def settings_index(request: HttpRequest) -> HttpResponse:
    """The list of settings; who has but one goes straight there."""
    open_to = places_for(request.user, "settings")
    if len(open_to) == 1:
        return redirect(open_to[0].url_name)
    return render(request, "organization/settings_index.html", {"sections": open_to, "left": _steps_left(request.user)})


def _steps_left(actor: Person) -> int:
    """How many of the first hour's steps wait for whoever owns the installation."""
    return sum(not step.done for step in steps_for(actor)) if actor.scope.everything else 0
