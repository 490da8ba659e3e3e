"""The settings: what a person may change, one line each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from genjin.web.navigation import places_for


def settings_index(request: HttpRequest) -> HttpResponse:
    """The list of settings; who has but one goes straight there."""
    open_to = places_for(request.user, "settings")
    if len(open_to) == 1:
        return redirect(open_to[0].url_name)
    return render(request, "organization/settings_index.html", {"sections": open_to})
