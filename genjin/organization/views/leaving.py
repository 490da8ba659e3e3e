"""A colleague leaves with a hand-over, or comes back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.organization.forms.leaving import HandOverForm
from genjin.organization.holdings import held_by
from genjin.organization.models import Person
from genjin.organization.services import deactivate_person, reactivate_person
from genjin.organization.services.reach import require_reach
from genjin.organization.views.ways_in import show_link
from genjin.web.htmx import respond, wants_fragment
from genjin.web.toasts import say


def person_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """What the colleague holds, who takes it over, and then: gone, with everything handed on."""
    person = _person(request, pk)
    everybody = request.GET.get("from") == "everybody"
    held = held_by(person)
    if wants_fragment(request) and request.method == "GET":
        chosen = HandOverForm(request.GET, actor=request.user, leaver=person, everybody=everybody)
        return render(request, "organization/_hand_over_outcome.html", {"held": held, "outcome": chosen.outcome(held)})
    form = HandOverForm(request.POST or None, actor=request.user, leaver=person, everybody=everybody)
    if request.method == "POST" and form.is_valid():
        try:
            deactivate_person(
                person,
                hand_over=form.hand_over(),
                by=request.user,
                at=timezone.now(),
                today=timezone.localdate(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("%(name)s has left. All that was open is handed over.") % {"name": person.name})
            return redirect("person_list")
    context = {"person": person, "form": form, "held": held, "outcome": []}
    return respond(request, "organization/person_leave.html", context, status=422 if form.errors else 200)


@require_POST
def person_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Works here again; their new one-time link is shown once."""
    person, secret = reactivate_person(_person(request, pk), by=request.user, at=timezone.now())
    return show_link(request, person, secret)


def _person(request: HttpRequest, pk: int) -> Person:
    require(request.user, "organization.change_people")
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("unit"), pk=pk)
    require_reach(request.user, person)
    return person
