"""One's reminders: today's and those of the days before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from genjin.followups.escalation.digests import read_digest
from genjin.followups.escalation.models import Digest
from genjin.followups.escalation.shown import shown_digests
from genjin.web.htmx import respond

MOST = 30


@require_safe
def digest_list(request: HttpRequest) -> HttpResponse:
    """The last thirty that had something to say."""
    found = Digest.objects.visible_to(request.user).speaking().order_by("-on")[:MOST]
    context = {"digests": shown_digests(found, request.user), "today": timezone.localdate()}
    return respond(request, "followups/digest_list.html", context)


@require_POST
def digest_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read, so that it is no longer counted at the bell."""
    read_digest(get_object_or_404(Digest.objects.visible_to(request.user), pk=pk), by=request.user, at=timezone.now())
    return redirect("digest_list")
