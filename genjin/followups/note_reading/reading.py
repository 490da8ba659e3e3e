"""What was said about a person's notes and not taken notice of yet."""

from django.db.models import QuerySet

from genjin.core.statements import Statement
from genjin.followups.models import NoteReading
from genjin.organization.models import Person

MOST = 20


def news_for(person: Person) -> list[NoteReading]:
    """At most twenty, the oldest first; each with its note, the customer and who said it."""
    return _unseen(person=person.pk)


@Statement
def _unseen(person: int) -> QuerySet:
    unseen = NoteReading.objects.filter(author=person, seen_at=None).order_by("at", "pk")
    return unseen.select_related("touch__customer", "by")[:MOST]
