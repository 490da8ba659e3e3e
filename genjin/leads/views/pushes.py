"""Pushing a lead, and taking a push back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genjin.core.reasons import NotPermitted, Outdated, Refused
from genjin.leads.forms import PushForm
from genjin.leads.models import Judgement, Push
from genjin.leads.services.pushes import push_lead, undo_push
from genjin.leads.views.finding import lead_to
from genjin.leads.views.record import shown
from genjin.web.htmx import redirect_to
from genjin.web.navigation import address_of
from genjin.web.toasts import say, warn
from genjin.web.wording import word


@require_POST
def lead_push(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Need now" leads on to making it a customer."""
    lead = lead_to(request, pk, "work")
    form = PushForm(request.POST)
    if form.is_valid():
        try:
            push = push_lead(
                lead=lead, judged=form.judged(), by=request.user, at=timezone.now(),
                version=form.cleaned_data["version"],
            )  # fmt: skip
        except NotPermitted:
            raise
        except Outdated as refused:
            form.add_error(None, word(refused))
        except Refused as refused:
            field = {"lead_later_needs_a_day": "push_on", "lead_visit_needs_a_time": "visit_at"}
            form.add_error(field.get(refused.reason.code), word(refused))
        else:
            undo = reverse("push_undo", args=[push.pk])
            say(request, f"{lead.called}{_(': ')}{push.get_judgement_display()}", undo=undo)
            return redirect_to(request, _next(push))
    return shown(request, lead, form, status=422)


def _next(push: Push) -> str:
    convert = address_of("lead_convert", push.lead_id) if push.judgement == Judgement.NEED_NOW else None
    return convert or reverse("lead", args=[push.lead_id])


@require_POST
def push_undo(request: HttpRequest, pk: int) -> HttpResponse:
    push = get_object_or_404(Push.objects.visible_to(request.user), pk=pk)
    try:
        undo_push(push=push, by=request.user, at=timezone.now())
    except NotPermitted:
        raise
    except Refused as refused:
        warn(request, word(refused))
    else:
        say(request, _("Taken back."))
    return redirect_to(request, reverse("lead", args=[push.lead_id]))
