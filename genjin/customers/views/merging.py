"""Making two customers one: side by side, what differs to be chosen; and taking it apart again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.merging import reading, services
from genjin.customers.models import Customer, Merge
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say
from genjin.web.wording import word


def pair_merge(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """`/customers/pairs/7-9/merge/`: customer 7 is kept, 9 becomes part of it. The other way round is a link away."""
    seen = Customer.objects.visible_to(request.user).select_related("owner", "pool", "unit", "source")
    rows = seen.in_bulk([one, other])
    if len(rows) != 2:
        raise Http404
    require(request.user, "customers.merge")
    kept, absorbed, refused = rows[one], rows[other], ""
    chosen = [name for name in request.POST.getlist("chosen") if name in services.FILE]
    if request.method == "POST":
        try:
            merge = services.merge_customers(
                kept=kept, absorbed=absorbed, chosen=chosen, by=request.user, at=timezone.now()
            )
        except NotPermitted:
            raise
        except Refused as refusal:
            refused = word(refusal)
        else:
            say(request, _("Merged: %(name)s") % {"name": kept.name}, undo=reverse("merge_undo", args=[merge.pk]))
            return redirect_to(request, reverse("customer", args=[kept.pk]))
    context: dict[str, Any] = {
        "kept": kept,
        "absorbed": absorbed,
        "lines": reading.compared(kept, absorbed),
        "along": reading.going_along(kept, absorbed),
        "chosen": chosen,
        "refused": refused,
    }
    return respond(request, "customers/pair_merge.html", context, status=422 if refused else 200)


@require_POST
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Two customers again."""
    merge = get_object_or_404(Merge.objects.visible_to(request.user), pk=pk)
    services.undo_merge(merge=merge, by=request.user, at=timezone.now())
    say(request, _("Two customers again"))
    return redirect_to(request, reverse("customer", args=[merge.absorbed_id]))
