"""The list of customers, and the conditions it can be given."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from genjin.core.time_limit import TakesTooLong, at_most
from genjin.customers import amounts, conditions, listing
from genjin.customers.columns import COLUMNS, with_columns
from genjin.customers.forms.cells import editable
from genjin.customers.listing import Listing, leads
from genjin.customers.models import Customer
from genjin.customers.recycling.clocks import is_anywhere
from genjin.customers.shown import lines
from genjin.customers.views.conditions import conditions_address
from genjin.customers.views.list_layout import columns_address
from genjin.customers.views.saved_views import menu_of_views, tabs_of_views
from genjin.organization.models import Person
from genjin.web.htmx import respond, wants_fragment
from genjin.web.navigation import address_of
from genjin.web.paging import Page, page_of

SECONDS = 0.9  # a list of free conditions answers within a second or says what to narrow
MAY = ("assign", "release", "claim", "create", "import", "move_class", "work", "export", "keep")


def table_of(request: HttpRequest, wanted: Listing, today: date, *, only: int | None = None) -> dict[str, Any]:
    """What `_customer_table.html` shows: a page of rows in the list's columns, whichever list it is.

    A list of free conditions that would take long is stopped, and `slow` names the condition to narrow. `only` one
    customer, wherever it stands: the row that was edited in its place.
    """
    layout, slow = wanted.layout(), None
    is_whole = True
    if only is None:
        try:
            with limit_of(wanted):
                found = wanted.found(today)
                rows, is_whole = with_columns(found.rows, layout.columns), found.is_whole
                page = page_of(
                    rows,
                    wanted.order(),
                    request.GET.get("cursor", ""),
                    along=wanted.along(),
                    parts=wanted.parts(today),
                )
                page = page if is_whole else replace(page, is_cut=True)
        except TakesTooLong:
            page, slow = Page(), wanted.costliest()
    else:
        one = Customer.objects.visible_to(wanted.person, today).filter(pk=only)
        page = Page(rows=list(with_columns(one, layout.columns)))
    return {
        "page": page,
        "lines": lines(page.rows, today, pooled=COLUMNS["pooled"] in layout.columns),
        "columns": layout.columns,
        "widths": layout.widths,
        "slow": slow,
        "is_whole": is_whole,
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


def views_of(request: HttpRequest, wanted: Listing, tabs: list[dict[str, Any]]) -> dict[str, Any]:
    """The tabs of a list with the kept views beside the shipped ones, and the menu of the others."""
    pinned, others, opened = tabs_of_views(wanted)
    if opened is not None:  # a view one cannot see is not said to be there: its list is shown as any other
        tabs = [tab | {"current": False} for tab in tabs]
    menu = menu_of_views(request, wanted, others, opened)
    return {"tabs": tabs + pinned, "views_menu": menu, "columns_address": columns_address(wanted)}


def limit_of(wanted: Listing) -> AbstractContextManager[None]:
    """Whatever is not as it came gets its second."""
    return nullcontext() if wanted.is_shipped else at_most(SECONDS)


def tabs_for(person: Person, current: str, today: date) -> list[dict[str, Any]]:
    """The shipped views with their counts, capped: nobody counts through a million rows for a tab."""
    hidden = "all" if leads(person) else "team"
    tabs = []
    for view, label in conditions.VIEW_WORDS.items():
        if view == hidden or (view == "leaving" and not is_anywhere()):
            continue
        shown = amounts.in_view(view, person, today, listing.ways_of(view, person), listing.along(view, person))
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
            **views_of(request, wanted, tabs_for(person, wanted.view, today)),
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
