"""What must be true of the rows, asked of the database itself: the questions of `genjin check`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from genjin.core.search import services as search
from genjin.core.transfer.models import ImportRun
from genjin.customers.bulk.models import BulkRun
from genjin.customers.bulk.suiting import unsuited
from genjin.customers.models import Customer
from genjin.followups.models import Appointment, Promise, Task, Touch
from genjin.leads.models import Lead, Push
from genjin.organization.models import Unit


@dataclass(frozen=True, slots=True)
class Untruth:
    """A row of which something untrue is recorded: the question it fails, what it is, its key, and the figures."""

    question: str
    kind: str
    pk: int
    figures: str

    def __str__(self) -> str:
        return f"{self.question}: {self.kind} {self.pk} ({self.figures})"


def rows(question: str, kind: str, found: QuerySet, *fields: str) -> Iterator[Untruth]:
    for row in found.order_by("pk").values("pk", *fields).iterator(chunk_size=2000):
        figures = ", ".join(f"{field} {row[field]}" for field in fields)
        yield Untruth(question, kind, row["pk"], figures)


def one_owner_or_pool() -> Iterator[Untruth]:
    """Promise 1: an open customer has exactly one of owner and pool."""
    both = Q(owner__isnull=False, pool__isnull=False)
    neither = Q(owner=None, pool=None)
    found = Customer.objects.open().filter(both | neither)
    yield from rows("an open customer has one owner or one pool", "customer", found, "owner", "pool")


def a_due_date() -> Iterator[Untruth]:
    """Promise 1: an open owned customer has a due date."""
    found = Customer.objects.open().filter(owner__isnull=False, due_on=None)
    yield from rows("an open owned customer has a due date", "customer", found, "owner")


def a_lead_has_its_owner_or_queue() -> Iterator[Untruth]:
    """Promise 1 for leads: an open one has exactly one of owner and queue, in its unit, and a day of its next push."""
    question = "an open lead has one owner or one queue, of its unit, and a day"
    neither, both = Q(owner=None, queue=None), Q(owner__isnull=False, queue__isnull=False)
    astray = Q(owner__isnull=False) & ~Q(unit=F("owner__unit")) | Q(queue__isnull=False) & ~Q(unit=F("queue__unit"))
    found = Lead.objects.open().filter(neither | both | astray | Q(push_on=None))
    yield from rows(question, "lead", found, "owner", "queue", "unit", "push_on")


def pushes_are_counted() -> Iterator[Untruth]:
    standing = Push.objects.standing().filter(lead=OuterRef("pk")).order_by().values("lead")
    counted = Coalesce(Subquery(standing.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    found = Lead.objects.annotate(standing=counted).exclude(pushes=F("standing"))
    yield from rows("the pushes counted are the pushes recorded", "lead", found, "pushes", "standing")


def nobody_who_left_owns() -> Iterator[Untruth]:
    """No open customer, appointment, promise, task or lead is with somebody who left."""
    question = "what is open is with somebody who works here"
    yield from rows(question, "customer", Customer.objects.open().filter(owner__is_active=False), "owner")
    yield from rows(question, "appointment", Appointment.objects.open().filter(by__is_active=False), "by")
    yield from rows(question, "promise", Promise.objects.open().filter(by__is_active=False), "by")
    yield from rows(question, "task", Task.objects.open().filter(person__is_active=False), "person")
    yield from rows(question, "lead", Lead.objects.open().filter(owner__is_active=False), "owner")


def unit_of_its_owner() -> Iterator[Untruth]:
    """A customer's unit, which decides who sees it, is that of its owner or pool."""
    question = "an open customer stands in the unit of its owner or pool"
    astray = Q(owner__isnull=False) & ~Q(unit=F("owner__unit")) | Q(pool__isnull=False) & ~Q(unit=F("pool__unit"))
    yield from rows(question, "customer", Customer.objects.open().filter(astray), "unit", "owner__unit", "pool__unit")


def class_of_its_units_playbook() -> Iterator[Untruth]:
    """A customer works by the playbook of its unit, but for those whose turn to be mapped to it has not come."""
    being_done = BulkRun.objects.filter(verb=BulkRun.Verb.PLAYBOOK, state__in=["queued", "running"])
    under_way = {unit for options in being_done.values_list("options", flat=True) for unit in options["units"]}
    found = unsuited(set(Unit.objects.values_list("pk", flat=True)) - under_way)
    fields = ("unit", "playbook", "class_code")
    yield from rows("an open customer works by its unit's playbook", "customer", found, *fields)


def a_pool_for_every_unit() -> Iterator[Untruth]:
    yield from rows("every unit has a pool", "unit", Unit.objects.filter(pool=None), "name")
    yield from rows("every unit has a queue of leads", "unit", Unit.objects.filter(lead_queue=None), "name")


def contacts_are_counted() -> Iterator[Untruth]:
    """The counts that stand on the customer are those of its contacts that were not undone."""

    def counted(touches: QuerySet) -> Coalesce:
        mine = touches.filter(customer=OuterRef("pk")).order_by().values("customer")
        return Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)

    standing = Touch.objects.standing()
    found = Customer.objects.annotate(
        touches_standing=counted(standing), touches_effective=counted(standing.effective())
    )
    found = found.exclude(attempts=F("touches_standing"), effective_contacts=F("touches_effective"))
    fields = ("attempts", "touches_standing", "effective_contacts", "touches_effective")
    yield from rows("the contacts counted are the contacts recorded", "customer", found, *fields)


def imported_rows_add_up() -> Iterator[Untruth]:
    parts = ("created", "updated", "unchanged", "skipped", "failed")
    added = F("created") + F("updated") + F("unchanged") + F("skipped") + F("failed")
    found = ImportRun.objects.filter(state=ImportRun.State.DONE).exclude(rows=added)
    yield from rows("what became of the rows adds up to the file's", "import", found, "rows", *parts)


def search_finds_what_there_is() -> Iterator[Untruth]:
    for difference in search.differences():
        yield Untruth("the search table is true", difference.kind or "index", difference.pk, difference.what)


QUESTIONS: list[Callable[[], Iterator[Untruth]]] = [
    one_owner_or_pool,
    a_due_date,
    nobody_who_left_owns,
    unit_of_its_owner,
    class_of_its_units_playbook,
    a_pool_for_every_unit,
    contacts_are_counted,
    a_lead_has_its_owner_or_queue,
    pushes_are_counted,
    imported_rows_add_up,
    search_finds_what_there_is,
]


def untruths() -> Iterator[Untruth]:
    """Every row that fails a question, question by question."""
    for question in QUESTIONS:
        yield from question()
