"""Visits are confirmed on the working day before (C9): by a tick, or by having talked with the customer since then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from genjin.core.audit.services import record
from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Refused
from genjin.customers.classes import Rung, rung_of
from genjin.customers.services.records import locked, require_working
from genjin.followups.models import Appointment, Touch
from genjin.followups.waiting import start_of
from genjin.followups.week.rules import confirmed_from
from genjin.organization.models import Person


@dataclass(frozen=True, slots=True)
class Visit:
    """An agreed visit that is to be confirmed by now. `by_tick` and `by_note` say how it was."""

    appointment: Appointment
    rung: Rung
    by_tick: bool
    by_note: bool

    @property
    def is_confirmed(self) -> bool:
        return self.by_tick or self.by_note

    @property
    def on(self) -> date:
        return timezone.localdate(self.appointment.at)


@transaction.atomic
def confirm_visit(*, appointment: Appointment, confirmed: bool, by: Person, at: datetime) -> Appointment:
    """Tick that the customer confirmed the visit, or take the tick back. Saying it twice changes nothing."""
    row = locked(appointment.customer_id)
    require_working(row, by, timezone.localdate(at))
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if appointment.kind != Appointment.Kind.VISIT or appointment.ended_at is not None:
        raise Refused("no_visit_to_confirm")
    if (appointment.confirmed_at is not None) == confirmed:
        return appointment
    appointment.confirmed_at = at if confirmed else None
    appointment.save(update_fields=["confirmed_at"])
    verb = "appointment.confirmed" if confirmed else "appointment.unconfirmed"
    changes = {"appointment": [None, appointment.pk], "at": [None, appointment.at.isoformat()]}
    record(by=by, at=at, verb=verb, kind="customer", subject=row.pk, changes=changes)
    return appointment


def visits_to_confirm(calendars: Mapping[int, WorkingCalendar], *, at: datetime) -> dict[int, list[Visit]]:
    """By person's key (given with the calendar each works by): the visits from now on that are to be confirmed by
    today, up to those of the next working day, the soonest first."""
    today = timezone.localdate(at)
    until = {pk: calendar.next_working(today + timedelta(days=1)) for pk, calendar in calendars.items()}
    found: dict[int, list[Visit]] = {pk: [] for pk in calendars}
    if not until:
        return found
    end = start_of(max(until.values()) + timedelta(days=1))
    rows = Appointment.objects.open().filter(by__in=calendars, kind=Appointment.Kind.VISIT, at__gte=at, at__lt=end)
    visits = list(rows.select_related("customer", "by").order_by("at", "pk"))
    talked = _talked_last(visits)
    for visit in visits:
        on = timezone.localdate(visit.at)
        if visit.by_id is None or on > until[visit.by_id]:
            continue
        since = start_of(confirmed_from(on, calendars[visit.by_id]))
        last = talked.get(visit.customer_id)
        found[visit.by_id].append(
            Visit(
                visit, rung_of(visit.customer.playbook, visit.customer.class_code),
                by_tick=visit.confirmed_at is not None, by_note=last is not None and last >= since,
            )
        )  # fmt: skip
    return found


def _talked_last(visits: Iterable[Appointment]) -> dict[int, datetime]:
    """When each of these customers was last talked with effectively, but for the talks that made the visits."""
    wanted = [visit.customer_id for visit in visits]
    if not wanted:
        return {}
    made_in = [visit.made_in_id for visit in visits if visit.made_in_id]
    talks = Touch.objects.effective().filter(~Q(pk__in=made_in), customer__in=wanted).order_by()
    return dict(talks.values_list("customer").annotate(last=Max("at")))
