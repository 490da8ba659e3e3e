"""The list of customers, and the conditions it can be given."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from genjin.core.scoping import Way
from genjin.customers import conditions, filters
from genjin.customers.models import Customer, CustomerQuerySet
from genjin.customers.shown import lines, with_people
from genjin.organization.models import Person
from genjin.web.htmx import respond, wants_fragment
from genjin.web.navigation import address_of
from genjin.web.paging import COUNT_CAP, count_up_to_cap, page_of


def leads(person: Person) -> bool:
    """Whether the person's lists are about a team rather than about their own customers."""
    return person.scope.everything or bool(person.scope.units)


def view_of(asked: filters.Conditions, person: Person) -> str:
    return asked.view or ("team" if leads(person) else "mine")


def rows_of(asked: filters.Conditions, person: Person, today: Any) -> CustomerQuerySet:
    """What this list holds for this person, in no order yet."""
    view = view_of(asked, person)
    if asked.pool and asked.pool != "no":
        pooled = Customer.objects.visible_to(person, today, through=Way.COMMON).in_pool()
        return filters.narrowed(pooled, asked, today)
    if asked.run is not None and not asked.view:
        return filters.narrowed(Customer.objects.visible_to(person, today), asked, today)
    rows = Customer.objects.visible_to(person, today, through=_ways(view, person))
    return filters.narrowed(filters.in_view(rows, view, person=person.pk, today=today), asked, today)


def _ways(view: str, person: Person) -> Way:
    """What a view is about: one's own, what was lent to one, too, or the customers of one's units."""
    if view == "mine":
        return Way.OWNED
    if leads(person):
        return Way.UNIT
    return Way.OWNED | Way.LENT if view in ("all", "closed") else Way.OWNED


def order_of(asked: filters.Conditions, person: Person) -> tuple[str, ...]:
    """The columns this list goes by. Who is held has a due date, so a list of these alone can be read by it."""
    view = view_of(asked, person)
    if view == "closed" and asked.sort in ("class", "due", "planned"):
        return ("-closed_on!", "-pk")
    owned = not asked.pool or asked.pool == "no"
    order = filters.order_of(asked, owned=owned)
    if not owned or view == "closed" or (asked.run is not None and not asked.view):
        return order
    return tuple(f"{name}!" if name.endswith("due_on") else name for name in order)


TABS = {
    "team": lambda: _("The team's"),
    "mine": lambda: _("Mine"),
    "today": lambda: _("To contact today"),
    "overdue": lambda: _("Overdue"),
    "none": lambda: _("Not planned"),
    "silent": lambda: _("Silent for 30+ days"),
    "all": lambda: _("All"),
    "closed": lambda: _("Closed"),
}


def tabs_for(person: Person, current: str, today: Any) -> list[dict[str, Any]]:
    """The shipped views with their counts, capped: nobody counts through a million rows for a tab."""
    hidden = {"all"} if leads(person) else {"team"}
    tabs = []
    for view, label in TABS.items():
        if view in hidden:
            continue
        rows = rows_of(filters.Conditions(view=view), person, today)
        count = count_up_to_cap(rows)
        shown = f"{COUNT_CAP}+" if count > COUNT_CAP else str(count)
        tabs.append(
            {"view": view, "label": label(), "href": f"?view={view}", "current": view == current, "count": shown}
        )
    return tabs


@require_GET
def customers(request: HttpRequest) -> HttpResponse:
    """`/customers/`: every condition stands in the address."""
    if has_blanks(request):
        return redirect(without_blanks(request))
    person, today = request.user, timezone.localdate()
    asked = filters.read(request.GET, me=person.pk)
    view = view_of(asked, person)
    page = page_of(with_people(rows_of(asked, person, today)), order_of(asked, person), request.GET.get("cursor", ""))
    context = {
        "asked": asked,
        "view": view,
        "page": page,
        "lines": lines(page.rows, today),
        "orders": conditions.orders_shown(asked, request),
        "shows_owner": leads(person) or view == "all",
        "in_pool": bool(asked.pool) and asked.pool != "no",
        "list_query": list_query(request, default=f"view={view}"),
        "import_address": address_of("import_list"),
        "may": {name: person.may(f"customers.{name}") for name in ("assign", "release", "claim", "create", "import")},
    }
    if not wants_fragment(request):
        context |= {
            "tabs": tabs_for(person, view, today),
            "chips": conditions.chips(asked, request),
            "conditions_address": conditions_address(request),
        }
    return respond(request, "customers/customer_list.html", context, fragment="customers/_customer_table.html")


@require_GET
def choose_conditions(request: HttpRequest) -> HttpResponse:
    """The form behind “add a condition”: a GET form, so that its answer is an address again."""
    asked = filters.read(request.GET, me=request.user.pk)
    in_pool = request.GET.get("of") == "pool"
    context = {
        "asked": asked,
        "choices": conditions.choices_for(request.user),
        "leads": leads(request.user),
        "in_pool": in_pool,
        "list_address": reverse("pool" if in_pool else "customers"),
    }
    return respond(request, "customers/conditions_form.html", context, fragment="customers/_conditions_form.html")


LIST_KEYS = {
    "view", "q", "owner", "unit", "class", "pool", "state", "silent", "province", "city", "industry", "source", "tag",
    "kind", "attempts", "created_from", "created_to", "import", "sort",
}  # fmt: skip


def list_query(request: HttpRequest, *, default: str = "") -> str:
    """The part of an address that says which list it is about: a customer's page finds its neighbours by it."""
    kept = QueryDict(mutable=True)
    for name in request.GET:
        if name in LIST_KEYS:
            kept.setlist(name, request.GET.getlist(name))
    return kept.urlencode() or default


def conditions_address(request: HttpRequest, *, of: str = "") -> str:
    """Where the form for the conditions of this list stands, filled with those that hold."""
    query = "&".join(part for part in (list_query(request), of and f"of={of}") if part)
    return f"{reverse('customer_conditions')}?{query}"


def has_blanks(request: HttpRequest) -> bool:
    return any("" in request.GET.getlist(name) for name in request.GET)


def without_blanks(request: HttpRequest) -> str:
    """The same address without the fields of a form that were left empty: short enough to send to somebody."""
    query = request.GET.copy()
    for name in list(query):
        query.setlist(name, [value for value in query.getlist(name) if value != ""])
    return f"{request.path}?{query.urlencode()}"
