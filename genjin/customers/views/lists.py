"""The list of customers, and the conditions it can be given."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from genjin.customers import conditions, filters
from genjin.customers.models import Customer, CustomerQuerySet
from genjin.customers.shown import lines, with_people
from genjin.organization.models import Person
from genjin.web.htmx import respond
from genjin.web.paging import COUNT_CAP, count_up_to_cap, page_of


def leads(person: Person) -> bool:
    """Whether the person's lists are about a team rather than about their own customers."""
    return person.scope.everything or bool(person.scope.units)


def view_of(asked: filters.Conditions, person: Person) -> str:
    return asked.view or ("team" if leads(person) else "mine")


def rows_of(asked: filters.Conditions, person: Person, today: Any) -> CustomerQuerySet:
    """What this list holds for this person, in no order yet."""
    rows = Customer.objects.visible_to(person, today)
    view = view_of(asked, person)
    if asked.pool and asked.pool != "no":
        return filters.narrowed(rows.in_pool(), asked, today)
    if asked.run is not None and not asked.view:
        return filters.narrowed(rows, asked, today)
    if not leads(person) and view not in ("all", "closed"):
        rows = rows.filter(owner=person)
    return filters.narrowed(filters.in_view(rows, view, person=person.pk, today=today), asked, today)


def order_of(asked: filters.Conditions, person: Person) -> tuple[str, ...]:
    if view_of(asked, person) == "closed" and asked.sort in ("class", "due", "planned"):
        return ("-closed_on", "-pk")
    return filters.order_of(asked, owned=not asked.pool or asked.pool == "no")


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
        tabs.append({"view": view, "label": label(), "href": f"?view={view}", "current": view == current, "count": shown})
    return tabs


@require_GET
def customers(request: HttpRequest) -> HttpResponse:
    """`/customers/`: every condition stands in the address."""
    if any(value == "" for value in request.GET.values()):
        return redirect(f"{request.path}?{_without_blanks(request)}")
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
        "may": {name: person.may(f"customers.{name}") for name in ("assign", "release", "claim", "create", "import")},
    }
    if not request.htmx or request.htmx.history_restore_request or request.htmx.boosted:
        context |= {"tabs": tabs_for(person, view, today), "chips": conditions.chips(asked, request)}
    return respond(request, "customers/customer_list.html", context, fragment="customers/_customer_table.html")


@require_GET
def choose_conditions(request: HttpRequest) -> HttpResponse:
    """The form behind “add a condition”: a GET form, so that its answer is an address again."""
    asked = filters.read(request.GET, me=request.user.pk)
    context = {"asked": asked, "choices": conditions.choices_for(request.user), "leads": leads(request.user)}
    return respond(
        request, "customers/conditions_form.html", context, fragment="customers/_conditions_form.html"
    )


def _without_blanks(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in list(query):
        kept = [value for value in query.getlist(name) if value != ""]
        if kept:
            query.setlist(name, kept)
        else:
            del query[name]
    return query.urlencode()
