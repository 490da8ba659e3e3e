"""What happened with a lead, newest first: pushes, arrivals, and what else was done to it. What knows of something
more (replies, conversion) registers a source of items."""

from collections.abc import Callable, Sequence
from typing import Any

from genjin.core.audit.models import Entry
from genjin.customers.timeline import Item
from genjin.leads.custom import said_to
from genjin.leads.history import tell
from genjin.leads.models import Arrival, Lead, Push

MOST = 200  # of each kind (ours): a lead is short
# Told by the rows that they are about.
SHOWN_OTHERWISE = ("lead.pushed", "lead.arrived", "lead.came_again")

Source = Callable[[Lead, Any], Sequence[Item]]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Add what a part of leads knows: its newest items, `MOST` of them."""
    if source not in _sources:
        _sources.append(source)


def timeline_of(lead: Lead, actor: Any) -> list[Item]:
    """Everything, newest first; of one instant what came last stands first."""
    items = [item for source in (_pushes, _arrivals, _entries, *_sources) for item in source(lead, actor)]
    return sorted(items, key=lambda item: item.at, reverse=True)


def _pushes(lead: Lead, actor: Any) -> list[Item]:
    rows = Push.objects.filter(lead=lead).select_related("author").order_by("-at", "-pk")[:MOST]
    return [Item(row.at, "push", "leads/_timeline_push.html", {"push": row}) for row in rows]


def _arrivals(lead: Lead, actor: Any) -> list[Item]:
    rows = Arrival.objects.filter(lead=lead).select_related("source", "by").order_by("-at", "-pk")[:MOST]
    return [
        Item(row.at, "arrival", "leads/_timeline_arrival.html", {"arrival": row, "said": said_to(row, actor)})
        for row in rows
    ]


def _entries(lead: Lead, actor: Any) -> list[Item]:
    rows = Entry.objects.about("lead", lead.pk).exclude(verb__in=SHOWN_OTHERWISE).select_related("by")
    told = tell(rows.order_by("-at", "-pk")[:MOST], actor)
    return [Item(each.entry.at, "entry", "leads/_timeline_entry.html", {"told": each}) for each in told]
