"""One's reminders: today's and those of the days before."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from genjin.followups.escalation.digests import choose_mail, read_digest, wants_mail
from genjin.followups.escalation.models import Digest
from genjin.followups.escalation.shown import shown_digests
from genjin.web.htmx import respond

MOST = 30


@require_safe
def digest_list(request: HttpRequest) -> HttpResponse:
    """The last thirty that had something to say."""
    found = Digest.objects.visible_to(request.user).speaking().select_related("delivery").order_by("-on")[:MOST]
    context = {
        "digests": shown_digests(found, request.user),
        "today": timezone.localdate(),
        "by_mail": wants_mail(request.user),
        "mail_is_set_up": settings.MAIL != "off",
    }
    return respond(request, "followups/digest_list.html", context)


@require_POST
def digest_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read, so that it is no longer counted at the bell."""
    read_digest(get_object_or_404(Digest.objects.visible_to(request.user), pk=pk), by=request.user, at=timezone.now())
    return redirect("digest_list")


@require_POST
def digest_mail(request: HttpRequest) -> HttpResponse:
    """Switch the letters on or off for oneself."""
    choose_mail(is_on=request.POST.get("on") == "1", by=request.user, at=timezone.now())
    return redirect("digest_list")
