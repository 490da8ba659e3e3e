"""A run of a verb over many customers, from the choice to the last row: every step leaves a state to carry on from."""

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from genjin.core.audit.models import Entry
from genjin.core.audit.services import changes_between, record
from genjin.core.reasons import NotPermitted, Reason, Refused
from genjin.core.transfer.bulk import as_json, insert_rows, instant
from genjin.customers.bulk import choosing
from genjin.customers.bulk.models import BulkBatch, BulkRow, BulkRun
from genjin.customers.bulk.scene import Scene, Verb
from genjin.customers.bulk.verbs import VERBS, write_tags
from genjin.customers.models import Customer, CustomerQuerySet
from genjin.customers.moves.services import note_moves
from genjin.customers.search import is_searched, reindex_customers
from genjin.customers.services.records import snapshot, write_many
from genjin.customers.services.restoring import tell_what_moved
from genjin.organization.models import Person, Unit

logger = logging.getLogger(__name__)

AT_ONCE = 200  # as many are done while one waits, more in the background (ours)
UNDO_DAYS = 7  # how long a run can be taken back (ours)
KEPT_DAYS = 30  # how long it is known what a run did to which customer (ours)
State = BulkRun.State


def start(
    *,
    verb: str,
    options: Mapping[str, Any],
    rows: CustomerQuerySet | None = None,
    query: str = "",
    taken: Iterable[tuple[Customer, Reason]] = (),
    by: Person,
    at: datetime,
) -> BulkRun:
    """Queue a verb for these customers, or for the whole list that `query` states: which ones these are is written
    down when the run begins, and from then on it is these, whatever becomes of the list.

    `rows` is what the person may see and has chosen; `taken` are known to be refused already. Refused when the person
    may not use the verb, or chose nothing.
    """
    run = BulkRun(verb=verb, options=dict(options), query=query, by=by, made_at=at, progress_at=at)
    keys = [] if rows is None else choosing.read(VERBS[verb].in_order(rows))
    refused = dict(taken)
    if rows is not None and not len(keys) and not refused:
        raise Refused("nobody_chosen")
    run.total, run.refused = len(keys) + len(refused), len(refused)
    return _begin(run, keys, refused, by=by, at=at)


def start_undo(*, run: BulkRun, by: Person, at: datetime) -> BulkRun:
    """Take a run back: whoever has not been touched since gets back what stood before. Twice is once.

    Refused for a run of somebody else, one still at work, one too long ago, and for an undo.
    """
    if (
        run.verb == BulkRun.Verb.UNDO
        or VERBS[run.verb].is_the_houses
        or (run.by_id != by.pk and not by.scope.everything)
    ):
        raise Refused("cannot_be_undone")
    known = BulkRun.objects.filter(undoes=run).first()
    if known is not None:
        return known
    if run.is_working:
        raise Refused("bulk_run_is_at_work")
    if not may_still_be_undone(run, at=at):
        raise Refused("bulk_run_is_too_old", days=UNDO_DAYS)
    undo = BulkRun(verb=BulkRun.Verb.UNDO, undoes=run, by=by, made_at=at, progress_at=at)
    return _begin(undo, [], {}, by=by, at=at)


def may_still_be_undone(run: BulkRun, *, at: datetime) -> bool:
    return (
        not VERBS[run.verb].is_the_houses
        and run.changed > 0
        and (run.progress_at or run.made_at) >= at - timedelta(days=UNDO_DAYS)
    )


def _begin(run: BulkRun, keys: Sequence[int], taken: Mapping[Customer, Reason], *, by: Person, at: datetime) -> BulkRun:
    with transaction.atomic():
        VERBS[run.verb](Scene(run, by, at, []))
        run.save(force_insert=True)
        choosing.write_down(run, keys)
        _write_refused(run, [(customer.pk, why) for customer, why in taken.items()], at=at)
    return run


def carry_out(run: BulkRun, *, clock: Callable[[], datetime] = timezone.now) -> None:
    """Do what is left of a run, a batch to a transaction, its progress in the same one.

    Killed at any point, the next call goes on with the first batch that is left; two at once exclude each other.
    """
    working = BulkRun.objects.filter(pk=run.pk, state__in=[State.QUEUED, State.RUNNING])
    if not working.update(state=State.RUNNING, progress_at=clock()):
        return
    BulkRun.objects.filter(pk=run.pk, started_at=None).update(started_at=clock())
    run.refresh_from_db()
    try:
        if not run.total and not choosing.choose(run, clock=clock):
            return
        if _do_all(run, clock) and (not VERBS[run.verb].is_the_houses or _leave_none(run, clock)):
            _end(run, at=clock())
    except Refused as refused:
        _stop(run, refused.reason)
    except OperationalError:  # the database was away or too busy: the job is tried again and goes on here
        raise
    except Exception:
        _stop(run, Reason("bulk_broke_off"))
        raise


