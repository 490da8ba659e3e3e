"""Moves between classes, counted by the person who made them."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, F

from genjin.followups.models import Touch

# (person, class before, class after)
Moved = tuple[int, str, str]


def moves_of(people: Iterable[int], start: datetime, end: datetime) -> Counter[Moved]:
    """How many customers moved from which class to which in these people's notes, from `start` until before `end`."""
    rows = (
        Touch.objects.made_here()
        .filter(author__in=list(people), at__gte=start, at__lt=end)
        .exclude(class_before=F("class_after"))
        .order_by()
        .values_list("author", "class_before", "class_after")
        .annotate(n=Count("pk"))
    )
    return Counter({(author, before, after): n for author, before, after, n in rows})
