"""What every page's template knows besides its own context."""

from functools import partial
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject
from markupsafe import Markup

from genjin.web.htmx import wants_fragment
from genjin.web.navigation import places_for


def page(request: HttpRequest) -> dict[str, Any]:
    """The person at the desk, the places open to them, `places_within` one of these, and
    the `sayings` that wait for a page: htmx, which takes a part of it at most, gets its own by `middleware.answers`.

    `csrf_token` is one for the whole page and made only where a form needs it: Django makes one for each form, out of
    32 random numbers, and a page of a pool has fifty forms.
    """
    actor = request.user if request.user.is_authenticated else None
    return {
        "actor": actor,
        "csrf_token": SimpleLazyObject(lambda: Markup(get_token(request))),  # noqa: S704  letters and digits
        "places": places_for(actor) if actor else [],
        "sayings": () if wants_fragment(request) else get_messages(request),
        "places_within": partial(places_for, actor) if actor else None,
    }