def _do_all(run: BulkRun, clock: Callable[[], datetime]) -> bool:
    """Every batch that is left; False when the run was stopped."""
    while batch := run.batches.order_by("number").first():
        if not _do(run, batch, at=clock()):
            return False
    return True


def _leave_none(run: BulkRun, clock: Callable[[], datetime]) -> bool:
    """Do those, too, who came to be meanwhile, until there are none; False when the run was stopped."""
    while True:
        total = run.total
        if not choosing.choose(run, clock=clock):
            return False
        if run.total == total:
            return True
        if not _do_all(run, clock):
            return False


@transaction.atomic
def _do(run: BulkRun, batch: BulkBatch, *, at: datetime) -> bool:
    """One batch; False when the run was stopped. A batch that another worker has done is passed over."""
    if not BulkRun.objects.filter(pk=run.pk, state=State.RUNNING).update(progress_at=at):
        return False
    run.refresh_from_db(fields=["turn"])
    if not BulkBatch.objects.filter(pk=batch.pk).delete()[0]:
        return True
    by = Person.objects.select_related("unit").get(pk=run.by_id)
    if not by.is_active and not VERBS[run.verb].is_the_houses:
        raise Refused("bulk_runner_has_left", person=by.name)
    scene = Scene(run, by, at, batch.keys)
    verb = VERBS[run.verb](scene)
    found = _held(batch.keys)
    if verb.changes_tags:
        scene.learn_tags()
    seen = verb.seen()
    changed: list[_Changed] = []
    refused: list[tuple[int, Reason]] = []
    for key in batch.keys:
        if key not in found or key not in seen:
            refused.append((key, Reason("no_longer_to_be_seen")))
            continue
        one = _Changed(found[key], verb)
        try:
            verb.apply(found[key])
        except Refused as why:
            refused.append((key, why.reason))
            continue
        if one.look():
            changed.append(one)
    _write(verb, changed)
    verb.written()
    _write_refused(run, refused, at=at)
    BulkRun.objects.filter(pk=run.pk).update(
        changed=F("changed") + len(changed),
        unchanged=F("unchanged") + len(batch.keys) - len(changed) - len(refused),
        refused=F("refused") + len(refused),
        turn=run.turn,
    )
    return True


