"""Capture forms in the settings: the list with its figures, composing one, how to embed it, a copy."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.leads.capture import rules
from genjin.leads.capture.asking import TRAP, Answers
from genjin.leads.capture.embedding import frame, plain_form
from genjin.leads.capture.forms import ComposeForm, copied_name
from genjin.leads.capture.models import CaptureForm
from genjin.leads.capture.reading import figures_of
from genjin.leads.capture.services import PERMISSION, change_form, copy_form, make_form
from genjin.web.htmx import respond
from genjin.web.toasts import say

COUNTED_DAYS = 30


@require_safe
def form_list(request: HttpRequest) -> HttpResponse:
    """The forms of the units one sees, with what came of each in thirty days."""
    require(request.user, PERMISSION)
    today = timezone.localdate()
    forms = list(CaptureForm.objects.visible_to(request.user).select_related("unit", "queue"))
    figures = figures_of(forms, since=today - timedelta(days=COUNTED_DAYS - 1))
    rows = [(form, form.takes_on(today), figures[form.pk]) for form in forms]
    return respond(request, "leads/capture_form_list.html", {"rows": rows, "days": COUNTED_DAYS})


def form_new(request: HttpRequest) -> HttpResponse:
    """Compose a form."""
    require(request.user, PERMISSION)
    form = ComposeForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_form(form.composed(), by=request.user, at=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("The form stands at its address."))
            return redirect("capture_form_embedding", made.pk)
    return _compose(request, form, None)


def form_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a form asks and says."""
    require(request.user, PERMISSION)
    row = get_object_or_404(CaptureForm.objects.visible_to(request.user), pk=pk)
    form = ComposeForm(request.POST or None, actor=request.user, form=row)
    if request.method == "POST" and form.is_valid():
        sent = request.POST.get("version", "")
        version = int(sent) if sent.isdecimal() and len(sent) < 10 else 0
        try:
            change_form(row, form.composed(), version=version, by=request.user, at=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("Saved."))
            return redirect("capture_form_change", pk)
    return _compose(request, form, row)


def _compose(request: HttpRequest, form: ComposeForm, row: CaptureForm | None) -> HttpResponse:
    status = 422 if form.errors else 200
    return respond(request, "leads/capture_form_compose.html", {"form": form, "row": row}, status=status)


@require_safe
def form_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as strangers see it; nothing can be sent from here, and looking is not counted."""
    require(request.user, PERMISSION)
    form = get_object_or_404(CaptureForm.objects.visible_to(request.user), pk=pk)
    with translation.override(form.language):
        context = {
            "form": form, "answers": Answers(asked=form, auto_id="f-%s"), "sentence": "", "stamp": "", "hidden": [],
            "trap": TRAP, "action": "", "seconds": rules.WITHOUT_PUZZLE, "bits": rules.PUZZLE_BITS, "is_preview": True,
        }  # fmt: skip
        return render(request, "leads/capture_form.html", context)


@require_safe
def form_embedding(request: HttpRequest, pk: int) -> HttpResponse:
    """The form's address, and what goes into another website: a frame, or a form of plain HTML."""
    require(request.user, PERMISSION)
    form = get_object_or_404(CaptureForm.objects.visible_to(request.user), pk=pk)
    base = settings.ADDRESS or f"{request.scheme}://{request.get_host()}"
    address = base + reverse("capture_form", args=[form.slug])
    context = {
        "form": form,
        "address": address,
        "frame": frame(form, address),
        "plain": plain_form(form, address),
        "is_open": form.takes_on(timezone.localdate()),
    }
    return respond(request, "leads/capture_form_embedding.html", context)


@require_POST
def form_copied(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form at another address, closed for now."""
    require(request.user, PERMISSION)
    form = get_object_or_404(CaptureForm.objects.visible_to(request.user), pk=pk)
    made = copy_form(form, name=copied_name(form), by=request.user, at=timezone.now())
    say(request, _("This is the copy. It is closed until you open it."))
    return redirect("capture_form_change", made.pk)
