"""Giving back what stood before an import changed it: field by field, where nobody has changed it since."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from genjin.core.audit.services import changes_between, entry, plain, record_many
from genjin.core.reasons import Refused
from genjin.core.transfer.kinds import Addition, kind_named
from genjin.core.transfer.models import ImportRun
from genjin.customers.custom import is_custom, set_value, value_of
from genjin.customers.models import ContactPerson, Customer, ImportedChange, Phone, Remark
from genjin.customers.moves.services import note_moves
from genjin.customers.search import reindex_customers
from genjin.customers.services.records import STANDING, write_many
from genjin.customers.services.restoring import HANGING, Ground, put_back, standing_of, tell_what_moved

VERB = "customer.import_taken_back"
STANDING_FIELDS = frozenset(STANDING)


@dataclass(slots=True)
class Merged:
    """All that one import changed at one customer: fields before its first and after its last row, and what it hung
    there."""

    version: int = 0
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    people: list[int] = field(default_factory=list)
    remarks: list[int] = field(default_factory=list)
    details: list[tuple[int, str, str, str]] = field(default_factory=list)
    reached: list[tuple[int, list[str]]] = field(default_factory=list)
    additions: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def add(self, change: ImportedChange) -> None:
        """One row's change; rows come in the order of their versions."""
        self.version = change.version
        self.before = {**change.before, **self.before}
        self.after.update(change.after)
        made = change.made
        self.people += made.get("people", [])
        self.remarks += [made["remark"]] if "remark" in made else []
        self.details += [tuple(one) for one in made.get("details", ())]
        self.reached += [tuple(one) for one in made.get("reached", ())]
        for name, (before, after) in _pairs(made.get("additions", {})):
            first, _last = self.additions.get(name, (before, None))
            self.additions[name] = (first, after)


def merged_changes(run: ImportRun, pks: Collection[int]) -> dict[int, Merged]:
    """What the run changed at these customers."""
    found: dict[int, Merged] = defaultdict(Merged)
    for change in ImportedChange.objects.filter(run=run, customer__in=pks).order_by("customer", "version"):
        found[change.customer_id].add(change)
    return dict(found)


@dataclass(slots=True)
class GivenBack:
    """`whole`: everything as it stood; `part`: the rest was changed since and stays; `kept`: nothing could be."""

    whole: set[int] = field(default_factory=set)
    part: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)


def give_back(
    run: ImportRun, rows: Mapping[int, Customer], merged: Mapping[int, Merged], ground: Ground, *, by: Any, at: datetime
) -> GivenBack:
    """Give these locked customers back what stood before, in the caller's transaction."""
    return _Hand(run, ground, by=by, at=at).give(rows, merged)


