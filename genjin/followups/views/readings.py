"""A word on a note, and that its author has seen it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genjin.core.reasons import NotPermitted, Refused
from genjin.followups.models import Touch
from genjin.followups.note_reading.services import read_note, see_readings
from genjin.web.drafts import confirm
from genjin.web.htmx import redirect_to
from genjin.web.toasts import say, warn
from genjin.web.wording import word


@require_POST
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Thumb and words on one note; then the next note to read, or back to this one where something is wrong."""
    touch = get_object_or_404(Touch.objects.visible_to(request.user).select_related("author"), pk=pk)
    back = _own_address(request, "back") or reverse("customer", args=[touch.customer_id])
    try:
        said = read_note(
            touch=touch,
            thumb=request.POST.get("thumb", ""),
            comment=request.POST.get("comment", ""),
            by=request.user,
            at=timezone.now(),
        )
    except NotPermitted:
        raise
    except Refused as refusal:
        warn(request, word(refusal))
        return redirect_to(request, back)
    confirm(request, f"reading-{touch.pk}")
    if said is None:
        say(request, _("Taken back"))
        return redirect_to(request, back)
    say(request, _("%(name)s will see it") % {"name": touch.whose})
    return redirect_to(request, _own_address(request, "next") or back)


@require_POST
def readings_seen(request: HttpRequest) -> HttpResponse:
    """What stood on the page is taken notice of; what came after it was loaded is not."""
    try:
        until = parse_datetime(request.POST.get("until", ""))
    except ValueError:
        until = None
    at = timezone.now()
    see_readings(by=request.user, at=at, until=min(until, at) if until is not None and until.tzinfo else at)
    return redirect_to(request, reverse("today"))


def _own_address(request: HttpRequest, name: str) -> str:
    """An address of this house that the form names; "" for anything else."""
    address = request.POST.get(name, "")
    return address if address.startswith("/") and url_has_allowed_host_and_scheme(address, request.get_host()) else ""
