"""One digest a day and person: made when the shift of their unit begins, quiet when there is nothing to say."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from genjin.core.audit.services import record
from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.followups.escalation.models import Delivery, Digest, MailChoice
from genjin.followups.escalation.other_lines import other_lines
from genjin.followups.escalation.reading import LEADING, Slipped, heard_in, leaders, slipped
from genjin.followups.models import Appointment, Promise
from genjin.followups.recycling.warning import taken_by_owner
from genjin.followups.waiting import start_of
from genjin.organization.absences.reading import off_days_of
from genjin.organization.absences.rules import WHOLE
from genjin.organization.calendars import calendars_for
from genjin.organization.models import Person, Unit

FIRST_NAMED = 3  # customers and colleagues named in a line, the rest stands behind its link (ours)
KEPT = timedelta(days=90)  # how long digests can be read (ours)

Line = dict[str, Any]


def make_digests(*, at: datetime) -> list[Digest]:
    """Write today's digest of everybody whose unit works today and has begun its shift, each in its own transaction.

    Killed at any moment and run again it writes those that are missing; nobody gets a second one. Returns those that
    have something to say.
    """
    now, today = timezone.localtime(at), timezone.localdate(at)
    units = list(Unit.objects.filter(shift_from__lte=now.time(), shift_to__gt=now.time()))
    calendars = calendars_for(units)
    working = [unit.pk for unit in units if calendars[unit.pk].is_working(today)]
    told = Digest.objects.filter(on=today).values("person")
    people = list(Person.objects.holding_customers().filter(unit__in=working).exclude(pk__in=told).order_by("pk"))
    away = off_days_of(people, first=today)
    people = [person for person in people if away.get(person.pk, {}).get(today) != WHOLE]
    if not people:
        return []
    everybody = slipped(Unit.objects.all(), today=today)
    own: dict[int, list[Slipped]] = {}
    for each in everybody:
        own.setdefault(each.owner, []).append(each)
    heard = heard_in(everybody, led=set(leaders()), tree=Unit.tree())
    names = dict(Person.objects.filter(pk__in=own).values_list("pk", "name"))
    units_named = dict(Unit.objects.values_list("pk", "name"))
    unwanted = set(MailChoice.objects.filter(is_on=False).values_list("person", flat=True))
    made = []
    for person in people:
        lines = [*_own_lines(person, own.get(person.pk, []), at=at)]
        if person.role in LEADING:
            lines += _lines_of_lead(person, heard, names, units_named)
            lines += _line_of_last_night(person, today)
            lines += other_lines(person, at)
        by_mail = bool(lines) and settings.MAIL != "off" and bool(person.email) and person.pk not in unwanted
        digest = _written(person, today, lines, by_mail=by_mail, at=at)
        if digest is not None and lines:
            made.append(digest)
    return made


def _written(person: Person, on: date, lines: list[Line], *, by_mail: bool, at: datetime) -> Digest | None:
    """None where another process was first. The letter is put on its way in the same transaction."""
    try:
        with transaction.atomic():
            digest = Digest.objects.create(person=person, on=on, made_at=at, lines=lines)
            if by_mail:
                Delivery.objects.create(digest=digest, on=on, next_at=at)
            return digest
    except IntegrityError:
        return None


def _own_lines(person: Person, found: Iterable[Slipped], *, at: datetime) -> Iterable[Line]:
    """What concerns one's own customers: overdue, promised for today, agreed for today."""
    today = timezone.localdate(at)
    tonight = start_of(today + timedelta(days=1))
    for each in found:
        first = Customer.objects.owned_by(person).filter(due_on__lte=each.alike.marks[0]).order_by("due_on", "pk")
        yield {
            "code": "digest_overdue",
            "figures": {"count": each.reached[0], "longest": each.longest},
            "first": list(first.values_list("pk", flat=True)[:FIRST_NAMED]),
        }
        if each.on("reassign"):
            figures = {"count": each.on("reassign"), "days": each.alike.days_of("reassign")}
            yield {"code": "digest_may_change_hands", "figures": figures, "first": []}
    due = Promise.objects.filter(by=person).due_by(tonight).order_by("by_when", "pk")
    if promised := due.count():
        to_whom = list(due.values_list("customer", flat=True)[:FIRST_NAMED])
        yield {"code": "digest_promises", "figures": {"count": promised}, "first": to_whom}
    agreed = Appointment.objects.open().filter(by=person, at__gte=start_of(today), at__lt=tonight).order_by("at", "pk")
    if meetings := agreed.count():
        with_whom = list(agreed.values_list("customer", flat=True)[:FIRST_NAMED])
        yield {"code": "digest_appointments", "figures": {"count": meetings}, "first": with_whom}


def _lines_of_lead(
    person: Person,
    heard: Mapping[tuple[int, str], list[Slipped]],
    names: Mapping[int, str],
    units_named: Mapping[int, str],
) -> Iterable[Line]:
    """What a team's lead, and above them a region's, hears of others: counts and whose, never a customer each."""
    for who in ("lead", "reassign", "region"):
        found = [each for each in heard.get((person.unit_id, who), []) if each.owner != person.pk]
        if not found:
            continue
        most_first = sorted(found, key=lambda each: -each.on(who))
        called = [
            [names[each.owner] if who != "region" else f"{units_named[each.unit]} {names[each.owner]}", each.on(who)]
            for each in most_first[:FIRST_NAMED]
        ]
        figures = {
            "count": sum(each.on(who) for each in found),
            "people": len(found),
            "days": min(days for each in found if (days := each.alike.days_of(who)) is not None),
            "named": called,
        }
        yield {"code": f"digest_{who}", "figures": figures, "first": []}


def _line_of_last_night(person: Person, today: date) -> Iterable[Line]:
    """What the last night took back to the pool where this person leads, and from whom."""
    taken = taken_by_owner(person, today)
    if taken:
        figures = {
            "count": sum(number for _name, number in taken),
            "people": len(taken),
            "named": [[name, number] for name, number in taken[:FIRST_NAMED]],
        }
        yield {"code": "digest_recycled", "figures": figures, "first": []}


@transaction.atomic
def read_digest(digest: Digest, *, by: Person, at: datetime) -> None:
    """Say that one has read it. Doing so twice changes nothing. Leaves no audit record: it is nobody else's matter."""
    if digest.person_id != by.pk:
        raise Refused("digest_of_somebody_else")
    Digest.objects.filter(pk=digest.pk, read_at=None).update(read_at=at)


def wants_mail(person: Person) -> bool:
    """Who never said does."""
    choice = MailChoice.objects.filter(pk=person.pk).first()
    return choice is None or choice.is_on


@transaction.atomic
def choose_mail(*, is_on: bool, by: Person, at: datetime) -> None:
    """Whether one wants the day's reminders by e-mail, too. Counts from the next day on."""
    before = wants_mail(by)
    MailChoice.objects.update_or_create(person=by, defaults={"is_on": is_on})
    if before != is_on:
        record(by=by, at=at, verb="mail_chosen", kind="person", subject=by.pk, changes={"by_mail": [before, is_on]})


def forget_digests(*, at: datetime) -> int:
    """Old ones go, with what was sent of them and to robots. Returns how many rows."""
    before = timezone.localdate(at) - KEPT
    return Delivery.objects.filter(on__lt=before).delete()[0] + Digest.objects.filter(on__lt=before).delete()[0]
