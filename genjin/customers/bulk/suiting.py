"""A unit works by another playbook: the class of each of its customers is mapped, a batch at a time.

Until its turn comes a customer works by the playbook its class is of (`playbooks.practice`), whoever changes hands
meanwhile is mapped in passing, and the run ends when nobody is left.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from genjin.customers.bulk.models import BulkRun
from genjin.customers.bulk.scene import Verb
from genjin.customers.models import Customer, CustomerQuerySet
from genjin.customers.services.ownership import OWNERSHIP
from genjin.customers.services.standing import suit_standing
from genjin.organization.models import Person, Unit
from genjin.playbooks.services import playbooks_for
from genjin.playbooks.under_way import UnderWay
from genjin.web.formats import number


def unsuited(units: Collection[int]) -> CustomerQuerySet:
    """Open customers of these units whose class is of another playbook than the unit's."""
    by_playbook: dict[str, list[int]] = defaultdict(list)
    for unit, playbook in playbooks_for(units).items():
        by_playbook[playbook.code].append(unit)
    astray = Q(pk__in=[])
    for code, some in by_playbook.items():
        astray |= Q(unit__in=some) & ~Q(playbook=code)
    return Customer.objects.open().filter(astray)


class Suit(Verb):
    """Map the class by the table of the unit's playbook. `options`: units."""

    recorded, fields, is_the_houses = "customer.playbook_changed", OWNERSHIP, True

    @classmethod
    def keys(cls, run: BulkRun) -> QuerySet:
        return cls.in_order(unsuited(run.options["units"]))

    def apply(self, row: Customer) -> None:
        if row.is_open:
            suit_standing(row, self.scene.practices.of(row.unit), today=self.scene.today)


def under_way(person: Person) -> Iterator[UnderWay]:
    """The runs that are not at their end, for the page of playbooks."""
    unfinished = BulkRun.objects.visible_to(person).filter(verb=BulkRun.Verb.PLAYBOOK).exclude(state="done")
    for run in unfinished:
        unit = Unit.objects.filter(pk=run.options["units"][0]).first()
        figures = {"unit": unit.name if unit else "", "done": number(run.done), "total": number(run.total)}
        address = reverse("bulk_run", args=[run.pk])
        if not run.is_working:
            text = _("The classes of customers of %(unit)s: stopped at %(done)s of %(total)s.") % figures
        elif run.total:
            text = _("The classes of customers of %(unit)s are being mapped: %(done)s of %(total)s so far.") % figures
        else:
            text = _("The classes of customers of %(unit)s are being mapped.") % figures
        yield UnderWay(text, address, is_stopped=not run.is_working)
