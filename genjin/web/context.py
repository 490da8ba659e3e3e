"""What every page's template knows besides its own context."""

from typing import Any

from django.http import HttpRequest

from genjin.web.navigation import places_for


def page(request: HttpRequest) -> dict[str, Any]:
    """The person at the desk and the places open to them."""
    actor = request.user if request.user.is_authenticated else None
    return {"actor": actor, "places": places_for(actor) if actor else []}
