"""Which rules hold for a unit, and who stands on the floor when leads are given by them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, OuterRef, Subquery

from genjin.customers.models import Customer
from genjin.leads.assigning import document
from genjin.leads.assigning.document import Document, Rule
from genjin.leads.assigning.models import GivenOfDay, RuleVersion
from genjin.leads.assigning.rules import Floor, Hand
from genjin.leads.models import Lead
from genjin.leads.queues.models import Queue
from genjin.organization.absences.reading import off_days_of
from genjin.organization.models import Person, Role
from genjin.organization.rules import Tree, may_hold_customers
from genjin.playbooks import rules as playbook_rules
from genjin.playbooks.practice import practices_of
from genjin.playbooks.variant import Variant

# Who takes part where a whole unit is named: who leads it takes part where they are named.
TEAM_ROLES = (Role.SELLER, Role.SERVICE)


@dataclass(frozen=True, slots=True)
class InForce:
    """A unit's rules: the newest version of the unit itself or of the nearest above that has its own."""

    unit: int
    number: int
    document: Document


def versions_in_force() -> dict[int, InForce]:
    """Of every unit that has rules of its own, by its key. One question."""
    newest = RuleVersion.objects.filter(unit=OuterRef("unit")).order_by().values("unit").annotate(top=Max("number"))
    rows = RuleVersion.objects.filter(number=Subquery(newest.values("top")), document__isnull=False)
    found = {}
    for unit, number, given in rows.values_list("unit", "number", "document"):
        read = document.read(given)
        if isinstance(read, Document):
            found[unit] = InForce(unit, number, read)
    return found


def in_force_for(unit: int, versions: Mapping[int, InForce], tree: Tree) -> InForce | None:
    """The rules that hold for what arrives at a unit; None where nobody made any."""
    return next((versions[each] for each in tree.upward(unit) if each in versions), None)


def governed_by(unit: int, versions: Mapping[int, InForce], tree: Tree) -> list[int]:
    """The units whose leads go by the rules of this one (or would, had it any): itself and what lies below without
    rules of its own."""
    own = versions.keys() - {unit}
    return [each for each in sorted(tree.below(unit)) if not _is_cut_off(each, unit, own, tree)]


def _is_cut_off(each: int, top: int, own: Collection[int], tree: Tree) -> bool:
    for above in tree.upward(each):
        if above == top:
            return False
        if above in own:
            return True
    return True


def floor_for(
    rules: Iterable[Rule], *, day: date, standing: Mapping[str, Mapping[str, int]], tree: Tree, is_trial: bool = False
) -> Floor:
    """Everybody whom these rules may name, as they stand on a day; what no rule asks for is not counted.

    A trial begins with empty hands: nobody has leads or was given any.
    """
    rules = list(rules)
    units = {rule.target.unit for rule in rules if rule.target.kind == "unit" and rule.target.unit}
    named = {share.person for rule in rules for share in rule.target.shares}
    below = {unit: tree.below(unit) for unit in units}
    members = Person.objects.active().filter(unit__in=frozenset().union(*below.values()), role__in=TEAM_ROLES)
    rows = {row.pk: row for row in members.select_related("unit").order_by("pk")}
    rows |= Person.objects.select_related("unit").in_bulk(named - rows.keys())
    people = list(rows.values())
    away = off_days_of(people, first=day)
    hands = {
        row.pk: Hand(row.pk, may_hold_customers(role=row.role, is_active=row.is_active), away.get(row.pk, {}))
        for row in people
    }
    if not is_trial and any(rule.target.way in ("least", "room") or rule.skips_full for rule in rules):
        _count_open(hands)
    if not is_trial and any(rule.cap_a_day for rule in rules):
        for person, number in GivenOfDay.objects.filter(on=day, person__in=hands).values_list("person", "number"):
            hands[person].given[day] = number
    if any(rule.target.way == "room" or rule.skips_full for rule in rules):
        for person, room in rooms_of(people).items():
            hands[person].room = room
    return Floor(
        hands=hands,
        teams={unit: tuple(sorted(pk for pk, row in rows.items() if _is_of(row, below[unit]))) for unit in units},
        standing={int(key): {int(pk): at for pk, at in each.items()} for key, each in standing.items()},
        open_queues=frozenset(Queue.objects.open().values_list("pk", flat=True)),
    )


def _is_of(person: Person, units: Collection[int]) -> bool:
    return person.unit_id in units and person.is_active and person.role in TEAM_ROLES


def _count_open(hands: Mapping[int, Hand]) -> None:
    # An open lead always has a day of its next push: said, so that the index of owner and day answers alone.
    theirs = Lead.objects.open().filter(owner__in=list(hands), push_on__isnull=False).order_by()
    counted = theirs.values_list("owner").annotate(number=Count("push_on"))
    for person, number in counted:
        hands[person].open = number


def rooms_of(people: Collection[Person]) -> dict[int, int | None]:
    """How many more new customers each person's stock takes: the entry class's limit, warning level or target by their
    playbook, less what they hold of it; None where it names none."""
    practices = practices_of(list({person.unit_id: person.unit for person in people}.values()))
    held: dict[int, Counter[str]] = {person.pk: Counter() for person in people}
    of = {person.pk: practices[person.unit_id].playbook for person in people}
    rows = Customer.objects.open().filter(owner__in=list(held)).order_by()
    for owner, code, playbook, number in rows.values_list("owner", "class_code", "playbook").annotate(n=Count("pk")):
        same = playbook == of[owner].code
        held[owner][code if same else playbook_rules.map_class(of[owner], playbook, code).code] += number
    return {person.pk: _room(of[person.pk], held[person.pk]) for person in people}


def _room(playbook: Variant, held: Counter[str]) -> int | None:
    group = playbook.entry_class.counts_with
    full = playbook_rules.full_stock(playbook)
    most = next((full[code] for code in group if code in full), None)
    return None if most is None else most - sum(held[code] for code in group)
