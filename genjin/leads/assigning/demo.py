"""The queue and the three assignment rules of the demo's first region."""

from datetime import datetime

from genjin.leads.assigning.document import Condition, Document, Rule, Share, Target, written
from genjin.leads.assigning.services import newest_of, write_rules
from genjin.leads.queues.models import Queue
from genjin.leads.queues.services import make_queue
from genjin.organization.models import Person, Unit


def make_rules(*, unit: Unit, often: Person, seldom: Person, by: Person, at: datetime) -> None:
    """From the fair into a queue, one product to two who know it, all others in turn."""
    fair = make_queue(unit=unit, name="展会线索", by=by, at=at)
    Queue.objects.filter(home_of=unit).update(accept_minutes=60)
    rules = (
        Rule(
            key=1, name="展会来的进队列", is_on=True, conditions=(Condition("campaign", "has", ("展会",)),),
            target=Target("queue", queue=fair.pk),
        ),
        Rule(
            key=2, name="小程序找懂的人", is_on=True, accept_minutes=30,
            conditions=(Condition("product", "has", ("小程序",)), Condition("wants", "has", ("小程序",))), join="any",
            target=Target("people", shares=(Share(often.pk, 2), Share(seldom.pk, 1)), way="weighted"),
        ),
        Rule(
            key=3, name="其余全区轮流", is_on=True, cap_a_day=12, accept_minutes=60,
            target=Target("unit", unit=unit.pk, way="turn"),
        ),
    )  # fmt: skip
    there = newest_of(unit.pk)
    number = there.number if there else 0
    write_rules(unit=unit, given=written(Document(rules, next_key=4)), number=number, by=by, at=at)
