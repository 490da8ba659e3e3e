"""Mailboxes in the settings: which are read, how it goes, one entered or changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.leads import jobs
from genjin.leads.mail.forms import MailboxForm
from genjin.leads.mail.models import Mailbox
from genjin.leads.mail.services import PERMISSION, save_mailbox
from genjin.web.htmx import respond
from genjin.web.toasts import say


@require_safe
def mailbox_list(request: HttpRequest) -> HttpResponse:
    """The mailboxes of the units one sees."""
    require(request.user, PERMISSION)
    rows = Mailbox.objects.visible_to(request.user).select_related("unit", "queue")
    return respond(request, "leads/mailbox_list.html", {"rows": rows})


def mailbox_new(request: HttpRequest) -> HttpResponse:
    return _mailbox(request, None)


def mailbox_change(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, PERMISSION)
    return _mailbox(request, get_object_or_404(Mailbox.objects.visible_to(request.user), pk=pk))


@sensitive_post_parameters("password")
def _mailbox(request: HttpRequest, mailbox: Mailbox | None) -> HttpResponse:
    require(request.user, PERMISSION)
    form = MailboxForm(request.POST or None, actor=request.user, mailbox=mailbox)
    if request.method == "POST" and form.is_valid():
        sent = request.POST.get("version", "")
        version = int(sent) if sent.isdecimal() and len(sent) < 10 else 0
        try:
            saved = save_mailbox(mailbox, form.entered(), by=request.user, at=timezone.now(), version=version)
        except Refused as refused:
            form.refuse(refused)
        else:
            if saved.is_on:
                jobs.read_mailbox.later(saved.pk)
            say(request, _("Saved."))
            return redirect("mailbox_list")
    context = {"form": form, "mailbox": mailbox}
    return respond(request, "leads/mailbox.html", context, status=422 if form.errors else 200)


@require_POST
def mailbox_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it now instead of in a few minutes."""
    require(request.user, PERMISSION)
    mailbox = get_object_or_404(Mailbox.objects.visible_to(request.user), pk=pk)
    jobs.read_mailbox.later(mailbox.pk)
    say(request, _("The mailbox is being read."))
    return redirect("mailbox_list")
