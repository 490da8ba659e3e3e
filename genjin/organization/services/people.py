"""Adding and changing colleagues."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from genjin.core.audit.services import changes_between, record
from genjin.core.events import emit
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.organization import rules
from genjin.organization.events import PersonMoved
from genjin.organization.holdings import held_by
from genjin.organization.models import Person, Unit
from genjin.organization.services.reach import held_fast, owners_besides, require_reach
from genjin.organization.services.refusing import refuse_for
from genjin.organization.services.sign_in_links import make_sign_in_link

FIELDS = ("name", "sign_in", "phone", "email", "role", "unit", "daily_slots")


@transaction.atomic
def add_person(
    *, by: Person, at: datetime, today: date, name: str, sign_in: str, role: str, unit: Unit, **fields: Any
) -> tuple[Person, str]:
    """Add a colleague without a password. Gives the person and the one-time secret of their sign-in link."""
    require(by, "organization.change_people")
    _require_place(by, role=role, unit=unit)
    person = Person(name=name, sign_in=rules.normal_sign_in(sign_in), role=role, unit=unit, joined_on=today, **fields)
    person.set_unusable_password()
    _refuse_taken(person)
    _save(person)
    record(by=by, at=at, verb="added", kind="person", subject=person.pk, changes=changes_between({}, _values(person)))
    return person, make_sign_in_link(person, by=by, at=at)


@transaction.atomic
def change_person(person: Person, *, by: Person, at: datetime, today: date, **fields: Any) -> Person:
    """Change what is known of a colleague, their role or unit (`fields`: some of FIELDS).

    Refused: one's own role, the last owner's, read only for somebody who still holds customers, a role or a unit
    above one's own.
    """
    require_reach(by, person)
    person = held_fast(person)
    require_reach(by, person)
    before, unit_before = _values(person), person.unit
    for field in FIELDS:
        if field in fields:
            setattr(person, field, fields[field])
    person.sign_in = rules.normal_sign_in(person.sign_in)
    after = _values(person)
    if (before["role"], before["unit"]) != (after["role"], after["unit"]):
        _require_place(by, role=person.role, unit=person.unit)
        refuse_for(
            rules.refusal_to_change_role(
                is_self=person.pk == by.pk,
                role_before=before["role"],
                role=person.role,
                other_owners=owners_besides(person),
                held=sum(held.count for held in held_by(person)),
            )
        )
    if before == after:
        return person
    _refuse_taken(person)
    _save(person)
    record(by=by, at=at, verb="changed", kind="person", subject=person.pk, changes=changes_between(before, after))
    if before["unit"] != after["unit"]:
        emit(PersonMoved(person=person, unit_before=unit_before, by=by, at=at, today=today))
    return person


def _require_place(by: Person, *, role: str, unit: Unit) -> None:
    reason = rules.refusal_to_place(actor=by.scope, actor_role=by.role, role=role, unit=unit.pk)
    refuse_for(reason, NotPermitted)


def _refuse_taken(person: Person) -> None:
    if Person.objects.filter(sign_in=person.sign_in).exclude(pk=person.pk).exists():
        raise Refused("sign_in_taken", sign_in=person.sign_in)


def _save(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as two_at_once:
        raise Refused("sign_in_taken", sign_in=person.sign_in) from two_at_once


def _values(person: Person) -> dict[str, Any]:
    return {field: getattr(person, field) for field in FIELDS} | {"unit": person.unit_id}
