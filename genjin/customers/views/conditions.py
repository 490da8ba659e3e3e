"""“Add a condition”: choose a field, say what must hold. All of it is GET; the list's address is the answer."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from genjin.customers import filters, listing
from genjin.customers.forms.condition import ConditionForm
from genjin.customers.listing import Listing
from genjin.web.htmx import redirect_to, respond

# Who lies in a pool has no owner and no next contact.
SAY_NOTHING_IN_A_POOL = (
    "state",
    "due",
    "planned",
    "owner",
    "owned_since",
    "silent",
    "closed",
    "closed_as",
    "closed_why",
)


def conditions_address(wanted: Listing, *, of: str = "") -> str:
    """Where one adds a condition to this list."""
    return f"{reverse('customer_conditions')}?{wanted.query}" + (f"&of={of}" if of else "")


@require_GET
def choose_field(request: HttpRequest) -> HttpResponse:
    """The fields to choose from, in their places, and the box for a name."""
    wanted, of_pool = listing.read(request.GET, request.user), request.GET.get("of") == "pool"
    every = filters.fields_to_ask(request.user)
    useful = [field for field in every if not (of_pool and field.name in SAY_NOTHING_IN_A_POOL)]
    offered = [(words, [field for field in useful if field.place == place]) for place, words in filters.PLACES.items()]
    context = {
        "asked": wanted.asked,
        "offered": [(words, fields) for words, fields in offered if fields],
        "hidden": [(name, value) for name, values in _query_of(wanted, without="q").lists() for value in values],
        "list_query": wanted.query,
        "list_address": _list_address(of_pool),
        "in_pool": of_pool,
    }
    return respond(request, "customers/condition_fields.html", context, fragment="customers/_condition_fields.html")


@require_GET
def add_condition(request: HttpRequest) -> HttpResponse:
    """The form of one field's condition; filled in it leads to the list with the condition in its address."""
    wanted, of_pool = listing.read(request.GET.get("list", ""), request.user), request.GET.get("of") == "pool"
    if "field" not in request.GET:
        return redirect_to(request, conditions_address(wanted, of="pool" if of_pool else ""))
    field = filters.field_named(request.GET["field"], request.user)
    if field is None or not field.place:
        raise Http404
    form = ConditionForm(wanted.asked, field, request.GET, request.user)
    if "add" in request.GET and (asked := form.added()) is not None:
        return redirect_to(request, f"{_list_address(of_pool)}?{filters.written(asked).urlencode(safe=':,()')}")
    context: dict[str, Any] = {
        "form": form,
        "list_query": wanted.query,
        "list_address": f"{_list_address(of_pool)}?{wanted.query}",
        "back_address": conditions_address(wanted, of="pool" if of_pool else ""),
        "in_pool": of_pool,
    }
    return respond(
        request, "customers/condition_form.html", context, fragment="customers/_condition_form.html",
        status=422 if form.wrong else 200,
    )  # fmt: skip


def _list_address(of_pool: bool) -> str:
    return reverse("pool" if of_pool else "customers")


def _query_of(wanted: Listing, *, without: str) -> Any:
    query = filters.written(wanted.asked)
    query.pop(without, None)
    return query
