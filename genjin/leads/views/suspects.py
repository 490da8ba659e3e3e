"""What was sent to a form and looks like spam: kept apart until somebody says what it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import Reason
from genjin.leads import jobs
from genjin.leads.capture.asking import LABELS
from genjin.leads.capture.models import CaptureForm, Suspect
from genjin.leads.capture.services import PERMISSION
from genjin.leads.capture.taking import SUSPECTS_KEPT, decide_suspect
from genjin.web.htmx import respond
from genjin.web.toasts import say

SHOWN = 50


@require_safe
def suspect_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest that nobody has decided about."""
    require(request.user, PERMISSION)
    form = get_object_or_404(CaptureForm.objects.visible_to(request.user), pk=pk)
    waiting = Suspect.objects.visible_to(request.user).filter(form=form).undecided()
    rows = [
        (
            each,
            [(LABELS.get(name, name), value) for name, value in each.given.items()],
            [Reason(code) for code in each.why],
        )
        for each in waiting.order_by("-at")[:SHOWN]
    ]
    context = {"form": form, "rows": rows, "total": waiting.count(), "days": SUSPECTS_KEPT.days}
    return respond(request, "leads/suspect_list.html", context)


@require_POST
def suspect_decided(request: HttpRequest, pk: int, suspect: int) -> HttpResponse:
    """It is spam, or it is none and becomes a lead."""
    require(request.user, PERMISSION)
    row = get_object_or_404(Suspect.objects.visible_to(request.user).filter(form=pk), pk=suspect)
    is_spam = request.POST.get("is_spam") != "no"
    decide_suspect(row, is_spam=is_spam, by=request.user, at=timezone.now())
    if not is_spam:
        jobs.settle_soon()
        say(request, _("It comes in as a lead."))
    return redirect("suspect_list", pk)
