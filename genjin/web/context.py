"""What every page's template knows besides its own context."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from genjin.web.navigation import places_for


def page(request: HttpRequest) -> dict[str, Any]:
    """The person at the desk, the places open to them, and `places_within` one of these."""
    actor = request.user if request.user.is_authenticated else None
    return {
        "actor": actor,
        "places": places_for(actor) if actor else [],
        "places_within": partial(places_for, actor) if actor else None,
    }
