"""The settings page of queues: which there are, whose, and how long a lead may wait to be accepted."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.leads.queues import services
from genjin.leads.queues.forms import NewQueueForm, QueueForm
from genjin.leads.queues.models import Queue
from genjin.organization.models import Person, Unit
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say, warn
from genjin.web.wording import word


def queue_list(request: HttpRequest) -> HttpResponse:
    """Every open queue of the units one leads, with how many lie in it, and a form for one more."""
    require(request.user, services.PERMISSION)
    form = NewQueueForm(request.POST or None, actor=request.user, initial={"unit": request.user.unit_id})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_queue(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("%(name)s is made.") % {"name": made.name})
            return redirect_to(request, reverse("queue_change", args=[made.pk]))
    queues = list(_led(request.user).select_related("unit").annotate(number_of_members=Count("members")))
    lying = services.waiting_in(queues)
    context: dict[str, Any] = {"form": form, "rows": [(queue, lying.get(queue.pk, 0)) for queue in queues]}
    return respond(request, "leads/queue_list.html", context, status=422 if form.errors else 200)


def queue_change(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, services.PERMISSION)
    queue = get_object_or_404(_led(request.user).select_related("unit"), pk=pk)
    start = {
        "name": queue.name,
        "is_for_chosen": queue.is_for_chosen,
        "members": list(queue.members.values_list("pk", flat=True)),
        "accept_minutes": queue.accept_minutes,
    }
    form = QueueForm(request.POST or None, queue=queue, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            queue = services.change_queue(queue=queue, **form.changes(), by=request.user, at=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("%(name)s is saved.") % {"name": queue.name})
            return redirect_to(request, reverse("queue_list"))
    return respond(request, "leads/queue_form.html", {"form": form, "queue": queue}, status=422 if form.errors else 200)


@require_POST
def queue_close(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, services.PERMISSION)
    queue = get_object_or_404(_led(request.user), pk=pk)
    try:
        services.close_queue(queue=queue, by=request.user, at=timezone.now())
    except Refused as refused:
        warn(request, word(refused))
        return redirect_to(request, reverse("queue_change", args=[pk]))
    say(request, _("%(name)s is closed.") % {"name": queue.name})
    return redirect_to(request, reverse("queue_list"))


def _led(person: Person) -> Any:
    return Queue.objects.visible_to(person).filter(unit__in=Unit.objects.visible_to(person))
