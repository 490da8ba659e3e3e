"""Making one customer of two or more: side by side, what differs to be chosen; and taking them apart again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers import timeline
from genjin.customers.merging import reading, services, side_by_side
from genjin.customers.merging.undoing import undo_merge
from genjin.customers.models import Customer, Merge
from genjin.customers.pools.masking import masks
from genjin.customers.views.bulk import choice_of, list_of
from genjin.customers.views.finding import instant
from genjin.web.htmx import redirect_to, respond
from genjin.web.paging import page_of
from genjin.web.toasts import say, warn
from genjin.web.wording import word

SIZE = 30


def merge_new(request: HttpRequest, keys: str) -> HttpResponse:
    """`/customers/merge/7-9-11/`: customer 7 is kept, 9 and 11 become part of it. Another order is a link away."""
    rows = _rows(request, keys)
    require(request.user, "customers.merge")
    refused = ""

    def lines(chosen: Any) -> list[side_by_side.Line]:
        return side_by_side.customers_compared(rows, chosen, request.user)

    chosen = side_by_side.read_choice(request.POST, rows, lines) if request.method == "POST" else {}
    if request.method == "POST":
        try:
            merge = services.merge_customers(
                kept=rows[0], absorbed=rows[1:], chosen=chosen, by=request.user, at=timezone.now()
            )
        except NotPermitted:
            raise
        except Refused as refusal:
            refused = word(refusal)
        else:
            say(request, _("Merged: %(name)s") % {"name": rows[0].name}, undo=reverse("merge_undo", args=[merge.pk]))
            return redirect_to(request, reverse("customer", args=[rows[0].pk]))
    context: dict[str, Any] = {
        "rows": rows,
        "orders": {row.pk: _address([row, *(each for each in rows if each != row)]) for row in rows},
        "without": {row.pk: _address([each for each in rows if each != row]) for row in rows if len(rows) > 2},
        "lines": lines(chosen),
        "along": reading.going_along(rows[0], rows[1:]),
        "maybe_too": [(row, _address([*rows, row])) for row in reading.maybe_too(rows, request.user)],
        "refused": refused,
    }
    return respond(request, "customers/merge_new.html", context, status=422 if refused else 200)


@require_POST
def merge_chosen(request: HttpRequest) -> HttpResponse:
    """Those that were ticked on a list, side by side. The one that was worked most is proposed to be kept."""
    require(request.user, "customers.merge")
    rows = list(choice_of(request).rows[: services.MOST + 1])
    if not 2 <= len(rows) <= services.MOST:
        said = ngettext("Choose two to %(most)d customers.", "Choose two to %(most)d customers.", services.MOST)
        warn(request, said % {"most": services.MOST})
        return redirect_to(request, list_of(request))
    rows.sort(key=lambda row: (row.is_open, row.owner_id is not None, row.attempts, -row.pk), reverse=True)
    return redirect_to(request, _address(rows))


@require_safe
def merge_list(request: HttpRequest) -> HttpResponse:
    """`/customers/merges/`: what was merged, the latest first; `?of=itself` by a rule, `?of=undone` what was taken
    apart again."""
    of = request.GET.get("of", "")
    merges = Merge.objects.visible_to(request.user).select_related("kept", "absorbed", "by", "undone_by")
    if of == "undone":
        merges = merges.exclude(undone_at=None)
    else:
        merges = merges.standing().exclude(rule="") if of == "itself" else merges.standing()
    page = page_of(merges, ["-at", "-pk"], request.GET.get("cursor", ""), SIZE)
    context = {
        "page": page,
        "parts": reading.with_undoing(page.rows, request.user, timezone.now()),
        "of": of if of in ("itself", "undone") else "",
    }
    return respond(request, "customers/merge_list.html", context)


@require_POST
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """As many customers again as there were."""
    merge = get_object_or_404(Merge.objects.visible_to(request.user), pk=pk)
    undo_merge(merge=merge, by=request.user, at=timezone.now())
    say(request, _("Customers of their own again"))
    return redirect_to(request, reverse("customer", args=[merge.absorbed_id]))


@require_safe
def merge_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was recorded of a customer until it became part of another, for whoever sees the other."""
    standing = Merge.objects.visible_to(request.user).standing()
    merge = get_object_or_404(standing.select_related("kept", "absorbed__unit"), pk=pk)
    if masks(merge.kept):
        raise NotPermitted("claim_it_first", name=merge.kept.name)
    row = merge.absorbed
    page = timeline.page_of(timeline.Asked(row, request.user, before=instant(request.GET.get("before", ""))))
    context = {
        "merge": merge,
        "customer": row,
        "items": page.items,
        "earlier": page.before.isoformat() if page.before else "",
        "older": "",
        "last_day": "",
    }
    return respond(request, "customers/merge_history.html", context)


def _rows(request: HttpRequest, keys: str) -> list[Customer]:
    parts = keys.split("-")
    wanted = [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 18]
    if len(wanted) != len(parts) or not 2 <= len(set(wanted)) == len(wanted) <= services.MOST:
        raise Http404
    seen = Customer.objects.visible_to(request.user).select_related("owner", "pool", "unit", "source").in_bulk(wanted)
    if len(seen) != len(wanted):
        raise Http404
    return [seen[pk] for pk in wanted]


def _address(rows: list[Customer]) -> str:
    return reverse("merge_new", args=["-".join(str(row.pk) for row in rows)])