def _held(keys: Sequence[int]) -> dict[int, Customer]:
    """The customers as they are now, locked in one order for everybody. Their owner and unit are read once for all."""
    rows = list(Customer.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    people = Person.objects.in_bulk({row.owner_id for row in rows if row.owner_id})
    units = Unit.objects.in_bulk({row.unit_id for row in rows})
    for row in rows:
        row.unit = units[row.unit_id]
        if row.owner_id:
            row.owner = people[row.owner_id]
    return {row.pk: row for row in rows}


class _Changed:
    """One customer as it stood before the verb, and what the verb changed."""

    def __init__(self, row: Customer, verb: Verb) -> None:
        self.row, self.verb = row, verb
        self.was_open, self.owner = row.is_open, row.owner_id
        self.before = snapshot(row, verb.fields)
        self.tags = list(verb.scene.tags.get(row.pk, ()))
        self.changes: dict[str, list[Any]] = {}

    def look(self) -> bool:
        """What is different now; False when nothing is."""
        self.changes = changes_between(self.before, snapshot(self.row, self.verb.fields))
        if set(after := self.verb.scene.tags.get(self.row.pk, [])) != set(self.tags):
            self.changes["tags"] = [self.tags, after]
        return bool(self.changes)


def _write(verb: Verb, changed: Sequence[_Changed]) -> None:
    """Write a batch with few statements: only the columns in which some row of it differs."""
    scene, at = verb.scene, instant(verb.scene.at)
    entries: list[tuple[Any, ...]] = []
    rows: list[tuple[Any, ...]] = []
    retagged: dict[int, tuple[list[str], list[str]]] = {}
    classed: list[tuple[Entry, Customer]] = []
    moved: dict[datetime | None, list[tuple[Customer, bool, int | None]]] = {}
    for one in changed:
        row = one.row
        row.version += 1
        recorded = {**one.changes, "version": [row.version - 1, row.version], "bulk_run": [None, scene.run.pk]}
        entries.append((at, scene.by.pk, verb.recorded_as(row), "customer", row.pk, as_json(recorded), verb.note()))
        before = {name: pair[0] for name, pair in one.changes.items()}
        rows.append((scene.run.pk, row.pk, at, as_json(before), row.version, "", "{}"))
        if "class_code" in one.changes:
            classed.append((_entry(verb, row, recorded), row))
        if "tags" in one.changes:
            retagged[row.pk] = tuple(one.changes["tags"])
        moved.setdefault(verb.changed_at(row), []).append((row, one.was_open, one.owner))
    differing = set().union(*(one.changes for one in changed))
    write_many([one.row for one in changed], (*(name for name in verb.fields if name in differing), "version"))
    if retagged:
        write_tags(retagged)
    if is_searched(differing):
        reindex_customers([one.row.pk for one in changed])
    insert_rows(Entry, ("at", "by", "verb", "kind", "subject", "changes", "note"), entries)
    note_moves(classed)
    if not verb.is_the_houses:
        insert_rows(BulkRow, _COLUMNS, rows)
    for changed_at, rows_moved in moved.items():
        tell_what_moved(rows_moved, changed_at=changed_at, by=scene.by, at=scene.at)


def _entry(verb: Verb, row: Customer, changes: dict[str, Any]) -> Entry:
    """The entry that is written past the ORM."""
    told = {"verb": verb.recorded_as(row), "kind": "customer", "subject": row.pk, "changes": changes}
    return Entry(at=verb.scene.at, by=verb.scene.by, note=verb.note(), **told)


_COLUMNS = ("run", "customer", "at", "before", "version", "code", "reason")


def _write_refused(run: BulkRun, refused: Sequence[tuple[int, Reason]], *, at: datetime) -> None:
    rows = ((run.pk, key, instant(at), "{}", None, why.code, as_json(why.as_json())) for key, why in refused)
    insert_rows(BulkRow, _COLUMNS, rows)


@transaction.atomic
def _end(run: BulkRun, *, at: datetime) -> None:
    running = BulkRun.objects.filter(pk=run.pk, state=State.RUNNING)
    if not running.update(state=State.DONE, ended_at=at, progress_at=at):
        return
    run.refresh_from_db()
    _record(run, "customers.bulk_done", by=run.by, at=at)


def stop(*, run: BulkRun, by: Person, at: datetime) -> None:
    """Stop after the batch that is being done; the run can be carried on. What the house does is not left half done."""
    _require_own(run, by)
    if not may_be_stopped(run):
        raise Refused("bulk_run_goes_on")
    if _stop(run, Reason("bulk_run_stopped", {"by": by.name})):
        run.refresh_from_db()
        _record(run, "customers.bulk_stopped", by=by, at=at)


def may_be_stopped(run: BulkRun) -> bool:
    return run.is_working and not VERBS[run.verb].is_the_houses


def carry_on(*, run: BulkRun, by: Person, at: datetime) -> None:
    """Queue a run that stopped again. Refused when it has been taken back meanwhile."""
    _require_own(run, by)
    if BulkRun.objects.filter(undoes=run).exists():
        raise Refused("bulk_run_is_undone")
    BulkRun.objects.filter(pk=run.pk, state=State.STOPPED).update(state=State.QUEUED, message="", progress_at=at)


def _require_own(run: BulkRun, by: Person) -> None:
    if run.by_id != by.pk and not by.scope.everything:
        raise NotPermitted("bulk_run_of_another")


def _stop(run: BulkRun, reason: Reason) -> bool:
    working = BulkRun.objects.filter(pk=run.pk, state__in=[State.QUEUED, State.RUNNING])
    logger.info("bulk run %s stopped: %s", run.pk, reason.code)
    return bool(working.update(state=State.STOPPED, message=json.dumps(reason.as_json())))


def _record(run: BulkRun, verb: str, *, by: Person, at: datetime) -> None:
    counts = {name: [None, getattr(run, name)] for name in ("verb", "total", "changed", "unchanged", "refused")}
    record(by=by, at=at, verb=verb, kind="bulk_run", subject=run.pk, changes=counts)


def forget_rows(*, at: datetime, most: int = 2000) -> None:
    """Throw away, a little at a time, what runs of long ago did to each customer; their counts stay."""
    old = BulkRun.objects.filter(made_at__lt=at - timedelta(days=KEPT_DAYS)).exclude(state__in=["queued", "running"])
    for kept in (BulkRow, BulkBatch):
        while keys := list(kept.objects.filter(run__in=old).values_list("pk", flat=True)[:most]):
            kept.objects.filter(pk__in=keys).delete()
