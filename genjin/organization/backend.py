"""Who is signed in: the person of the session, with the unit, in one question that is written once."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from genjin.core.statements import Statement
from genjin.organization.models import Person


class PersonBackend(ModelBackend):
    """Passwords as Django checks them; every request asks for its person."""

    def get_user(self, user_id: Any) -> Person | None:
        found = _person(person=int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None


@Statement
def _person(person: int) -> QuerySet:
    return Person.objects.filter(pk=person).select_related("unit").order_by()
