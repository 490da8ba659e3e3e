"""A playbook took effect in a new version: what stands on its customers follows, a batch at a time.

Classes that were left out become what the playbook says; a class that stands elsewhere on the ladder takes its rank
along. Dates follow only where whoever changed the playbook asked for it: then the last day is counted anew from the
same contact with the new cycle, and says whose change that is. A day that a person set stays. Whoever is done has the
figures of the current version in its reason, so the run can begin anew at any point and ends when nobody is left.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from genjin.customers.bulk.models import BulkRun
from genjin.customers.bulk.scene import Verb
from genjin.customers.models import Customer, CustomerQuerySet
from genjin.customers.services.ownership import OWNERSHIP
from genjin.customers.services.standing import merge_class
from genjin.organization.models import Person, Unit
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice
from genjin.playbooks.services import playbooks_for, variant
from genjin.playbooks.under_way import UnderWay
from genjin.playbooks.variant import CustomerClass, Variant
from genjin.web.formats import number

# What a last day was counted from, by the code of its reason. Others are days that a person set.
ANCHORS: dict[str, rules.AnchorKind] = {
    "due_after_effective": "effective",
    "due_after_class_move": "class_move",
    "due_after_assigned": "assigned",
    "due_after_imported": "imported",
    "due_first_contact": "assigned",
    "due_first_contact_imported": "imported",
}
CONTACTED = ("due_after_effective", "due_after_class_move")


def units_by_variant(playbook: str) -> dict[Variant, list[int]]:
    """The units that work by a playbook, by the number set and rhythm they have."""
    found: dict[Variant, list[int]] = defaultdict(list)
    for unit, chosen in playbooks_for(Unit.objects.values_list("pk", flat=True)).items():
        if chosen.code == playbook:
            found[chosen].append(unit)
    return found


def misplaced(playbook: Variant) -> Q:
    """Customers whose class is no more, or has another rank."""
    wrong = Q(class_code__in=list(playbook.retired))
    for cls in playbook.classes:
        wrong |= Q(class_code=cls.code) & ~Q(class_rank=cls.rank)
    return Q(playbook=playbook.code) & wrong


def misdated(playbook: str, classes: Collection[str]) -> Q:
    """Owned customers of these classes whose last day was counted with other figures than those of today."""
    wrong = Q(pk__in=[])
    for chosen, units in units_by_variant(playbook).items():
        for code in classes:
            if chosen.has_class(code):
                wrong |= Q(unit__in=units, class_code=code) & _with_other_figures(chosen.class_of(code))
    return Q(playbook=playbook, owner__isnull=False, closed_on=None) & wrong


def _with_other_figures(cls: CustomerClass) -> Q:
    """Each kind of reason has its own figures; one that is absent is never asked for."""
    cycle = ~Q(due_why__min=cls.min_days) | ~Q(due_why__max=cls.max_days)
    counted = Q(due_why__code__in=CONTACTED) & cycle
    first, plain = ("due_first_contact", "due_first_contact_imported"), ("due_after_assigned", "due_after_imported")
    if cls.first_contact_within is None:
        return counted | Q(due_why__code__in=first) | (Q(due_why__code__in=plain) & cycle)
    within = ~Q(due_why__max=cls.first_contact_within)
    return counted | Q(due_why__code__in=plain) | (Q(due_why__code__in=first) & within)


def unrenewed(playbook: str, classes: Collection[str]) -> CustomerQuerySet:
    """Whoever does not stand as the current version has it; dates are asked of these classes only."""
    return Customer.objects.filter(misplaced(variant(playbook)) | misdated(playbook, classes))


class Renew(Verb):
    """Follow the current version. `options`: playbook, classes (whose dates follow), number (of it), reason."""

    recorded, fields, is_the_houses = "customer.playbook_renewed", OWNERSHIP, True

    @classmethod
    def keys(cls, run: BulkRun) -> QuerySet:
        return cls.in_order(unrenewed(run.options["playbook"], run.options["classes"]))

    def apply(self, row: Customer) -> None:
        if row.playbook != self.options["playbook"]:
            return
        practice = self.scene.practices.of(row.unit, held=row.playbook)
        cls = practice.playbook.class_of(row.class_code)
        if cls.code != row.class_code:
            merge_class(row, practice, cls.code, today=self.scene.today)
            return
        row.class_rank = cls.rank
        if cls.code in self.options["classes"] and row.owner_id and row.is_open:
            self._count_anew(row, practice, cls)

    def _count_anew(self, row: Customer, practice: Practice, cls: CustomerClass) -> None:
        kind = ANCHORS.get(row.due_why.get("code", ""))
        if kind is None:
            return
        anchor = date.fromisoformat(row.due_why["since"])
        due = rules.due(cls, anchor=anchor, anchor_kind=kind, calendar=practice.calendar)
        if due.reason.as_json().items() <= row.due_why.items():
            return
        row.due_on = due.due_on
        row.due_why = due.reason.as_json() | {"by": self.scene.by.name, "edition": self.options["number"]}
        set_by_person = row.planned_why.get("code") == "planned_by_person" or row.appointment_at is not None
        if row.planned_on and row.planned_on > due.due_on and not set_by_person:
            row.planned_on, row.planned_why = None, {}


def under_way(person: Person) -> Iterator[UnderWay]:
    """The runs that are not at their end, for the page of playbooks."""
    unfinished = BulkRun.objects.visible_to(person).filter(verb=BulkRun.Verb.RENEW).exclude(state="done")
    for run in unfinished:
        figures = {"version": run.options["number"], "done": number(run.done), "total": number(run.total)}
        if not run.is_working:
            text = _("Customers follow version %(version)s: stopped at %(done)s of %(total)s.") % figures
        elif run.total:
            text = _("Customers follow version %(version)s: %(done)s of %(total)s so far.") % figures
        else:
            text = _("Customers are about to follow version %(version)s.") % figures
        yield UnderWay(text, reverse("bulk_run", args=[run.pk]), is_stopped=not run.is_working)
