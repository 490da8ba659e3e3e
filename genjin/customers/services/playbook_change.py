"""When a unit works by another playbook: every class is mapped by the table, the history kept."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import changes_between, entry, record_many
from genjin.customers.models import CustomerQuerySet
from genjin.customers.services.ownership import OWNERSHIP
from genjin.customers.services.records import snapshot, write_many
from genjin.customers.services.standing import start_cycle, suit_playbook
from genjin.organization.models import Person, Unit
from genjin.playbooks.practice import practice_of

BATCH = 1000


@transaction.atomic
def suit_customers_to_playbook(*, customers: CustomerQuerySet, unit: Unit, by: Person, at: datetime) -> int:
    """Map the classes of these open customers to the unit's playbook; returns how many changed.

    A due date only ever comes nearer by this: the new class's cycle from today, or the old last day if that is sooner.
    """
    practice = practice_of(unit)
    today = timezone.localdate(at)
    rows = customers.exclude(playbook=practice.playbook.code).select_for_update(of=("self",)).order_by("pk")
    changed, entries = [], []
    for row in rows.iterator(chunk_size=BATCH):
        before = snapshot(row, OWNERSHIP)
        suit_playbook(row, practice, today=today)
        if row.owner_id and row.due_on:
            due_on, planned_on, planned_why = row.due_on, row.planned_on, row.planned_why
            start_cycle(row, practice, anchor=today, anchor_kind="class_move")
            row.due_on = min(due_on, row.due_on)
            row.planned_on, row.planned_why = planned_on, planned_why
        row.version += 1
        changes = changes_between(before, snapshot(row, OWNERSHIP)) | {"version": [row.version - 1, row.version]}
        entries.append(
            entry(by=by, at=at, verb="customer.playbook_changed", kind="customer", subject=row.pk, changes=changes)
        )
        changed.append(row)
    write_many(changed, (*OWNERSHIP, "version"))
    record_many(entries)
    return len(changed)
