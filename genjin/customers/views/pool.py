"""公海: what lies in the pools one may look into, to be claimed or dealt out."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from genjin.customers import amounts, conditions, filters, listing
from genjin.customers.models import Pool
from genjin.customers.pools.administering import may_deal
from genjin.customers.pools.counting import day_of
from genjin.customers.views.conditions import conditions_address
from genjin.customers.views.lists import has_blanks, table_of, views_of, without_blanks
from genjin.organization.models import Person
from genjin.web.htmx import respond, wants_fragment

POOLS_AS_TABS = 8
ORDERS = ("class", "name", "touch", "created")


@require_GET
def pool(request: HttpRequest) -> HttpResponse:
    """`/pool/`, one pool or all of them. Phones are masked until a customer is claimed."""
    if has_blanks(request):
        return redirect(without_blanks(request))
    person, today = request.user, timezone.localdate()
    wanted = listing.read(request.GET, person, default="pool=any")
    if not wanted.in_pool:
        return redirect("pool")
    asked = wanted.asked
    pools = list(Pool.objects.visible_to(person).select_related("unit"))
    if asked.pool.isdecimal() and int(asked.pool) not in {each.pk for each in pools}:
        raise Http404
    context = table_of(request, wanted, today) | {
        "asked": asked,
        "view": "",
        "is_pool": True,
        "edits": frozenset(),
        "orders": _orders(asked, request),
        "is_narrowed": asked.narrows(besides=("pool", "rests")),
        "may": {
            "claim": person.may("customers.claim") and not asked.rests,
            "export": person.may("customers.export"),
            "assign": may_deal(person),
            "shift": len(pools) > 1 and may_deal(person),
        },
    }
    if not wants_fragment(request):
        context |= {
            "day": day_of(person, today) if person.may("customers.claim") else None,
            "counts_looks": not listing.leads(person),
            **views_of(request, wanted, _tabs(pools, asked, person, today)),
            "conditions_address": conditions_address(wanted, of="pool"),
            "chips": conditions.chips(asked, request, besides=("pool", "rests")),
        }
    return respond(request, "customers/pool.html", context, fragment="customers/_customer_table.html")


def _orders(asked: filters.Asked, request: HttpRequest) -> list[dict]:
    """Those that need no owner; by class alone, for nothing here has a next contact."""
    shown = [each for each in conditions.orders_shown(asked, request) if each["name"] in ORDERS]
    return [each | {"label": _("Class")} if each["name"] == "class" else each for each in shown]


def _tabs(pools: list[Pool], asked: filters.Asked, person: Person, today: date) -> list[dict]:
    """One for each pool; of many only one's own and the one that is looked at, the others are a condition. Who leads
    has one more for those that nobody may claim yet, while there are any."""
    tabs = []
    if len(pools) > 1:
        tabs.append({"label": _("All pools"), "href": "?", "current": not asked.pool.isdecimal() and not asked.rests})
    near = [each for each in pools if each.unit_id == person.unit_id or str(each.pk) == asked.pool]
    for each in pools if len(pools) <= POOLS_AS_TABS else near:
        shown = amounts.in_pool(each, today)
        current = asked.pool == str(each.pk) or (len(pools) == 1 and not asked.rests)
        tabs.append({"label": each.name, "href": f"?pool={each.pk}", "current": current, "count": shown})
    if may_deal(person) and ((asleep := amounts.resting(person, today)) != "0" or asked.rests):
        tabs.append({"label": _("Resting"), "href": "?rests=yes", "current": asked.rests, "count": asleep})
    return tabs
