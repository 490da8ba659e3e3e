"""A colleague leaves, or comes back. Nobody is ever deleted."""

from datetime import date, datetime

from django.db import transaction

from genjin.core.audit.services import record
from genjin.core.events import emit
from genjin.core.reasons import NotPermitted, Refused
from genjin.organization import rules
from genjin.organization.events import HandOver, PersonLeft
from genjin.organization.models import Person, Unit
from genjin.organization.services.reach import held_fast, owners_besides, require_reach
from genjin.organization.services.refusing import refuse_for
from genjin.organization.services.sessions import end_links, end_sessions
from genjin.organization.services.sign_in_links import make_sign_in_link


@transaction.atomic
def deactivate_person(person: Person, *, hand_over: HandOver, by: Person, at: datetime, today: date) -> Person:
    """Somebody leaves: no way in any more, and all that is open goes where `hand_over` says, in one transaction."""
    require_reach(by, person)
    person = held_fast(person, *hand_over.receivers)
    require_reach(by, person)
    refuse_for(
        rules.refusal_to_deactivate(
            is_self=person.pk == by.pk,
            is_active=person.is_active,
            role=person.role,
            other_owners=owners_besides(person),
        )
    )
    hand_over = _checked(hand_over, person=person, by=by)
    person.is_active, person.left_on = False, today
    person.set_unusable_password()
    person.save(update_fields=["is_active", "left_on", "password"])
    end_sessions(person)
    end_links(person, at)
    record(
        by=by,
        at=at,
        verb="left",
        kind="person",
        subject=person.pk,
        changes={
            "left_on": [None, today.isoformat()],
            "hand_over": [None, hand_over.kind],
            "receivers": [None, [receiver.pk for receiver in hand_over.receivers]],
            "pool_of": [None, hand_over.unit.pk if hand_over.unit else None],
        },
    )
    emit(PersonLeft(person=person, hand_over=hand_over, by=by, at=at, today=today))
    return person


@transaction.atomic
def reactivate_person(person: Person, *, by: Person, at: datetime) -> tuple[Person, str]:
    """Somebody who left works here again, holding nothing. Gives the one-time secret of their new way in."""
    require_reach(by, person)
    person = held_fast(person)
    require_reach(by, person)
    if person.is_active:
        raise Refused("person_works_here")
    left_on = person.left_on
    person.is_active, person.left_on = True, None
    person.set_unusable_password()
    person.save(update_fields=["is_active", "left_on", "password"])
    record(
        by=by,
        at=at,
        verb="returned",
        kind="person",
        subject=person.pk,
        changes={"left_on": [left_on.isoformat() if left_on else None, None]},
    )
    return person, make_sign_in_link(person, by=by, at=at)


def _checked(hand_over: HandOver, *, person: Person, by: Person) -> HandOver:
    """The hand-over with its people as they stand now and its pool named; refused when it leads nowhere."""
    if hand_over.kind == "pool":
        unit = hand_over.unit or person.unit
        if not Unit.objects.visible_to(by).filter(pk=unit.pk).exists():
            raise NotPermitted("unit_outside_yours")
        return HandOver(kind="pool", unit=unit)
    keys = [receiver.pk for receiver in hand_over.receivers]
    if not keys:
        raise Refused("hand_over_to_nobody")
    stand = Person.objects.in_bulk(keys)
    for receiver in stand.values():
        refuse_for(
            rules.refusal_to_receive(
                name=receiver.name,
                role=receiver.role,
                is_active=receiver.is_active,
                is_leaver=receiver.pk == person.pk,
                in_scope=by.scope.everything or receiver.unit_id in by.scope.units or receiver.pk == by.pk,
            )
        )
    if hand_over.kind == "successor":
        return HandOver(kind="successor", successor=stand[keys[0]])
    return HandOver(kind="share_out", people=tuple(stand[key] for key in dict.fromkeys(keys)))
