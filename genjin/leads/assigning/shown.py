"""The rules of a unit as their page shows them: in words, with who could take one now, and what changed when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from genjin.core.audit.models import Entry
from genjin.leads.assigning import rules as engine
from genjin.leads.assigning import wording
from genjin.leads.assigning.document import Rule
from genjin.leads.assigning.facts import asked_fields, said
from genjin.leads.assigning.forms import WAYS
from genjin.leads.assigning.models import EmptyHanded, RuleVersion
from genjin.leads.assigning.reading import floor_for, in_force_for, versions_in_force
from genjin.leads.assigning.rules import Floor, Moment
from genjin.leads.assigning.services import document_of, newest_of
from genjin.leads.queues.models import Queue
from genjin.organization.absences.rules import MORNING
from genjin.organization.models import Person, Unit

NAMED = 4  # colleagues named in a line, the rest is counted (ours)
VERSIONS = 20
EMPTY_DAYS = 7


@dataclass(frozen=True, slots=True)
class ShownRule:
    """`nobody`: why nobody could take a lead by it today, "" where somebody can. `empty`: how many leads of the last
    days it had nobody for."""

    rule: Rule
    conditions: str
    target: str
    nobody: str
    empty: int


@dataclass(frozen=True, slots=True)
class Page:
    """`number` is the version the rules are of, 0 for none; `above` the unit whose rules hold where it has no own."""

    number: int
    is_own: bool
    rules: list[ShownRule]
    above: Unit | None
    versions: list[tuple[RuleVersion, Entry | None]]


def page_of(unit: Unit, *, today: date) -> Page:
    """Everything the page of a unit's rules shows."""
    newest, tree, versions = newest_of(unit.pk), Unit.tree(), versions_in_force()
    in_force = in_force_for(unit.pk, versions, tree)
    is_own = newest is not None and newest.document is not None
    document = document_of(newest) if is_own or in_force is None else in_force.document
    of = unit.pk if is_own or in_force is None else in_force.unit
    floor = floor_for(document.rules, day=today, standing={}, tree=tree)
    empty = dict(
        EmptyHanded.objects.filter(unit=of, on__gt=today - timedelta(days=EMPTY_DAYS))
        .order_by()
        .values_list("rule")
        .annotate(times=Sum("number"))
    )
    fields, names = asked_fields(), _names(document.rules)
    shown = [
        ShownRule(
            rule=rule,
            conditions=wording.conditions_in_words(said(rule.conditions, fields), rule.join),
            target=_target(rule, names, floor),
            nobody=_nobody(rule, floor, today),
            empty=empty.get(rule.key, 0),
        )
        for rule in document.rules
    ]
    above = Unit.objects.filter(pk=in_force.unit).first() if in_force and not is_own else None
    return Page(newest.number if newest else 0, is_own, shown, above, _versions(unit))


def _nobody(rule: Rule, floor: Floor, today: date) -> str:
    if rule.target.kind == "queue":
        return "" if rule.target.queue in floor.open_queues else wording.besides_in_words({"closed": 1})
    besides: dict[str, int] = {}
    for person in engine.shares_of(rule, floor):
        why = engine.refusal(floor.hands.get(person), rule, Moment(today, MORNING))
        if why is None:
            return ""
        besides[why] = besides.get(why, 0) + 1
    return wording.besides_in_words(besides or {"nobody": 1})


@dataclass(frozen=True, slots=True)
class Names:
    people: dict[int, str]
    units: dict[int, str]
    queues: dict[int, str]


def _names(rules: Any) -> Names:
    people = {share.person for rule in rules for share in rule.target.shares}
    return Names(
        dict(Person.objects.filter(pk__in=people).values_list("pk", "name")),
        dict(Unit.objects.filter(pk__in={rule.target.unit for rule in rules}).values_list("pk", "name")),
        dict(Queue.objects.filter(pk__in={rule.target.queue for rule in rules}).values_list("pk", "name")),
    )


def _target(rule: Rule, names: Names, floor: Floor) -> str:
    target = rule.target
    if target.kind == "queue":
        return _("queue %(name)s") % {"name": names.queues.get(target.queue or 0, "–")}
    if target.kind == "unit":
        number = len(floor.teams.get(target.unit or 0, ()))
        who = _("%(team)s, %(n)s colleagues") % {"team": names.units.get(target.unit or 0, "–"), "n": number}
    else:
        weighted = target.way == "weighted"
        called = [
            f"{names.people.get(share.person, '–')}{f' ×{share.weight}' if weighted and share.weight > 1 else ''}"
            for share in target.shares
        ]
        who = "、".join(called[:NAMED])
        if len(called) > NAMED:
            who = _("%(names)s and %(n)s more") % {"names": who, "n": len(called) - NAMED}
        if len(called) == 1:
            return who
    return _("%(who)s, %(way)s") % {"who": who, "way": dict(WAYS)[target.way]}


def _versions(unit: Unit) -> list[tuple[RuleVersion, Entry | None]]:
    rows = list(RuleVersion.objects.filter(unit=unit).select_related("made_by").order_by("-number")[:VERSIONS])
    entries = Entry.objects.filter(kind="rules", subject=unit.pk).order_by("-pk")[:VERSIONS]
    by_number = {(entry.changes.get("number") or [0, 0])[1]: entry for entry in entries}
    return [(row, by_number.get(row.number)) for row in rows]
