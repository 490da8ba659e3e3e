"""What rules would have done with the leads of the last weeks, beside what happened. Changes nothing."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from genjin.core.many_rows import among
from genjin.leads.assigning import rules as engine
from genjin.leads.assigning.document import Document, Rule
from genjin.leads.assigning.facts import facts_of
from genjin.leads.assigning.reading import floor_for, governed_by, versions_in_force
from genjin.leads.assigning.rules import Moment
from genjin.leads.models import Arrival, Lead
from genjin.leads.queues.models import Queue
from genjin.organization.absences.rules import AFTERNOON, MORNING
from genjin.organization.hours import hours_of_units
from genjin.organization.models import Person, Unit

DAYS = 30  # "last month" (ours)
MOST = 20_000  # the newest so many, so that a page answers (ours)
NAMED = 10  # of the leads that meet no rule
COLUMNS = (
    "pk", "company", "person_name", "title", "phone", "phone_text", "email", "wechat", "province", "city", "product",
    "wants", "language", "campaign", "channel", "source", "matched", "owner", "queue", "arrived_at",
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """A person or queue: how many they would have been given, and how many have them now."""

    called: str
    would: int = 0
    has: int = 0


@dataclass(slots=True)
class OfRule:
    rule: Rule
    number: int = 0
    empty: int = 0
    besides: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Trial:
    """`unmet` fell to no rule: into the queues of their units. `is_cut`: there were more than `total`."""

    total: int
    is_cut: bool
    since: datetime
    rules: list[OfRule]
    people: list[Row]
    queues: list[Row]
    others_have: int
    unmet: int
    unmet_leads: list[Lead]


def try_out(unit: Unit, document: Document, *, on: Collection[int], at: datetime, days: int = DAYS) -> Trial:
    """Every lead that arrived in the last days at the unit, or below it where its rules hold, given anew by the rules
    with these keys, in the order in which they came. Hands are empty at first; absences are those of each day."""
    since = at - timedelta(days=days)
    tree, versions = Unit.tree(), versions_in_force()
    governed = set(governed_by(unit.pk, versions, tree))
    tried = [rule for rule in document.rules if rule.key in on]
    floor = floor_for(tried, day=timezone.localdate(since), standing={}, tree=tree, is_trial=True)
    hours = hours_of_units(Unit.objects.filter(pk__in=governed))
    by_rule = {rule.key: OfRule(rule) for rule in tried}
    would_people: Counter[int] = Counter()
    would_queues: Counter[int] = Counter()
    have_people: Counter[int] = Counter()
    have_queues: Counter[int] = Counter()
    unmet: list[int] = []
    total = 0
    leads, is_cut = _leads_since(since, governed)
    moments: dict[tuple[int, datetime], Moment] = {}
    for lead, form, arrived_at in leads:
        total += 1
        working = hours[arrived_at].is_working(lead.arrived_at)
        hour = lead.arrived_at.replace(minute=0, second=0, microsecond=0)
        moment = moments.get((arrived_at, hour))
        if moment is None:
            first = hours[arrived_at].next_working(lead.arrived_at)
            moment = Moment(first.date(), MORNING if first.hour < 12 else AFTERNOON)
            moments[arrived_at, hour] = moment
        decision = engine.decide(
            tried, facts_of(lead, form, working_hours=working), floor, moment, counts=lambda rule: True
        )
        for rule, besides in decision.empty_handed:
            by_rule[rule.key].empty += 1
            by_rule[rule.key].besides = besides
        if decision.rule is None:
            unmet.append(lead.pk)
        else:
            by_rule[decision.rule.key].number += 1
        would_people[decision.choice.person or 0] += 1
        would_queues[decision.choice.queue or 0] += 1
        have_people[lead.owner_id or 0] += 1
        have_queues[lead.queue_id or 0] += 1
    named = set(floor.hands) | set(
        Person.objects.filter(unit__in=tree.below(unit.pk), pk__in=have_people.keys()).values_list("pk", flat=True)
    )
    names = dict(Person.objects.filter(pk__in=named).values_list("pk", "name"))
    people = [Row(names[pk], would_people[pk], have_people[pk]) for pk in names]
    called = dict(Queue.objects.filter(pk__in={*would_queues, *have_queues}).values_list("pk", "name"))
    return Trial(
        total=total,
        is_cut=is_cut,
        since=since,
        rules=list(by_rule.values()),
        people=sorted((row for row in people if row.would or row.has), key=lambda row: (-row.would, -row.has)),
        queues=[Row(called[pk], would_queues[pk], have_queues[pk]) for pk in called],
        others_have=sum(number for pk, number in have_people.items() if pk and pk not in names),
        unmet=len(unmet),
        unmet_leads=list(Lead.objects.filter(pk__in=unmet[-NAMED:]).order_by("-arrived_at")),
    )


def _leads_since(
    since: datetime, governed: Collection[int]
) -> tuple[Iterator[tuple[Lead, int | None, int]], bool]:  # fmt: skip
    """Leads with the form of their first arrival and the unit it came to, the oldest first; whether some were left
    out because there are too many."""
    newest = list(
        Lead.objects.filter(arrived_at__gte=since).only(*_columns()).order_by("-arrived_at", "-pk")[: MOST + 1]
    )
    rows = newest[:MOST][::-1]
    first: dict[int, tuple[int | None, int]] = {}
    arrivals = Arrival.objects.filter(lead__in=among([lead.pk for lead in rows])).order_by("-at", "-pk")
    for lead, form, unit in arrivals.values_list("lead", "form", "unit"):
        first[lead] = (form, unit)
    of_here = ((lead, *first[lead.pk]) for lead in rows if lead.pk in first and first[lead.pk][1] in governed)
    return of_here, len(newest) > MOST


def _columns() -> tuple[str, ...]:
    own = ("custom",) if any(each.name == "custom" for each in Lead._meta.concrete_fields) else ()
    return (*COLUMNS, *own)
