"""When a person comes to a unit with another playbook: the class of each of their customers is mapped by the table, the
history kept. For a unit's own change of playbook see `customers/bulk/suiting.py`."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import changes_between, entry, record_many
from genjin.customers.models import CustomerQuerySet
from genjin.customers.moves.services import note_moves
from genjin.customers.services.ownership import OWNERSHIP
from genjin.customers.services.records import snapshot, write_many
from genjin.customers.services.standing import suit_standing
from genjin.organization.models import Person, Unit
from genjin.playbooks.practice import practice_of

BATCH = 1000


@transaction.atomic
def suit_customers_to_playbook(*, customers: CustomerQuerySet, unit: Unit, by: Person, at: datetime) -> int:
    """Map the classes of these open customers to the unit's playbook; returns how many changed."""
    practice = practice_of(unit)
    today = timezone.localdate(at)
    rows = customers.exclude(playbook=practice.playbook.code).select_for_update(of=("self",)).order_by("pk")
    changed, entries = [], []
    for row in rows.iterator(chunk_size=BATCH):
        before = snapshot(row, OWNERSHIP)
        suit_standing(row, practice, today=today)
        row.version += 1
        changes = changes_between(before, snapshot(row, OWNERSHIP)) | {"version": [row.version - 1, row.version]}
        entries.append(
            entry(by=by, at=at, verb="customer.playbook_changed", kind="customer", subject=row.pk, changes=changes)
        )
        changed.append(row)
    write_many(changed, (*OWNERSHIP, "version"))
    record_many(entries)
    note_moves(zip(entries, changed, strict=True))
    return len(changed)
