"""A list of leads as its address states it: a view, conditions, an order. What makes no sense is left out."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.core.scoping import Way
from genjin.leads.models import Channel, Judgement, Lead, LeadQuerySet, Outcome
from genjin.leads.search import narrowed
from genjin.organization.models import Person

VIEWS: dict[str, Any] = {
    "push": _("To push"),
    "queue": _("To accept"),
    "mine": pgettext_lazy("leads", "Mine"),
    "team": _("Team's"),
    "ended": pgettext_lazy("leads", "Ended"),
    "all": _("All"),
}
# Columns by which each view can be read in order, the first by itself.
NEWEST = ("-arrived_at!", "-pk")
ORDERS: dict[str, dict[str, tuple[str, ...]]] = {
    "push": {"push": ("push_on!", "pk"), "new": NEWEST},
    "queue": {"new": NEWEST, "old": ("arrived_at!", "pk")},
    "mine": {"push": ("push_on!", "pk"), "new": NEWEST},
    "team": {"new": NEWEST, "push": ("push_on!", "pk")},
    "ended": {"ended": ("-ended_at!", "-pk"), "new": NEWEST},
    "all": {"new": NEWEST},
}
ORDER_WORDS: dict[str, Any] = {
    "push": _("next push first"),
    "new": _("newest first"),
    "old": _("oldest first"),
    "ended": _("ended last first"),
}
CHOICES: dict[str, list[str]] = {
    "channel": [each.value for each in Channel],
    "judgement": [*(each.value for each in Judgement), "none"],
    "outcome": [each.value for each in Outcome],
}
KEYS = ("source", "owner", "queue")


@dataclass(frozen=True, slots=True)
class Asked:
    """`only` are conditions by the name of their field; `q` is a name or number to look for."""

    view: str
    sort: str
    q: str = ""
    only: dict[str, str] = field(default_factory=dict)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.only)


def leads_others(person: Person) -> bool:
    return person.scope.everything or bool(person.scope.units)


def views_of(person: Person) -> list[str]:
    """Who leads has the team's; everybody else sees all that they see in their own and the queues."""
    return [view for view in VIEWS if leads_others(person) or view not in ("team", "all")]


def read(given: QueryDict, person: Person) -> Asked:
    views = views_of(person)
    begins = "team" if leads_others(person) else "push"
    view = given.get("view", begins)
    view = view if view in views else begins
    sort = given.get("sort", "")
    sort = sort if sort in ORDERS[view] else next(iter(ORDERS[view]))
    only = {name: value for name in CHOICES if (value := given.get(name, "")) and value in CHOICES[name]}
    only |= {name: value for name in KEYS if (value := given.get(name, "")).isdecimal() and len(value) < 18}
    return Asked(view, sort, given.get("q", "").strip()[:60], only)


def rows_of(asked: Asked, person: Person, today: date) -> LeadQuerySet:
    """The rows, in no order yet."""
    rows = _viewed(asked.view, person, today)
    for name, value in asked.only.items():
        rows = rows.filter(**{name: "" if value == "none" else value})
    return narrowed(rows, asked.q) if asked.q else rows


def _viewed(view: str, person: Person, today: date) -> LeadQuerySet:
    seen = Lead.objects.visible_to
    if view == "queue":
        return seen(person, through=Way.UNIT if leads_others(person) else Way.COMMON).waiting()
    if view in ("team", "all"):
        rows = seen(person, through=Way.UNIT)
        return rows.open() if view == "team" else rows
    own = Lead.objects.filter(owner=person)
    if view == "ended":
        return (seen(person, through=Way.UNIT) if leads_others(person) else own).ended()
    return own.to_push_by(today) if view == "push" else own.open()


def counts_of(person: Person, today: date) -> dict[str, int]:
    """How many there are to push and to accept, for the tabs."""
    return {
        "push": _viewed("push", person, today).count(),
        "queue": _viewed("queue", person, today).count(),
    }
