"""What became of a plan: done, moved to another day, not done, handed on. Reads only."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from genjin.customers.models import Customer
from genjin.followups.models import Touch
from genjin.followups.plans.models import DayPlan, PlannedContact
from genjin.followups.waiting import start_of
from genjin.playbooks.variant import Variant

Outcome = PlannedContact.Outcome


COUNTED = ("planned", "done", "moved", "undone", "gone", "open")


@dataclass(frozen=True, slots=True)
class BlockProgress:
    """One block's planned contacts and what became of them. `code` is empty for who found no place."""

    code: str
    planned: int
    done: int
    moved: int
    undone: int
    gone: int
    open: int

    def __add__(self, other: "BlockProgress") -> "BlockProgress":
        counts = {name: getattr(self, name) + getattr(other, name) for name in COUNTED}
        return BlockProgress(code=self.code, **counts)

    @property
    def share(self) -> float | None:
        """Done of what was to be done, from 0 to 1; None where nothing was."""
        counted = self.planned - self.gone
        return self.done / counted if counted else None


def outcomes_of(plan: DayPlan, contacts: Iterable[PlannedContact], *, is_over: bool) -> dict[int, str]:
    """Customer → outcome. What is still open is not done once the day is over."""
    keys = [each.customer_id for each in contacts]
    begins, ends = start_of(plan.on), start_of(plan.on + timedelta(days=1))
    touches = Touch.objects.made_here().filter(customer__in=keys, at__gte=begins)
    touched = list(touches.values_list("customer_id", "at"))
    done = {customer for customer, at in touched if at < ends}
    later = {customer for customer, at in touched if at >= ends}
    fields = ("pk", "owner_id", "closed_on", "planned_on", "planned_why")
    rows = {pk: rest for pk, *rest in Customer.objects.filter(pk__in=keys).values_list(*fields)}

    def outcome(customer: int) -> str:
        owner, closed_on, planned_on, why = rows[customer]
        if customer in done:
            return Outcome.DONE
        if owner != plan.person_id or closed_on is not None:
            return Outcome.GONE
        by_night = customer in later or _by_night(why, plan.on)
        if planned_on is not None and planned_on > plan.on and not by_night:
            return Outcome.MOVED
        return Outcome.UNDONE if is_over else Outcome.OPEN

    return {customer: outcome(customer) for customer in keys}


def _by_night(why: dict, on: date) -> bool:
    """Whether it has a later day because it was not done on this one."""
    return why.get("code", "").startswith("replanned_") and why.get("was", "") <= on.isoformat()


@dataclass(frozen=True, slots=True)
class Seconds:
    """Second slots of a day: key customers who asked for one after the first try, and how many were tried again."""

    asked: int
    made: int


def second_contacts(plan: DayPlan, playbook: Variant) -> Seconds:
    """How many of a day's key customers asked for a second slot, and got it. They are in the plan once."""
    begins, ends = start_of(plan.on), start_of(plan.on + timedelta(days=1))
    touches = Touch.objects.made_here().filter(author=plan.person_id, at__gte=begins, at__lt=ends).order_by("at", "pk")
    tries: dict[int, list[bool]] = {}
    keys = playbook.key_classes
    for customer, is_effective in touches.filter(class_before__in=keys).values_list("customer", "is_effective"):
        tries.setdefault(customer, []).append(is_effective)
    asked = [each for each in tries.values() if not each[0] or len(each) > 1]
    return Seconds(len(asked), sum(len(each) > 1 for each in asked))


def progress_of(plan: DayPlan) -> list[BlockProgress]:
    """The plan block by block, in the order of the day; who found no place comes last."""
    contacts = list(plan.contacts.all())
    live = {} if plan.settled_at else outcomes_of(plan, contacts, is_over=False)
    return blocks_of((each.block, live.get(each.customer_id, each.outcome)) for each in contacts)


def blocks_of(found: Iterable[tuple[str, str]]) -> list[BlockProgress]:
    """(block, outcome) of every planned contact, added up."""
    counts: dict[str, Counter[str]] = {}
    for block, outcome in found:
        counts.setdefault(block, Counter())[outcome] += 1
    ordered: Sequence[str] = sorted(counts, key=lambda block: not block)
    return [
        BlockProgress(
            code=block,
            planned=counts[block].total(),
            done=counts[block][Outcome.DONE],
            moved=counts[block][Outcome.MOVED],
            undone=counts[block][Outcome.UNDONE],
            gone=counts[block][Outcome.GONE],
            open=counts[block][Outcome.OPEN],
        )
        for block in ordered
    ]
