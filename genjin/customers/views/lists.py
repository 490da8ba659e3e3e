"""The list of customers, and the conditions it can be given."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from genjin.customers import conditions, listing
from genjin.customers.columns import COLUMNS, with_columns
from genjin.customers.forms.cells import editable
from genjin.customers.listing import Listing, leads
from genjin.customers.models import Customer
from genjin.customers.shown import lines
from genjin.customers.views.conditions import conditions_address
from genjin.organization.models import Person
from genjin.web.htmx import respond, wants_fragment
from genjin.web.navigation import address_of
from genjin.web.paging import COUNT_CAP, Page, count_up_to_cap, page_of

MAY = ("assign", "release", "claim", "create", "import", "move_class", "work")


def table_of(request: HttpRequest, wanted: Listing, today: date, *, only: int | None = None) -> dict[str, Any]:
    """What `_customer_table.html` shows: a page of rows in the list's columns, whichever list it is.

    `only` one customer, wherever it stands: the row that was edited in its place.
    """
    shown = wanted.columns()
    if only is None:
        page = page_of(with_columns(wanted.rows(today), shown), wanted.order(), request.GET.get("cursor", ""))
    else:
        one = Customer.objects.visible_to(wanted.person, today).filter(pk=only)
        page = Page(rows=list(with_columns(one, shown)))
    return {
        "page": page,
        "lines": lines(page.rows, today, pooled=COLUMNS["pooled"] in shown),
        "columns": shown,
        "orders": conditions.orders_shown(wanted.asked, request),
        "list_query": wanted.query,
    }


def customers_table(request: HttpRequest, wanted: Listing, today: date, *, only: int | None = None) -> dict[str, Any]:
    """The same with what only the customers' list has: its rows are edited in place."""
    person = wanted.person
    return table_of(request, wanted, today, only=only) | {
        "asked": wanted.asked,
        "view": wanted.view,
        "in_pool": wanted.in_pool,
        "is_pool": False,
        "is_narrowed": wanted.asked.narrows(),
        "import_address": address_of("import_list"),
        "edits": editable(person),
        "may": {name: person.may(f"customers.{name}") for name in MAY},
    }


def tabs_for(person: Person, current: str, today: date) -> list[dict[str, Any]]:
    """The shipped views with their counts, capped: nobody counts through a million rows for a tab."""
    hidden = "all" if leads(person) else "team"
    tabs = []
    for view, label in conditions.VIEW_WORDS.items():
        if view == hidden:
            continue
        count = count_up_to_cap(listing.read(f"view={view}", person).rows(today))
        shown = f"{COUNT_CAP}+" if count > COUNT_CAP else str(count)
        tabs.append({"view": view, "label": label, "href": f"?view={view}", "current": view == current, "count": shown})
    return tabs


@require_GET
def customers(request: HttpRequest) -> HttpResponse:
    """`/customers/`: every condition stands in the address."""
    if has_blanks(request):
        return redirect(without_blanks(request))
    person, today = request.user, timezone.localdate()
    wanted = listing.read(request.GET, person)
    context = customers_table(request, wanted, today)
    if not wants_fragment(request):
        context |= {
            "tabs": tabs_for(person, wanted.view, today),
            "chips": conditions.chips(wanted.asked, request),
            "conditions_address": conditions_address(wanted),
        }
    return respond(request, "customers/customer_list.html", context, fragment="customers/_customer_table.html")


def has_blanks(request: HttpRequest) -> bool:
    return any("" in request.GET.getlist(name) for name in request.GET)


def without_blanks(request: HttpRequest) -> str:
    """The same address without the fields of a form that were left empty: short enough to send to somebody."""
    query = request.GET.copy()
    for name in list(query):
        query.setlist(name, [value for value in query.getlist(name) if value != ""])
    return f"{request.path}?{query.urlencode()}"
