"""Contacts by the thousand, past the ORM, with what they move on their customers: the caller holds these."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max

from genjin.core.audit.models import Entry
from genjin.core.audit.services import changes_between, plain
from genjin.core.transfer import bulk
from genjin.core.transfer.models import ImportRun
from genjin.customers.models import Customer, ImportedChange
from genjin.customers.services.records import write_many
from genjin.followups.contacts_made.cycles import Cycles, cycle_of
from genjin.followups.contacts_made.reading import PastContact
from genjin.followups.contacts_made.rules import Figures, figures_after
from genjin.followups.models import Touch

VERB = "touch.imported"
FIGURES = ("attempts", "effective_contacts", "missed_in_row", "last_effective_on", "last_touch_at", "last_note")
MOVED = (*FIGURES, "due_on", "due_why", "planned_on", "planned_why")
TOUCH_FIELDS = (
    "customer", "author", "author_words", "at", "has_time", "channel", "contact_person", "is_effective",
    "proposed_effective", "miss_reason", "interests", "objections", "services", "bring_next", "remarks", "duration",
    "class_before", "class_after", "class_wanted", "conditions_missing", "reason", "key", "before", "version_after",
    "import_run",
)  # fmt: skip


class ContactsWriter:
    """Writes the batches of one run, each in the caller's transaction."""

    def __init__(self, run: ImportRun, *, at: datetime) -> None:
        self.run, self.at = run, at
        self.cycles = Cycles()

    def write(self, items: Sequence[PastContact], customers: Mapping[int, Customer]) -> None:
        """Keep the contacts of these locked customers, and what follows for each customer from all of its own."""
        told: dict[int, list[PastContact]] = defaultdict(list)
        for item in items:
            told[item.customer].append(item)
        bulk.insert_rows(Touch, TOUCH_FIELDS, [self._values(item) for item in items])
        last_here = _last_here(pk for pk, some in told.items() if customers[pk].missed_in_row and _any_effective(some))
        entries, kept = [], []
        at = bulk.instant(self.at)
        for pk, some in told.items():
            row = customers[pk]
            before = {name: getattr(row, name) for name in MOVED}
            self._move(row, some, last_here.get(pk))
            row.version += 1
            moved = changes_between(before, {name: getattr(row, name) for name in MOVED})
            changes = {
                **moved,
                "contacts": [None, len(some)],
                "import_run": [None, self.run.pk],
                "version": [row.version - 1, row.version],
            }
            entries.append((at, self.run.by_id, VERB, "customer", pk, bulk.as_json(changes), ""))
            was, now = ({name: plain(pair[place]) for name, pair in moved.items()} for place in (0, 1))
            kept.append((self.run.pk, pk, row.version, *map(bulk.as_json, (was, now, {}))))
        write_many([customers[pk] for pk in told], (*MOVED, "version"))
        bulk.insert_rows(Entry, ("at", "by", "verb", "kind", "subject", "changes", "note"), entries)
        bulk.insert_rows(ImportedChange, ("run", "customer", "version", "before", "after", "made"), kept)

    def _move(self, row: Customer, some: Sequence[PastContact], last_here: datetime | None) -> None:
        known = Figures(*(getattr(row, name) for name in FIGURES))
        figures = figures_after(known, [item.as_counted() for item in some], last_here=last_here)
        for name in FIGURES:
            setattr(row, name, getattr(figures, name))
        cycle = cycle_of(
            row, figures.last_effective_on, known=known.last_effective_on, practice=self.cycles.practice(row)
        )
        if cycle is None:
            return
        row.due_on, row.due_why = cycle.due.due_on, cycle.due.reason.as_json()
        if cycle.clears_plan:
            row.planned_on, row.planned_why = None, {}

    def _values(self, item: PastContact) -> tuple[Any, ...]:
        """What the file does not say (the class of that day, chips) stays empty."""
        key = item.key if connection.features.has_native_uuid_field else item.key.hex
        return (
            item.customer, item.author, item.author_words, bulk.instant(item.at), item.has_time, item.channel,
            item.person, item.is_effective, item.is_effective, item.miss_reason, "[]", "[]", "[]", "[]", item.text,
            item.duration, "", "", "", "[]", "", key, "{}", 0, self.run.pk,
        )  # fmt: skip


def _any_effective(some: Sequence[PastContact]) -> bool:
    return any(item.is_effective for item in some)


def _last_here(pks: Any) -> dict[int, datetime]:
    """When somebody last noted a contact here, for these customers."""
    wanted = list(pks)
    if not wanted:
        return {}
    rows = Touch.objects.made_here().filter(customer__in=wanted).order_by()
    return dict(rows.values_list("customer").annotate(last=Max("at")))
