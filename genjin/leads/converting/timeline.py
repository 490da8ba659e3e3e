"""What happened while a customer was a lead, for its timeline: how it came in, and every push."""

from collections.abc import Sequence

from genjin.customers.timeline import Asked, Item
from genjin.leads.models import Arrival, Lead, Push

ARRIVED, PUSHED = "leads/_former_arrival.html", "leads/_former_push.html"
LOOKED_THROUGH = 1000


def leads_for_timeline(asked: Asked) -> Sequence[Item]:
    """Arrivals and pushes of all leads that became this customer: whoever sees the customer sees where it came from."""
    if asked.kind not in ("", "note"):
        return []
    leads = list(Lead.objects.filter(customer=asked.customer.pk).order_by().values_list("pk", flat=True))
    if not leads:
        return []
    most = LOOKED_THROUGH if asked.text else asked.limit
    pushes = Push.objects.standing().filter(lead__in=leads).select_related("author").order_by("-at", "-pk")
    arrivals = Arrival.objects.filter(lead__in=leads).select_related("source", "by").order_by("-at", "-pk")
    if asked.before is not None:
        pushes, arrivals = pushes.filter(at__lt=asked.before), arrivals.filter(at__lt=asked.before)
    items = [Item(push.at, "note", PUSHED, {"push": push}) for push in pushes[:most] if _says(asked, push.remarks)]
    if asked.kind == "":
        items += [
            Item(arrival.at, "file", ARRIVED, {"arrival": arrival})
            for arrival in arrivals[:most]
            if _says(asked, str(arrival.given.get("wants", "")), arrival.campaign)
        ]
    return sorted(items, key=lambda item: item.at, reverse=True)[: asked.limit]


def _says(asked: Asked, *parts: str) -> bool:
    return not asked.text or any(asked.text.casefold() in part.casefold() for part in parts)
