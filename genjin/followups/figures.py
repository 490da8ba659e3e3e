"""The rows behind each figure of the day's head: the exact list, not a page like it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.customers.classes import Rung, rung_of
from genjin.customers.models import Customer
from genjin.customers.recycling.clocks import goes_back
from genjin.customers.recycling.reading import Going
from genjin.followups.day import Day, DoneRow, start_of
from genjin.followups.escalation.reading import what_follows, why
from genjin.followups.models import Appointment, Promise
from genjin.playbooks.rules.escalation import standing
from genjin.web.wording import word

FIGURES = ("done", "effective", "overdue", "unplanned", "left", "leaving", "appointments", "promises")
MOST = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One row behind a figure. `state` is one of the four words; `text` what stands below the name."""

    customer: int
    name: str
    rung: Rung
    state: str
    on: Any
    text: str


def done_behind(day: Day, figure: str) -> list[DoneRow]:
    return [row for row in day.done if figure == "done" or row.is_effective]


def lines_behind(day: Day, figure: str, *, at: datetime) -> list[Line]:
    """At most five hundred; whoever has more works off these first."""
    person, today = day.person, day.today
    mine = Customer.objects.owned_by(person)
    if figure == "overdue":
        return [_on_the_ladder(row, day) for row in mine.filter(due_on__lt=today).order_by("due_on", "pk")[:MOST]]
    if figure == "unplanned":
        return _customers(mine.unplanned(today).order_by("due_on", "pk"), "none", "due_on")
    if figure == "left":
        rows = {row.pk: row for row in mine.filter(pk__in=[row.customer for row in day.left_over][:MOST])}
        found = [(rows[row.customer], row.state) for row in day.left_over if row.customer in rows]
        return [_line(customer, state, customer.due_on, customer.last_note) for customer, state in found]
    if figure == "leaving":
        near = {row.pk: row for row in mine.filter(pk__in=list(day.going)[:MOST])}
        return [_leaving(near[pk], going) for pk, going in day.going.items() if pk in near]
    if figure == "appointments":
        open_ones = Appointment.objects.open().filter(
            by=person, at__gte=start_of(day.on), at__lt=start_of(day.on + timedelta(days=1))
        )
        return [
            _line(each.customer, "overdue" if each.at < at else "today", each.at, each.purpose)
            for each in open_ones.select_related("customer").order_by("at")[:MOST]
        ]
    due = Promise.objects.filter(by=person).due_by(start_of(day.on + timedelta(days=1)))
    return [
        _line(each.customer, "overdue" if each.by_when < at else "today", each.by_when, each.what)
        for each in due.select_related("customer").order_by(F("by_when"), "pk")[:MOST]
    ]


def _leaving(customer: Customer, going: Going) -> Line:
    return _line(customer, "none", going.on, f"{going.left_in_words}{_(': ')}{word(going.reason)}")


def _customers(rows: Any, state: str, field: str) -> list[Line]:
    return [_line(row, state, getattr(row, field), row.last_note) for row in rows[:MOST]]


def _on_the_ladder(customer: Customer, day: Day) -> Line:
    """Who is overdue says how long, on which rung, and what comes next."""
    practice, due_on = day.practice, customer.due_on
    assert due_on is not None
    where = standing(due_on, today=day.today, calendar=practice.calendar, ladder=practice.playbook.ladder)
    text = _("%(why)s %(follows)s") % {
        "why": word(why(due_on, where)),
        "follows": word(what_follows(where, goes_back(customer, practice, day.today))),
    }
    return _line(customer, "overdue", due_on, text)


def _line(customer: Customer, state: str, on: Any, text: str) -> Line:
    on = timezone.localtime(on) if isinstance(on, datetime) else on
    return Line(customer.pk, customer.name, rung_of(customer.playbook, customer.class_code), state, on, text)
