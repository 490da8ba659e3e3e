"""Leads in a person's day: those to push by then, new ones first, each taking a slot as a contact does."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genjin.core.reasons import Reason
from genjin.core.statements import Statement
from genjin.followups.other_entries import EntrySource, OtherEntries, OtherEntry
from genjin.followups.waiting import start_of
from genjin.leads.models import Lead
from genjin.organization.models import Person


def rows_of_day(person: int, by: date, first: datetime, end: datetime) -> QuerySet:
    """Those to push by that day, and those pushed on it."""
    due = Q(ended_at=None, push_on__lte=by)
    pushed = Q(last_push_at__gte=first, last_push_at__lt=end)
    return Lead.objects.filter(due | pushed, owner=person)


def leads_of_day(person: Person, on: date) -> OtherEntries:
    """What one has to push by that day; done are those pushed on it."""
    first = start_of(on)
    rows = _of_day(person=person.pk, by=on, first=first, end=first + timedelta(days=1))
    waiting = [lead for lead in rows if lead.is_open and lead.push_on <= on and not _is_done(lead, first)]
    waiting.sort(key=lambda lead: (lead.pushes > 0, lead.visit_at or lead.last_arrived_at, lead.pk))
    done = sum(_is_done(lead, first) for lead in rows)
    return OtherEntries(_("Leads"), [_entry(lead, on) for lead in waiting], done)


def _is_done(lead: Lead, first: datetime) -> bool:
    """Pushed on the day. Whoever is to be tried once more today stands on it again by the next day only."""
    return lead.last_push_at is not None and lead.last_push_at >= first and lead.judgement != "need_now"


@Statement
def _of_day(person: int, by: date, first: datetime, end: datetime) -> QuerySet:
    return rows_of_day(person, by, first, end).order_by("push_on", "pk")


def _entry(lead: Lead, on: date) -> OtherEntry:
    why = Reason.from_json(lead.push_why) or Reason("lead_is_new")
    visit = timezone.localtime(lead.visit_at) if lead.visit_at else None
    return OtherEntry(
        name=lead.called,
        about=lead.wants[:60] or lead.product,
        address=reverse("lead", args=[lead.pk]),
        icon="lead",
        state="overdue" if lead.push_on and lead.push_on < on else "today",
        why=why,
        since=lead.last_arrived_at if not lead.pushes else None,
        at=visit.time() if visit and visit.date() == on else None,
    )


ENTRIES = EntrySource(rows_of_day, leads_of_day)
