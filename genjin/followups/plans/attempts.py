"""What people made of their last weeks: attempts, and the effective ones among them. Reads only."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Count, Q

from genjin.customers.attempts import Attempts, register_count
from genjin.followups.models import Touch
from genjin.followups.waiting import start_of
from genjin.organization.models import Person

LOOKED_BACK = timedelta(days=28)  # four weeks (ours)
FEWEST = 100  # attempts below which a share says nothing (ours)


def attempts_of(person: Person, *, until: date) -> Attempts | None:
    """Those of the four weeks before a day; None where they are too few to say anything, or none was effective."""
    return attempts_by_person([person.pk], until).get(person.pk)


@register_count
def attempts_by_person(people: Collection[int], until: date) -> dict[int, Attempts]:
    """The same of several people in one question, by their keys."""
    touches = Touch.objects.made_here().filter(author__in=people, at__lt=start_of(until))
    lately = touches.filter(at__gte=start_of(until - LOOKED_BACK)).order_by().values_list("author")
    counted = lately.annotate(made=Count("pk"), effective=Count("pk", filter=Q(is_effective=True)))
    return {pk: Attempts(made, effective) for pk, made, effective in counted if made >= FEWEST and effective > 0}
