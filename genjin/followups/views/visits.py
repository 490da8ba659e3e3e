"""Confirming a visit: a tick in today's list, on the calendar and at the customer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genjin.followups.besides import Besides
from genjin.followups.day import day_of
from genjin.followups.models import Appointment
from genjin.followups.week.confirming import confirm_visit
from genjin.web.htmx import redirect_to, respond, wants_fragment
from genjin.web.toasts import say


@require_POST
def visit_confirmed(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick that the visit stands, or with `taken_back` that it does not yet."""
    at, actor = timezone.now(), request.user
    appointment = get_object_or_404(Appointment.objects.visible_to(actor), pk=pk)
    confirm_visit(appointment=appointment, confirmed="taken_back" not in request.POST, by=actor, at=at)
    if wants_fragment(request):
        context = {"besides": Besides(actor, day_of(actor, at=at), at)}
        fragment = "followups/_today_besides.html"
        return respond(request, fragment, context, fragment=fragment)
    say(request, _("Noted"))
    return redirect_to(request, reverse("today"))
