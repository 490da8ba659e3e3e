"""Many arrivals at once: what is new among them is written together, with its entries and what it is found by."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Q

from genjin.core.audit.services import record_many
from genjin.core.events import emit
from genjin.core.many_rows import update_many
from genjin.core.search.index import index_rows
from genjin.leads.assigning.desk import Desk
from genjin.leads.events import LeadArrived
from genjin.leads.models import Arrival, Lead, Outcome
from genjin.leads.search import documents
from genjin.leads.services.making import customers_with, entry_of, fields_of, lead_of
from genjin.leads.services.placing import place

Key = tuple[str, str]


def settle_new(arrivals: Sequence[Arrival], *, at: datetime, desk: Desk) -> list[Arrival]:
    """Make a lead of each of these, which are held, in the caller's transaction; those that come again are given back:
    somebody with the same phone or e-mail is an open lead already, or is one by now."""
    fields = {arrival.pk: fields_of(arrival.given) for arrival in arrivals}
    strong: dict[int, set[Key]] = {
        pk: {(name, each[name]) for name in ("phone", "email") if each[name]} for pk, each in fields.items()
    }
    known = _known(set().union(*strong.values()) if strong else set())
    new: list[Arrival] = []
    again: list[Arrival] = []
    for arrival in arrivals:
        keys = strong[arrival.pk]
        (again if keys & known else new).append(arrival)
        known |= keys
    pairs = {arrival.pk: (fields[arrival.pk]["phone"], fields[arrival.pk]["email"]) for arrival in new}
    matched = customers_with(set(pairs.values()))
    leads = []
    for arrival in new:
        lead = lead_of(arrival, fields[arrival.pk], matched=matched.get(pairs[arrival.pk]))
        place(lead, arrival, desk=desk)
        leads.append(lead)
    Lead.objects.bulk_create(leads)
    record_many([entry_of(lead, arrival) for lead, arrival in zip(leads, new, strict=True)])
    with connection.cursor() as cursor:
        index_rows(cursor, documents([lead.pk for lead in leads]))
    _note_settled(new, leads, at=at)
    for lead, arrival in zip(leads, new, strict=True):
        emit(LeadArrived(lead, arrival, True, at))
    return again


def _known(keys: set[Key]) -> set[Key]:
    """Those of these phones and e-mails that an open lead has, or one that was made part of another."""
    phones = [value for name, value in keys if name == "phone"]
    emails = [value for name, value in keys if name == "email"]
    if not keys:
        return set()
    held = Lead.objects.filter(Q(ended_at=None) | Q(outcome=Outcome.DUPLICATE))
    # One question for each: the indexes leave out what is empty, and SQLite takes one only where that is said.
    with_phone = held.exclude(phone="").filter(phone__in=phones).values_list("phone", flat=True)
    with_email = held.exclude(email="").filter(email__in=emails).values_list("email", flat=True)
    return {("phone", phone) for phone in with_phone} | {("email", email) for email in with_email}


def _note_settled(arrivals: Sequence[Arrival], leads: Sequence[Lead], *, at: datetime) -> None:
    columns = [column for column in Arrival._meta.concrete_fields if column.name in ("lead", "settled_at")]
    for arrival, lead in zip(arrivals, leads, strict=True):
        arrival.lead, arrival.settled_at = lead, at
    rows = [
        [*(column.get_db_prep_save(getattr(arrival, column.attname), connection) for column in columns), arrival.pk]
        for arrival in arrivals
    ]
    update_many(Arrival, columns, rows)
