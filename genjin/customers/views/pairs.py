"""Customers that may be there twice: the whole list, what one says of a pair, and a search of the whole stock."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genjin.core.permissions import require
from genjin.customers import jobs
from genjin.customers.duplicates import services
from genjin.customers.duplicates.models import StockSearch, SuspectedPair
from genjin.customers.duplicates.reading import shown, two_of_whom_one_is_seen
from genjin.web.htmx import redirect_to, respond
from genjin.web.paging import page_of
from genjin.web.toasts import say

SIZE = 20


@require_safe
def pair_list(request: HttpRequest) -> HttpResponse:
    """`/customers/pairs/`: the surest first; `?of=apart` those of which somebody said that they are two."""
    is_apart = request.GET.get("of") == "apart"
    pairs = SuspectedPair.objects.visible_to(request.user)
    pairs = pairs.exclude(apart_at=None) if is_apart else pairs.asked()
    page = page_of(pairs.select_related("apart_by"), ["-percent", "-pk"], request.GET.get("cursor", ""), SIZE)
    context: dict[str, Any] = {
        "page": page,
        "pairs": shown(page.rows, request.user),
        "is_apart": is_apart,
        "search": StockSearch.objects.order_by("-pk").first(),
        "may_search": request.user.may("customers.search_duplicates"),
        "may_say": request.user.may("customers.work"),
    }
    if "watched" in request.GET:
        return respond(request, "customers/pair_list.html", context, fragment="customers/_pair_search.html")
    return respond(request, "customers/pair_list.html", context)


@require_POST
def pair_apart(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """These two are two."""
    both = two_of_whom_one_is_seen(request.user, one, other)
    if both is None:
        raise Http404
    pair = services.declare_apart(one=both[0], other=both[1], by=request.user, at=timezone.now())
    say(request, _("Two customers, not asked about again"), undo=reverse("pair_again", args=[pair.pk]))
    return redirect_to(request, _way_back(request))


@require_POST
def pair_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that they are two."""
    pair = get_object_or_404(SuspectedPair.objects.visible_to(request.user), pk=pk)
    services.ask_again(pair=pair, by=request.user, at=timezone.now())
    say(request, _("Asked about again"))
    return redirect_to(request, _way_back(request))


@require_POST
def pair_search(request: HttpRequest) -> HttpResponse:
    """Have the whole stock looked through, in the background."""
    require(request.user, "customers.search_duplicates")
    search = services.search_stock(by=request.user, at=timezone.now())
    jobs.search_stock.later(search.pk)
    return redirect_to(request, reverse("pair_list"))


def _way_back(request: HttpRequest) -> str:
    """The customer from whose page it was said, else the list."""
    back = request.POST.get("back", "")
    return reverse("customer", args=[int(back)]) if back.isdecimal() and len(back) < 18 else reverse("pair_list")
