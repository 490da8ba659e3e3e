"""Changing what a lead says of itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from genjin.core.fields.services import values_given
from genjin.core.reasons import Reason, Refused
from genjin.customers.rules import name_key, normalised_phone
from genjin.leads.custom import KIND
from genjin.leads.models import Lead
from genjin.leads.search import reindex_lead
from genjin.leads.services.making import customer_with
from genjin.leads.services.records import FILE, keep, locked, require_pushing, snapshot
from genjin.organization.models import Person


@transaction.atomic
def change_lead(
    *,
    lead: Lead,
    fields: Mapping[str, Any],
    custom: Mapping[str, Any] | None = None,
    by: Person,
    at: datetime,
    version: int | None = None,
) -> Lead:
    """Change the fields given (of `records.FILE`; `phone` as typed) and custom ones by their codes. Raises Refused
    for a phone that is none, or a value that is none of its field's, Outdated when somebody else was faster."""
    row = locked(lead, version=version)
    require_pushing(row, by)
    before = snapshot(row, FILE)
    row.custom = values_given(KIND, custom or {}, held=row.custom, by=by)
    for name, value in fields.items():
        setattr(row, name, value)
    if "phone" in fields:
        number = normalised_phone(fields["phone"]) if fields["phone"] else ""
        if isinstance(number, Reason):
            raise Refused(number.code, **number.figures)
        row.phone, row.phone_text = number, "" if number else row.phone_text
    row.email = row.email.lower()
    row.name_key = name_key(row.company) if row.company else ""
    if (row.phone, row.email) != (before["phone"], before["email"]):
        row.matched = customer_with(phone=row.phone, email=row.email)
    if snapshot(row, FILE) == before:
        return row
    keep(row, before, by=by, at=at, verb="lead.changed")
    reindex_lead(row)
    return row
