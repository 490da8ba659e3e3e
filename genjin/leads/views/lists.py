"""The list of leads: what is to push, what lies in queues, one's own, the team's, what ended."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from genjin.customers.models import SourceChannel
from genjin.leads import listing
from genjin.leads.abilities import abilities_of
from genjin.leads.models import Channel, Judgement, Outcome
from genjin.leads.queues.models import Queue
from genjin.organization.models import Person
from genjin.web.htmx import respond
from genjin.web.paging import page_of

SIZE = 50


@require_safe
def lead_list(request: HttpRequest) -> HttpResponse:
    """`/leads/?view=queue&source=3&q=惠山`."""
    person, at = request.user, timezone.now()
    today = timezone.localdate(at)
    asked = listing.read(request.GET, person)
    rows = listing.rows_of(asked, person, today).select_related("owner", "queue", "source")
    page = page_of(rows, listing.ORDERS[asked.view][asked.sort], request.GET.get("cursor", ""), SIZE)
    context = {
        "asked": asked,
        "page": page,
        "lines": [(lead, lead.state(today), abilities_of(lead, person)) for lead in page.rows],
        "tabs": _tabs(request, asked, person, listing.counts_of(person, today)),
        "orders": [(name, listing.ORDER_WORDS[name]) for name in listing.ORDERS[asked.view]],
        "fields": _conditions(asked, person),
        "at": at,
        "query": request.GET.urlencode(),
        "may": {"create": person.may("leads.create"), "export": person.may("leads.export")},
    }
    return respond(request, "leads/lead_list.html", context, fragment="leads/_lead_table.html")


def _tabs(request: HttpRequest, asked: listing.Asked, person: Person, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "label": listing.VIEWS[view], "href": f"{request.path}?view={view}", "current": view == asked.view,
            "count": counts.get(view),
        }
        for view in listing.views_of(person)
    ]  # fmt: skip


def _conditions(asked: listing.Asked, person: Person) -> list[tuple[str, Any, list[tuple[Any, Any]]]]:
    """Selects above the list: name, what "all" is called, choices."""
    found: list[tuple[str, Any, list[tuple[Any, Any]]]] = [
        ("source", _("Every source"), [(row.pk, str(row)) for row in SourceChannel.objects.all()]),
        ("channel", _("Every way in"), list(Channel.choices)),
    ]
    if asked.view == "ended":
        found.append(("outcome", _("Every outcome"), [each for each in Outcome.choices if each[0]]))
    elif asked.view != "queue":
        found.append(("judgement", _("Every judgement"), [("none", _("not judged")), *Judgement.choices]))
    if asked.view in ("queue", "all", "team"):
        found.append(("queue", _("Every queue"), [(row.pk, row.name) for row in Queue.objects.visible_to(person)]))
    if asked.view in ("team", "all", "ended") and listing.leads_others(person):
        people = Person.objects.visible_to(person).holding_customers().order_by("unit", "pk")
        found.append(("owner", _("Every colleague"), [(row.pk, row.name) for row in people]))
    return found
