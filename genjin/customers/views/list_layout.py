"""How one likes a list: which columns, in which order, how wide."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from genjin.customers import columns, custom_columns, listing
from genjin.customers.listing import Listing
from genjin.customers.services import saved_views as services
from genjin.web.htmx import redirect_to, respond


def columns_address(wanted: Listing) -> str:
    return f"{reverse('list_columns')}?{wanted.query}"


def list_columns(request: HttpRequest) -> HttpResponse:
    """The columns to tick and to move. GET shows them (moved by `move=up:city`), POST keeps them."""
    wanted = listing.read(request.POST.get("list") or request.GET.get("list") or request.GET, request.user)
    given = request.POST if request.method == "POST" else request.GET
    chosen = [column.name for column in custom_columns.named(given.getlist("column"), request.user) or wanted.columns()]
    if request.method == "POST" and "move" not in given:
        return _kept(request, wanted, [] if "reset" in given else chosen)
    chosen = _moved(chosen, given.get("move", ""))
    every = (*columns.EVERY, *custom_columns.custom_columns(request.user))
    rest = [column for column in every if column.name not in chosen]
    context = {
        "chosen": custom_columns.named(chosen, request.user),
        "rest": rest,
        "list_query": wanted.query,
        "list_address": _list_address(wanted),
    }
    return respond(request, "customers/list_columns.html", context, fragment="customers/_list_columns.html")


@require_POST
def list_widths(request: HttpRequest) -> HttpResponse:
    """`widths=name:240,city:90`, as they were drawn. What is no column or no number is left out."""
    drawn = {}
    for piece in request.POST.get("widths", "")[:2000].split(","):
        name, _colon, width = piece.partition(":")
        if custom_columns.column_named(name, request.user) and width.isascii() and width.isdecimal() and len(width) < 5:
            drawn[name] = int(width)
    wanted = listing.read(request.POST.get("list", ""), request.user)
    services.set_widths(of=wanted.of, widths=drawn, by=request.user)
    return HttpResponse(status=204)


def _kept(request: HttpRequest, wanted: Listing, chosen: list[str]) -> HttpResponse:
    """A shipped list shows them from now on; a kept view shows them in its address, until it is saved with them."""
    if wanted.asked.saved is not None:
        return redirect_to(request, _list_address(wanted.showing(chosen)))
    plain = chosen if chosen != [column.name for column in wanted.shipped_columns()] else []
    services.choose_columns(of=wanted.of, columns=plain, by=request.user, at=timezone.now())
    return redirect_to(request, _list_address(wanted.showing([])))


def _moved(chosen: list[str], move: str) -> list[str]:
    direction, _colon, name = move.partition(":")
    if name not in chosen or direction not in ("up", "down"):
        return chosen
    place = chosen.index(name)
    other = place - 1 if direction == "up" else place + 1
    if 0 <= other < len(chosen):
        chosen[place], chosen[other] = chosen[other], chosen[place]
    return chosen


def _list_address(wanted: Listing) -> str:
    base = reverse("pool") if wanted.in_pool and not wanted.asked.view else reverse("customers")
    return f"{base}?{wanted.query}"
