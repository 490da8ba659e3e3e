"""What everybody may change about themselves."""

from datetime import datetime
from typing import Any

from django.db import transaction

from genjin.core.audit.services import changes_between, record
from genjin.organization.models import Person
from genjin.organization.services.reach import held_fast
from genjin.organization.services.sessions import end_links

FIELDS = ("name", "phone", "email", "language")


@transaction.atomic
def change_own_details(*, by: Person, at: datetime, **fields: Any) -> Person:
    """Change one's own name, phone, e-mail or language."""
    person = held_fast(by)
    before = {field: getattr(person, field) for field in FIELDS}
    for field in FIELDS:
        if field in fields:
            setattr(person, field, fields[field])
    after = {field: getattr(person, field) for field in FIELDS}
    if before != after:
        person.save(update_fields=FIELDS)
        record(by=by, at=at, verb="changed", kind="person", subject=by.pk, changes=changes_between(before, after))
    return person


@transaction.atomic
def change_own_password(*, by: Person, at: datetime, password: str) -> Person:
    """Set one's own password; sessions elsewhere end with it. The form checked the old one and the strength."""
    person = held_fast(by)
    person.set_password(password)
    person.save(update_fields=["password"])
    end_links(person, at)
    record(by=by, at=at, verb="password_changed", kind="person", subject=by.pk)
    return person
