"""Who is away when, as plans ask it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from genjin.core.statements import Statement
from genjin.organization.absences.models import Absence
from genjin.organization.absences.rules import Span, halves_off
from genjin.organization.models import Person

HORIZON = timedelta(days=400)

Off = dict[date, frozenset[str]]  # day → which halves of it are off


def off_days(person: Person, *, first: date) -> Off:
    """The halves on which a person is away, from a day on."""
    return halves_off(_spans(person=person.pk, first=first), first=first, last=first + HORIZON)


@Statement
def _spans(person: int, first: date) -> QuerySet:
    theirs = Absence.objects.filter(person=person, last__gte=first)
    return theirs.order_by("first", "pk").values_list("first", "last", "part")


def off_days_of(people: Iterable[Person], *, first: date) -> dict[int, Off]:
    """The same for several people by their keys, in one question; whoever is not away has no days."""
    spans: dict[int, list[Span]] = {}
    rows = Absence.objects.filter(person__in=[person.pk for person in people], last__gte=first)
    for person, begins, ends, part in rows.values_list("person", "first", "last", "part"):
        spans.setdefault(person, []).append((begins, ends, part))
    return {pk: halves_off(theirs, first=first, last=first + HORIZON) for pk, theirs in spans.items()}
