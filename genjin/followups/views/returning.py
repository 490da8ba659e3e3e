"""Back to where one came from: the desk of today, or the customer's own page."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse


def came_from_today(request: HttpRequest) -> bool:
    return (request.POST.get("back") or request.GET.get("back")) == "today"


def way_back(request: HttpRequest, customer: int) -> str:
    return reverse("today_customer" if came_from_today(request) else "customer", args=[customer])


def back_field(request: HttpRequest) -> Sequence[tuple[str, str]]:
    """The hidden field that carries it through a form."""
    return [("back", "today")] if came_from_today(request) else []
