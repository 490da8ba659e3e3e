"""What the plan pages show: one person's plan with who found no place, the last days, a team's plans of a day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from genjin.core.reasons import Reason
from genjin.customers.attempts import Attempts
from genjin.customers.classes import Rung, rung_of
from genjin.customers.models import Customer
from genjin.customers.services.ownership import stock_of
from genjin.followups.plans.attempts import attempts_of
from genjin.followups.plans.models import DayPlan, PlannedContact
from genjin.followups.plans.progress import (
    BlockProgress,
    Seconds,
    blocks_of,
    outcomes_of,
    progress_of,
    second_contacts,
)
from genjin.followups.stock import Stock
from genjin.followups.tasks.models import Task
from genjin.followups.waiting import NO_DAY
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice
from genjin.playbooks.words import Words

DAYS_BACK = 10
NOTHING = BlockProgress("", 0, 0, 0, 0, 0, 0)
MOST = 200


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody who was due and found no place."""

    customer: Customer
    rung: Rung
    due_on: date
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day's plan added up: of all that was placed, and how many were not."""

    plan: DayPlan
    placed: BlockProgress
    no_place: int


@dataclass(frozen=True, slots=True)
class PlanPage:
    """`blocks` with their names; `unplaced` at most two hundred of `no_place`; `stock` as it is now; `mix`: what was
    planned of each class against the mix; `ahead`: who falls due on a coming day that has no slot for it; `tasks`: how
    many of the day's slots went to tasks besides its contacts; `attempts`: those of the weeks before."""

    plan: DayPlan
    blocks: list[tuple[str, BlockProgress]]
    unplaced: list[Unplaced]
    no_place: int
    stock: Stock
    mix_name: Words | None
    mix: tuple[rules.MixLine, ...]
    seconds: Seconds
    ahead: list[Unplaced]
    tasks: int
    attempts: Attempts | None

    @property
    def takes_too_much(self) -> bool:
        """Whether the stock fits into the day as contacts, but not as the attempts that these take."""
        if self.attempts is None or self.stock.asks_too_much:
            return False
        return self.attempts.taken_by(self.stock.load.slackest) > self.stock.slots

    @property
    def total(self) -> BlockProgress:
        return sum((each for _name, each in self.blocks), NOTHING)


def page_of(plan: DayPlan, practice: Practice) -> PlanPage:
    """A plan with what became of it until now."""
    playbook = practice.playbook
    mix = rules.mix_of(playbook)
    placed = Counter(plan.contacts.exclude(block="").values_list("class_code", flat=True))
    names = {block.code: block.name for block in (*playbook.blocks, *([playbook.rest] if playbook.rest else ()))}
    progress = progress_of(plan)
    without = plan.contacts.filter(block="").select_related("customer")
    return PlanPage(
        plan=plan,
        blocks=[(names.get(each.code, each.code), each) for each in progress if each.code],
        unplaced=[
            Unplaced(
                each.customer,
                rung_of(each.customer.playbook, each.class_code),
                each.due_on,
                Reason.from_json(each.why[0]) if each.why else None,
            )
            for each in without[:MOST]
        ],
        no_place=sum(each.planned for each in progress if not each.code),
        stock=Stock(playbook, stock_of(plan.person, playbook), practice.slots_of(plan.person)),
        mix_name=mix.name if mix else None,
        mix=rules.check_mix(playbook, mix, placed, slots=plan.slots) if mix else (),
        seconds=second_contacts(plan, playbook),
        ahead=_without_day_ahead(plan),
        tasks=_tasks_besides(plan),
        attempts=attempts_of(plan.person, until=plan.on),
    )


def _tasks_besides(plan: DayPlan) -> int:
    """Tasks that were open when the plan was made and whose customer, if any, is not among its contacts."""
    there = Q(ended_at=None) | Q(ended_at__gt=plan.made_at)
    tasks = Task.objects.filter(there, person=plan.person_id, on__lte=plan.on, given_at__lte=plan.made_at)
    at = list(tasks.values_list("customer", flat=True))
    elsewhere = {customer for customer in at if customer is not None}
    planned = set(plan.contacts.values_list("customer", flat=True))
    return sum(customer is None for customer in at) + len(elsewhere - planned)


def _without_day_ahead(plan: DayPlan) -> list[Unplaced]:
    """Who falls due on the coming days and has no slot on any of them: on leave, or too many."""
    coming = Customer.objects.owned_by(plan.person).filter(planned_on__gt=plan.on)
    return [
        Unplaced(row, rung_of(row.playbook, row.class_code), row.due_on, Reason.from_json(row.planned_why))
        for row in coming.filter(planned_why__code__startswith=NO_DAY).order_by("planned_on", "pk")[:MOST]
        if row.due_on is not None
    ]


def last_days(person: Person, *, until: date) -> list[DayLine]:
    """The person's plans of the days before, newest first."""
    plans = DayPlan.objects.filter(person=person, on__lt=until).order_by("-on")[:DAYS_BACK]
    return _lines(list(plans))


def plans_of(people: Iterable[Person], *, on: date) -> dict[int, DayLine]:
    """Everybody's plan of a day, by the person's key."""
    plans = DayPlan.objects.filter(person__in=[person.pk for person in people], on=on)
    return {line.plan.person_id: line for line in _lines(list(plans))}


def _lines(plans: list[DayPlan]) -> list[DayLine]:
    contacts: dict[int, list[PlannedContact]] = {plan.pk: [] for plan in plans}
    for each in PlannedContact.objects.filter(plan__in=list(contacts)):
        contacts[each.plan_id].append(each)
    lines = []
    for plan in plans:
        own = contacts[plan.pk]
        live = {} if plan.settled_at else outcomes_of(plan, own, is_over=False)
        placed = blocks_of(("all", live.get(each.customer_id, each.outcome)) for each in own if each.block)
        lines.append(DayLine(plan, placed[0] if placed else NOTHING, sum(not each.block for each in own)))
    return lines