class _Hand:
    """One batch on its way back."""

    def __init__(self, run: ImportRun, ground: Ground, *, by: Any, at: datetime) -> None:
        self.run, self.ground, self.by, self.at = run, ground, by, at
        self.today = timezone.localdate(at)
        self.additions = {one.fields[0].name: one for one in kind_named(run.kind).additions}
        self.result = GivenBack()
        self.entries: list[Any] = []
        self.writes: dict[tuple[str, ...], list[Customer]] = defaultdict(list)
        self.told: list[tuple[Customer, bool, int | None]] = []

    def give(self, rows: Mapping[int, Customer], merged: Mapping[int, Merged]) -> GivenBack:
        for pk, row in rows.items():
            self._give_one(row, merged[pk])
        for fields, some in self.writes.items():
            write_many(some, fields)
        record_many(self.entries)
        note_moves((entry, rows[entry.subject]) for entry in self.entries)
        reindex_customers(self.result.whole | self.result.part)
        tell_what_moved(self.told, changed_at=None, by=self.by, at=self.at)
        return self.result

    def _give_one(self, row: Customer, merged: Merged) -> None:
        now = standing_of(row, merged.after)
        wanted = {name: merged.before[name] for name, after in merged.after.items() if now[name] == after}
        if len(STANDING_FIELDS & merged.after.keys()) != len(STANDING_FIELDS & wanted.keys()):
            wanted = _without_standing(wanted)
        stood, before = (row.is_open, row.owner_id), {name: value_of(row, name) for name in _columns(merged.after)}
        try:
            put_back(row, wanted, self.ground, today=self.today)
        except Refused:  # its owner of then has left: it stays with whom it is
            for name, value in before.items():
                set_value(row, name, value) if is_custom(name) else setattr(row, name, value)
            wanted = _without_standing(wanted)
            put_back(row, wanted, self.ground, today=self.today)
        hung = self._take_off(row, merged)
        is_whole = len(wanted) == len(merged.after) and hung.is_whole
        if not wanted and not hung.changes:
            (self.result.whole if is_whole else self.result.kept).add(row.pk)
            return
        for name in HANGING.keys() & wanted.keys():
            HANGING[name][1](row, wanted[name])
        self._keep(row, {**now, **{name: plain(value) for name, value in before.items()}}, wanted, hung.changes)
        self.told.append((row, *stood))
        (self.result.whole if is_whole else self.result.part).add(row.pk)

    def _keep(self, row: Customer, before: dict[str, Any], wanted: dict[str, Any], hung: dict[str, Any]) -> None:
        """The row's write and its record. What its unit or class has become on the way is written, too."""
        fields = _columns(wanted)
        if not STANDING_FIELDS.isdisjoint(fields):
            fields = tuple(sorted({*fields, *STANDING}))
        row.version += 1
        extra = ("name_key",) if "name" in wanted else ()
        self.writes[(*fields, *extra, "version")].append(row)
        after = {name: wanted[name] for name in HANGING.keys() & wanted.keys()}
        after |= {name: value_of(row, name) for name in _columns(wanted)}
        changes = changes_between(before, {name: plain(value) for name, value in after.items()})
        changes |= {**hung, "import_run": [self.run.pk, None], "version": [row.version - 1, row.version]}
        self.entries.append(entry(by=self.by, at=self.at, verb=VERB, kind="customer", subject=row.pk, changes=changes))

    def _take_off(self, row: Customer, merged: Merged) -> "_Hung":
        """Remarks, details and people that the import hung on it. Somebody who was worked with since stays."""
        hung = _Hung()
        if merged.remarks:
            Remark.objects.filter(pk__in=merged.remarks).delete()
            hung.changes["remark_text"] = [len(merged.remarks), None]
        for pk, name, before, after in reversed(merged.details):
            there = ContactPerson.objects.filter(pk=pk, **{name: after})
            hung.count(there.update(**{name: before}), name, [after, before])
        for pk, numbers in merged.reached:
            theirs = Phone.objects.filter(contact_person=pk, number__in=numbers)
            hung.count(theirs.delete()[0], "phones", [numbers, []])
        if merged.people:
            is_untouched = row.version == merged.version
            people = ContactPerson.objects.filter(pk__in=merged.people if is_untouched else [])
            called = "、".join(people.order_by("position", "pk").values_list("name", flat=True))
            hung.count(people.delete()[0], "contact_person", [called, None])
        for name, (before, after) in merged.additions.items():
            hung.count(self._take_addition(self.additions[name], row.pk, before, after), name, [after, before])
        return hung

    def _take_addition(self, addition: Addition, pk: int, before: Any, after: Any) -> bool:
        """Give back what an app further right had of the customer; False when that was changed since."""
        if after is not None and _said(addition.known([pk]).get(pk)) != _said(after):
            return False
        addition.remove([pk])
        if before is not None:
            addition.write([(pk, before)])
        return True


@dataclass(slots=True)
class _Hung:
    changes: dict[str, list[Any]] = field(default_factory=dict)
    is_whole: bool = True

    def count(self, done: int, name: str, change: list[Any]) -> None:
        if done:
            self.changes[name] = change
        else:
            self.is_whole = False


def _pairs(additions: Any) -> Iterable[tuple[str, tuple[Any, Any]]]:
    """Name → what stood before and after; an import of long ago kept the names alone, of what there was not before."""
    return [(name, (None, None)) for name in additions] if isinstance(additions, list) else additions.items()


def _said(record: Mapping[str, Any] | None) -> dict[str, Any]:
    """Without what is empty: a field that is nought and one that nobody filled are the same."""
    return {name: value for name, value in (record or {}).items() if value}


def _columns(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in HANGING)


def _without_standing(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Whose it is, class and dates belong together: they are given back together or not at all."""
    return {name: value for name, value in wanted.items() if name not in STANDING_FIELDS}
