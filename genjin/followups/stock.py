"""What one person holds, as screens show it: each class against its standard, and what that asks of a day (C1, C13)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from genjin.core.statements import Statement
from genjin.customers.models import Customer
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.variant import CustomerClass, Variant


@dataclass(frozen=True, slots=True)
class HeldLine:
    """Classes that count together, with what is held of them and what that asks of a day, both as contacts."""

    classes: tuple[CustomerClass, ...]
    holding: rules.Holding
    slackest: float
    tightest: float

    @property
    def remedy(self) -> str:
        """What brings it back: call new ones first, give up by the standard, or decide one by one; "" for nothing."""
        if self.holding.state not in ("above_limit", "above_warning"):
            return ""
        if any(cls.is_queue for cls in self.classes):
            return "call"
        return "give_up" if self.holding.state == "above_limit" else "decide"


@dataclass(frozen=True, slots=True)
class Stock:
    """`counts` by class against the playbook; `slots`: contacts that the person makes on a whole day."""

    playbook: Variant
    counts: Mapping[str, int]
    slots: int

    @property
    def lines(self) -> list[HeldLine]:
        """Every group of which something is held or wanted."""
        parts = {part.class_code: part for part in self.load.classes}
        return [
            HeldLine(
                tuple(self.playbook.class_of(code) for code in held.classes),
                held,
                sum(parts[code].slackest for code in held.classes if code in parts),
                sum(parts[code].tightest for code in held.classes if code in parts),
            )
            for held in rules.stock(self.playbook, self.counts)
            if held.held or held.target
        ]

    @property
    def load(self) -> rules.Load:
        return rules.load_arithmetic(self.playbook, self.counts)

    @property
    def development(self) -> rules.Development:
        return rules.development(self.playbook, self.counts, slots=self.slots)

    @property
    def new_waiting(self) -> int:
        """Customers who wait for their first contact."""
        return sum(self.counts.get(code, 0) for code in self.playbook.queue_classes)

    @property
    def asks_too_much(self) -> bool:
        """Whether even the slackest interval asks for more than the person does in a day."""
        return self.load.slackest > self.slots


def held_by(person: Person, playbook: Variant, today: date) -> tuple[Counter[str], int, int]:
    """How many customers of each class the person holds, how many are overdue, how many due and placed on no day."""
    counts, late, nowhere = Counter[str](), 0, 0
    for theirs, code, held, overdue, unplanned in _held(person=person.pk, today=today):
        suited = code if theirs == playbook.code else rules.map_class(playbook, theirs, code).code
        counts[suited] += held
        late, nowhere = late + overdue, nowhere + unplanned
    return counts, late, nowhere


@Statement
def _held(person: int, today: date) -> QuerySet:
    mine = Customer.objects.owned_by(person).order_by().values_list("playbook", "class_code")
    overdue, unplanned = Q(due_on__lt=today), Q(due_on__lte=today, planned_on=None)
    return mine.annotate(held=Count("pk"), overdue=Count("pk", filter=overdue), unplanned=Count("pk", filter=unplanned))
