"""Ways in for colleagues: a one-time link, a password reset. The secret stands on the answer and nowhere else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from genjin.core.permissions import require
from genjin.organization.models import Person
from genjin.organization.services import make_sign_in_link, reset_password
from genjin.organization.services.sign_in_links import VALID_FOR


@require_POST
def person_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-time link for somebody who has none that works."""
    person = _person(request, pk)
    return show_link(request, person, make_sign_in_link(person, by=request.user, at=timezone.now()))


@require_POST
def person_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's password and sessions, and give the link for a new one."""
    person = _person(request, pk)
    return show_link(request, person, reset_password(person, by=request.user, at=timezone.now()))


def show_link(request: HttpRequest, person: Person, secret: str) -> HttpResponse:
    """The page that shows the link, once: it is kept nowhere, and no cache keeps the page."""
    link = request.build_absolute_uri(reverse("one_time_link", args=[secret]))
    context = {"person": person, "link": link, "hours": int(VALID_FOR.total_seconds()) // 3600}
    response = render(request, "organization/person_link.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _person(request: HttpRequest, pk: int) -> Person:
    require(request.user, "organization.change_people")
    return get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
