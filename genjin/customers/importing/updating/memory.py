"""What earlier rows have made and changed, for a pass that has not written it: the dry run, or a batch."""

from array import array
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import Any

from genjin.core.transfer import files
from genjin.core.transfer.kinds import Row, kind_of
from genjin.core.transfer.mapping import columns_of
from genjin.core.transfer.models import ImportRun
from genjin.customers.importing.updating.applying import Change
from genjin.customers.importing.updating.target import Target
from genjin.customers.services.restoring import set_fields

LISTED = ("phones", "tags", "source")


def repeated_keys(run: ImportRun, tokens: Callable[[Row], Sequence[str]]) -> frozenset[int]:
    """Hashes of the keys that stand in several rows: only of these need a dry run remember what the first has made."""
    columns = columns_of(run.mapping, run.header, kind_of(run).all_fields(run.by))
    found = array("q")
    for number, cells in files.table_of(run).rows(0):
        found.extend({hash(token) for token in tokens(Row(number, cells, columns))})
    ordered = sorted(found)
    return frozenset(one for one, next_one in pairwise(ordered) if one == next_one)


class Memory:
    """`kept` limits what is remembered of made customers to these hashes of keys; None keeps them all."""

    def __init__(self, kept: Collection[int] | None) -> None:
        self.kept = kept
        self._made: dict[str, Target] = {}
        self._changed: dict[int, dict[str, Any]] = {}

    def forget_made(self) -> None:
        """What was written stands in the database from now on."""
        self._made.clear()
        self._changed.clear()

    def made(self, tokens: Sequence[str]) -> Target | None:
        """The customer that an earlier row with one of these keys makes."""
        return next((self._made[token] for token in tokens if token in self._made), None)

    def remember_made(self, tokens: Sequence[str], target: Target) -> None:
        for token in tokens:
            if self.kept is None or hash(token) in self.kept:
                self._made[token] = target

    def remember_changed(self, change: Change) -> None:
        pk = change.target.customer.pk
        if pk is None:
            return
        known = self._changed.setdefault(pk, {})
        known.update(change.after)
        known["version"] = change.version
        if change.adds_people or change.details or change.reached:
            known["people"] = change.target.people
        if change.adds_remark:
            known["remarks"] = change.target.remarks
        if change.additions:
            known["added"] = change.target.added

    def bring_up_to_date(self, pk: int, target: Target) -> None:
        """Give a customer that was just read what earlier rows have changed of it."""
        for name, value in self._changed.get(pk, {}).items():
            if name in LISTED or name in ("people", "remarks", "added"):
                setattr(target, name, value)
            else:
                set_fields(target.customer, {name: value})
