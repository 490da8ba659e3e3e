"""Writing down that somebody is away, and taking it back. Plans are told."""

from datetime import date, datetime

from django.db import transaction

from genjin.core.audit.services import record
from genjin.core.events import emit
from genjin.core.reasons import NotPermitted
from genjin.organization.absences import rules
from genjin.organization.absences.models import Absence
from genjin.organization.events import AbsenceChanged
from genjin.organization.models import Person
from genjin.organization.services.reach import held_fast, require_reach
from genjin.organization.services.refusing import refuse_for

RECORDED = ("first", "last", "part", "kind", "note")


@transaction.atomic
def add_absence(
    *, person: Person, first: date, last: date | None = None, part: str = Absence.Part.DAY,
    kind: str = Absence.Kind.LEAVE, note: str = "", by: Person, at: datetime, today: date,
) -> Absence:  # fmt: skip
    """Away from `first` to `last` (without it that one day). One's own for coming days; a manager's word for anybody
    they lead, some weeks back too. Refused with the figures where it overlaps with what is there."""
    _require_say(by, person)
    held_fast(person)
    last = last or first
    there = Absence.objects.filter(person=person, last__gte=first, first__lte=last)
    refuse_for(
        rules.refusal_to_be_absent(
            first=first, last=last, part=part, today=today, is_own=_is_only_own(by, person),
            there=there.values_list("first", "last", "part"),
        )
    )  # fmt: skip
    absence = Absence.objects.create(
        person=person, first=first, last=last, part=part, kind=kind, note=note.strip(), made_by=by, made_at=at
    )
    _record(absence, "absence.added", by=by, at=at)
    emit(AbsenceChanged(person=person, first=first, last=last, by=by, at=at, today=today))
    return absence


@transaction.atomic
def remove_absence(absence: Absence, *, by: Person, at: datetime, today: date) -> None:
    """Take it back. Done twice it changes nothing."""
    person = absence.person
    _require_say(by, person)
    held_fast(person)
    refuse_for(rules.refusal_to_remove(first=absence.first, today=today, is_own=_is_only_own(by, person)))
    if not Absence.objects.filter(pk=absence.pk).exists():
        return
    _record(absence, "absence.removed", by=by, at=at)
    Absence.objects.filter(pk=absence.pk).delete()
    emit(AbsenceChanged(person=person, first=absence.first, last=absence.last, by=by, at=at, today=today))


def may_say(by: Person, person: Person) -> bool:
    """Whether `by` may write down when this person is away."""
    try:
        _require_say(by, person)
    except NotPermitted:
        return False
    return True


def _require_say(by: Person, person: Person) -> None:
    """One's own, or that of somebody whom one may change."""
    if by.pk != person.pk:
        require_reach(by, person)


def _is_only_own(by: Person, person: Person) -> bool:
    """Whether somebody speaks for themselves and leads nobody: managers correct the past, their own too."""
    return by.pk == person.pk and not by.may("organization.change_people")


def _record(absence: Absence, verb: str, *, by: Person, at: datetime) -> None:
    values = {field: str(getattr(absence, field)) for field in RECORDED}
    gone = verb == "absence.removed"
    changes = {field: [value, None] if gone else [None, value] for field, value in values.items()}
    record(by=by, at=at, verb=verb, kind="person", subject=absence.person_id, changes=changes)
