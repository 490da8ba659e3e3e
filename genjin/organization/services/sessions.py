"""Ending what lets somebody in."""

from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from genjin.organization.models import Person, SignInLink


def end_sessions(person: Person) -> None:
    """Sign the person out everywhere, at once."""
    key = str(person.pk)
    theirs = [row.pk for row in Session.objects.iterator() if row.get_decoded().get(SESSION_KEY) == key]
    Session.objects.filter(pk__in=theirs).delete()


def end_links(person: Person, at: datetime) -> None:
    """No link that is still unused opens the door any more."""
    SignInLink.objects.filter(person=person, used_at=None, expires_at__gt=at).update(expires_at=at)
