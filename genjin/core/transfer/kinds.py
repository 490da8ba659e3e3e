"""What can be imported. An app registers a kind; apps further right add fields of their own to it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from genjin.core.reasons import Reason
from genjin.core.transfer.mapping import Field
from genjin.core.transfer.models import ImportRun


class CellWrong(Exception):
    """A value cannot be imported; the row is left out and says why. `place`: which of several columns it stands in."""

    def __init__(self, field_name: str, reason: Reason, place: int | None = None) -> None:
        self.field_name, self.reason, self.place = field_name, reason, place
        super().__init__(field_name, reason)


@dataclass(slots=True)
class Row:
    """One row of the file with its number in a spreadsheet; `columns` maps a field to the places of its cells."""

    number: int
    cells: list[str]
    columns: Mapping[str, Sequence[int]]

    def text(self, name: str) -> str:
        """The field's value; what stands in several columns is joined by line breaks."""
        places = self.columns.get(name)
        if places is None:
            return ""
        if len(places) == 1:
            return self.cells[places[0]]
        return "\n".join(filled for place in places if (filled := self.cells[place]))


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that is not imported: an error, or with `is_skip` a duplicate of what is there already."""

    row: Row
    column: str
    reason: Reason
    is_skip: bool = False


@dataclass(slots=True)
class Judged:
    """What becomes of a batch: `items` will be written, whatever has a length, `problems` will not.

    Of the items `updated` change a record that is there, the others make one; `unchanged` rows say nothing new.
    """

    items: Any = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    updated: int = 0
    unchanged: int = 0

    @property
    def created(self) -> int:
        return len(self.items) - self.updated

    @property
    def skipped(self) -> int:
        return sum(problem.is_skip for problem in self.problems)

    @property
    def failed(self) -> int:
        return len(self.problems) - self.skipped


class Importer(Protocol):
    """One pass over one file, told the batches in order.

    `judge` may run some batches ahead of `write`, at a pass of its own in another process: it sees what is committed,
    and has to remember what it decided itself; one that has to see what was written before says no to `judges_ahead`.
    The items of one that says yes are plain values. `still_holds` and `write` are called for the batches in order, in
    one transaction.
    """

    judges_ahead: bool

    def judge(self, rows: Sequence[Row]) -> Judged:
        """Decide every row, against the file so far and what is stored. Writes nothing."""

    def still_holds(self, items: Any) -> bool:
        """Whether nobody else has stored anything since the pass began that would change what becomes of these."""

    def write(self, items: Any) -> None:
        """Create what was judged, in the caller's transaction."""

    def finish(self, *, at: datetime) -> None:
        """After the last row, what only the whole file could tell, in transactions of its own.

        Whoever is killed on the way does it again: what is done already must not be done twice.
        """

    def settle(self) -> dict[str, Any]:
        """Options that a dry run has found out by itself; where there are any it begins anew with them."""

    def findings(self) -> dict[str, Any]:
        """What a person should know before saying yes, as plain values; kept in the run's `preview`."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that undoing does not touch, or only in part, and why."""

    subject: int
    reason: Reason
    is_part: bool = False


@dataclass(slots=True)
class TakenBack:
    """What undoing did to a batch of records, `last` being the highest key of them. A part given back counts as
    restored, and is listed among the kept."""

    last: int
    removed: int = 0
    restored: int = 0
    kept: list[Kept] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class UndoForecast:
    """What undoing would do now: records to be removed, given back what stood before, and kept, with the first of
    the kept. `part` of those given back were changed since: what was changed stays."""

    remove: int
    restore: int
    keep: int
    first_kept: Sequence[Kept] = ()
    part: int = 0


class Undo(Protocol):
    """Takes one import back, told to go on from a record."""

    def forecast(self) -> UndoForecast:
        """Count what would happen. Writes nothing."""

    def take_back(self, after: int, limit: int, *, by: Any, at: datetime) -> TakenBack | None:
        """Undo the next records with a key above `after`, in the caller's transaction; None when there are none."""


@dataclass(frozen=True, slots=True)
class Addition:
    """Fields that an app further right brings to a kind.

    `read` gives what a row says as plain values by field, None for nothing, and may raise CellWrong; `write` stores
    (key, record) pairs for records that have no such thing yet; `known` tells what records that are there already have,
    so that a file fills what is empty, or overwrites it, field by field; `remove` takes it away from these.
    """

    fields: tuple[Field, ...]
    read: Callable[[Row], dict[str, Any] | None]
    write: Callable[[Sequence[tuple[int, dict[str, Any]]]], None]
    known: Callable[[Sequence[int]], Mapping[int, dict[str, Any]]]
    remove: Callable[[Sequence[int]], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that can be imported.

    `verify` raises Refused when a run's columns and options cannot be taken so; `begin` opens a pass for a run and is
    told whether it is the real one, since it then carries on after the rows already done; `undo` takes a run back, None
    where that is not possible; `ours` are the titles of columns that an error file has added; `sharing` is the
    permission to share a mapping with the company; `more` are the fields that the company has defined by itself, for
    whoever imports.
    """

    name: str
    permission: str
    fields: tuple[Field, ...]
    verify: Callable[[ImportRun], None]
    begin: Callable[..., Importer]
    additions: list[Addition] = field(default_factory=list)
    undo: Callable[[ImportRun], Undo] | None = None
    ours: Callable[[], Collection[str]] = tuple
    sharing: str = ""
    more: Callable[[Any], Sequence[Field]] | None = None

    def all_fields(self, by: Any) -> tuple[Field, ...]:
        """What a file of this person's may have."""
        added = (each for addition in self.additions for each in addition.fields)
        return (*self.fields, *added, *(self.more(by) if self.more else ()))


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind:
    return _kinds[name]


def kind_of(run: ImportRun) -> Kind:
    return _kinds[run.kind]


def add_fields(kind: str, addition: Addition) -> None:
    """Bring more fields to a kind of another app."""
    if addition not in _kinds[kind].additions:
        _kinds[kind].additions.append(addition)
