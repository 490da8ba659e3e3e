"""Tasks that bring their customer onto a person's day, whatever day the customer itself stands on."""

import json
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from genjin.core.reasons import Reason
from genjin.core.statements import Statement
from genjin.followups.tasks.models import Task


class Asked(NamedTuple):
    """One open task at a customer that has not been talked with effectively on its day."""

    customer: int
    purpose: str
    by: str

    @property
    def why(self) -> str:
        """As a customer keeps why it stands on a day."""
        return json.dumps(Reason("task_given", {"by": self.by, "purpose": self.purpose}).as_json())


def asked_of(person: int, on: date) -> dict[int, Asked]:
    """By customer: what this person is asked to do there by the day, the earliest of several. A customer that was
    talked with on the day is done for it, though the task stays open until it is answered."""
    found: dict[int, Asked] = {}
    for row in _due(person=person, on=on):
        found.setdefault(row[0], Asked(*row))
    return found


@Statement
def _due(person: int, on: date) -> QuerySet:
    untouched = Q(customer__last_effective_on=None) | Q(customer__last_effective_on__lt=on)
    rows = Task.objects.open().filter(untouched, person=person, on__lte=on, customer__closed_on=None)
    rows = rows.filter(customer__owner__isnull=False)
    return rows.order_by("on", "pk").values_list("customer", "purpose", "given_by__name")
