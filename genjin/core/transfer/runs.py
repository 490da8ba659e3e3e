"""A run of an import, from the file that came in to the last row: every step leaves a state that can be carried on."""

import json
import logging
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from genjin.core.audit.services import record
from genjin.core.permissions import require
from genjin.core.reasons import Reason, Refused
from genjin.core.transfer import files
from genjin.core.transfer.ahead import Gone, Judge
from genjin.core.transfer.judging import Batch, judged_batches, write_problems
from genjin.core.transfer.kinds import CellWrong, Problem, Row, kind_named, kind_of
from genjin.core.transfer.mapping import knower, twice_chosen
from genjin.core.transfer.models import ImportProblem, ImportRun
from genjin.core.transfer.pace import LONGEST_TURN, Pace
from genjin.core.transfer.proposing import take_shape
from genjin.core.transfer.reading import Wish, read_table

logger = logging.getLogger(__name__)

CHECKED_AT_ONCE = 2000  # rows of a dry run, which holds nobody up
WORTH_A_PROCESS = 5000  # rows from which on judging and writing go side by side
COUNTS = ("rows", "created", "updated", "unchanged", "skipped", "failed")
State = ImportRun.State


def receive(*, kind: str, pieces: Iterable[bytes], file_name: str, by: Any, at: datetime) -> ImportRun:
    """Keep an uploaded file under a random name and propose what its columns mean.

    Refused with a file_… code when it cannot be read; nothing is kept then.
    """
    require(by, kind_named(kind).permission)
    path, content_hash = files.keep(pieces)
    try:
        table = read_table(path, knows=knower(kind_named(kind).all_fields(by)))
        rows = sum(1 for _ in table.rows())
    except BaseException:
        files.forget(path.name)
        raise
    run = ImportRun(
        kind=kind,
        by=by,
        made_at=at,
        file_name="".join(sign for sign in Path(file_name).name if sign.isprintable())[-255:],
        file_path=path.name,
        content_hash=content_hash,
    )
    take_shape(run, table, rows)
    run.save()
    return run


def reread(*, run: ImportRun, wish: Wish, by: Any, at: datetime) -> None:
    """Read the kept file anew, in another encoding, from another sheet or header row; its columns are matched anew.

    Refused when it cannot be read so; the run stays as it was.
    """
    require(by, kind_of(run).permission)
    table = read_table(files.path_of(run), wish, knower(kind_of(run).all_fields(run.by)))
    rows = sum(1 for _ in table.rows())
    with transaction.atomic():
        row = _locked(run)
        if row.started_at is not None or row.state in (State.QUEUED, State.RUNNING, State.DONE):
            raise Refused("import_has_begun")
        ImportProblem.objects.filter(run=row).delete()
        row.state, row.preview, row.message, row.progress_at = State.MAPPING, {}, "", at
        take_shape(row, table, rows)
        row.save()


def imported_before(run: ImportRun) -> ImportRun | None:
    """The last import of the very same file, by whomever, that stands; a run that was undone does not."""
    if not run.content_hash:
        return None
    same = ImportRun.objects.filter(kind=run.kind, content_hash=run.content_hash, started_at__isnull=False)
    return same.exclude(pk=run.pk).exclude(state=State.UNDONE).select_related("by").order_by("-pk").first()


@transaction.atomic
def choose(*, run: ImportRun, mapping: Mapping[str, str], options: Mapping[str, Any], by: Any, at: datetime) -> None:
    """Set what each column goes to and how the rows are taken; the dry run may begin.

    Refused when a field that takes one column was given two, or a required one none; and when the very same file was
    imported before, unless the option `again` says that it is meant.
    """
    kind = kind_of(run)
    require(by, kind.permission)
    row = _locked(run)
    if row.started_at is not None or row.state in (State.QUEUED, State.RUNNING, State.DONE):
        raise Refused("import_has_begun")
    known = {field.name for field in kind.all_fields(run.by)}
    chosen = {title: name for title in row.header if (name := mapping.get(title, "")) in known}
    if twice := twice_chosen(chosen, kind.all_fields(run.by)):
        label = next(field.label for field in kind.all_fields(run.by) if field.name == twice[0])
        raise Refused("field_chosen_twice", field=label)
    row.mapping = {title: chosen.get(title, "") for title in row.header}
    row.options = {**row.options, **options}
    before = imported_before(row)
    if before is not None and not row.options.get("again"):
        assert before.started_at is not None
        raise Refused("file_imported_before", by=str(before.by), at=before.started_at.isoformat())
    kind.verify(row)
    row.state, row.preview, row.message = State.CHECKING, {}, ""
    row.progress_at = at
    row.save()


def check(run: ImportRun, *, at: datetime) -> None:
    """The dry run: what would become of every row. Writes problems and the preview, nothing else."""
    if run.state != State.CHECKING:
        return
    ImportProblem.objects.filter(run=run).delete()
    counts = {"rows": 0, "create": 0, "change": 0, "same": 0, "skip": 0, "error": 0}
    try:
        importer = kind_of(run).begin(run, at=at, for_real=False)
        for batch in judged_batches(run, importer, 0, Pace(CHECKED_AT_ONCE, CHECKED_AT_ONCE)):
            counts["rows"] += batch.rows
            counts["create"] += batch.created
            counts["change"] += batch.updated
            counts["same"] += batch.unchanged
            counts["skip"] += batch.skipped
            counts["error"] += batch.failed
            if batch.totals:
                counts["totals"] = counts.get("totals", 0) + batch.totals
            with transaction.atomic():
                write_problems(batch)
                going_on = ImportRun.objects.filter(pk=run.pk, state=State.CHECKING, mapping=run.mapping)
                if not going_on.update(
                    preview={"counts": counts, "checked": counts["rows"]}, progress_at=timezone.now()
                ):
                    return
    except Refused as refused:
        _stop(run, refused.reason)
        return
    except Exception:
        _stop(run, Reason("import_broke_off"))
        raise
    if settled := importer.settle():
        run.options = {**run.options, **settled}
        if ImportRun.objects.filter(pk=run.pk, state=State.CHECKING).update(options=run.options):
            check(run, at=at)
        return
    preview = {"counts": counts, **importer.findings()}
    ImportRun.objects.filter(pk=run.pk, state=State.CHECKING).update(state=State.CHECKED, preview=preview)


@transaction.atomic
def start(*, run: ImportRun, options: Mapping[str, Any] | None = None, by: Any, at: datetime) -> None:
    """Say yes to the preview, or carry on a run that stopped. Starting one twice changes nothing.

    `options` are last choices made at the preview; a run that has begun keeps the ones it has.
    """
    require(by, kind_of(run).permission)
    row = _locked(run)
    if row.state in (State.QUEUED, State.RUNNING, State.DONE):
        return
    if row.state != State.CHECKED and not (row.state == State.FAILED and row.started_at):
        raise Refused("import_is_not_checked")
    if row.started_at is None:
        ImportProblem.objects.filter(run=row).delete()
        row.started_at = at
        row.options = {**row.options, **(options or {})}
    row.state, row.message, row.progress_at = State.QUEUED, "", at
    row.save(update_fields=["state", "message", "progress_at", "started_at", "options"])


def carry_out(run: ImportRun, *, at: datetime) -> None:
    """Import from where the run stands to the end, a batch to a transaction, its progress in the same one.

    Killed at any point, the next call goes on after the last whole batch; two at once exclude each other row for row.
    Batches of a long file are judged ahead, by a process of its own, so that a transaction only writes and people who
    save a note meanwhile hardly wait; when somebody stored what a batch was judged without, it is judged anew.
    An import has one moment, that of its start: what is carried on a day later counts from the same day.
    """
    if not ImportRun.objects.filter(pk=run.pk, state__in=[State.QUEUED, State.RUNNING]).update(state=State.RUNNING):
        return
    run.refresh_from_db()
    now, at = at, run.started_at or at
    try:
        done, pace, is_alone = run.done, Pace(), False
        while True:
            importer = kind_of(run).begin(run, at=at, for_real=True)
            try:
                with closing(_batches(run, importer, done, pace, at, is_alone)) as batches:
                    for first in batches:
                        rows = _take_turn(run, importer, first, batches, done, pace)
                        if not rows:
                            return
                        done += rows
                break
            except _JudgedTooEarly:
                continue
            except Gone:
                logger.warning("import %s goes on without its judge after %s rows", run.pk, done)
                is_alone = True
        importer.finish(at=now)
        _end(run, done, at)
    except Refused as refused:
        _stop(run, refused.reason)
    except Exception:
        _stop(run, Reason("import_broke_off"))
        raise


# A batch, and whether the one after it is ready and may be written in the same transaction.
_Next = tuple[Batch, Callable[[], bool]]


def _is_last() -> bool:
    return False


def _batches(
    run: ImportRun, importer: Any, done: int, pace: Pace, at: datetime, is_alone: bool
) -> Generator[_Next, None, None]:
    """The batches after the first `done` rows, each with what becomes of it.

    Those of a long file are made by a process of its own, the first ones here until it stands. In a transaction of the
    caller's it would not see what that has written, so there is none.
    """
    here = judged_batches(run, importer, done, pace)
    is_long = run.rows - done >= WORTH_A_PROCESS
    judge: Judge | None = None
    if importer.judges_ahead and is_long and not is_alone and not connection.in_atomic_block:
        try:
            judge = Judge(run, at)
        except OSError:
            logger.warning("import %s has no process beside it", run.pk, exc_info=True)
    if judge is None:
        yield from ((batch, _is_last) for batch in here)
        return
    with closing(judge):
        while not judge.is_ready:
            batch = next(here, None)
            if batch is None:
                return
            yield batch, _is_last
            done += batch.rows
        yield from ((batch, judge.has_another) for batch in judge.batches(done, pace))


class _JudgedTooEarly(Exception):
    """Somebody stored something that a batch was judged without."""


@transaction.atomic
def _take_turn(run: ImportRun, importer: Any, first: _Next, others: Iterator[_Next], done: int, pace: Pace) -> int:
    """Batches in one transaction, from the first one on: how many rows; 0 when another worker has already done them or
    the run was stopped.

    SQLite's one writer ends its turn as soon as anybody waits for it. What is judged here is judged by what is stored,
    so it is a transaction each; so is a batch on PostgreSQL, which has room for several writers.
    """
    (batch, has_another), rows, until = first, 0, time.monotonic() + LONGEST_TURN
    while True:
        begun = time.monotonic()
        if not _import_batch(run, importer, batch, done + rows):
            return 0
        rows += batch.rows
        now = time.monotonic()
        pace.took(batch.rows, now - begun)
        if now > until or getattr(connection, "is_wanted", True) or not has_another():
            return rows
        batch, has_another = next(others)


def _import_batch(run: ImportRun, importer: Any, batch: Batch, done: int) -> bool:
    """One batch; False when another worker has already done it or the run was stopped."""
    claimed = ImportRun.objects.filter(pk=run.pk, state=State.RUNNING, done=done).update(
        done=done + batch.rows,
        created=F("created") + batch.created,
        updated=F("updated") + batch.updated,
        unchanged=F("unchanged") + batch.unchanged,
        skipped=F("skipped") + batch.skipped,
        failed=F("failed") + batch.failed,
        progress_at=timezone.now(),
    )
    if claimed:
        if not importer.still_holds(batch.items):
            raise _JudgedTooEarly
        importer.write(batch.items)
        write_problems(batch)
    return bool(claimed)


@transaction.atomic
def _end(run: ImportRun, done: int, at: datetime) -> None:
    ended = ImportRun.objects.filter(pk=run.pk, state=State.RUNNING, done=done)
    if not ended.update(state=State.DONE, rows=done, ended_at=timezone.now()):
        return
    run.refresh_from_db()
    counts = {name: [None, getattr(run, name)] for name in COUNTS}
    record(by=run.by, at=at, verb=f"{run.kind}.imported", kind="import", subject=run.pk, changes=counts)


def stop(*, run: ImportRun, by: Any) -> None:
    """Stop after the batch that is being written; the run can be carried on."""
    require(by, kind_of(run).permission)
    _stop(run, Reason("import_stopped", {"by": str(by)}))


def _stop(run: ImportRun, reason: Reason) -> None:
    working = ImportRun.objects.filter(pk=run.pk, state__in=[State.CHECKING, State.QUEUED, State.RUNNING])
    working.update(state=State.FAILED, message=json.dumps(reason.as_json()))
    logger.warning("import %s stopped: %s", run.pk, reason.code)


def discard(*, run: ImportRun, by: Any) -> None:
    """Forget a file that was not imported."""
    require(by, kind_of(run).permission)
    with transaction.atomic():
        row = _locked(run)
        if row.started_at is not None:
            raise Refused("import_has_begun")
        row.delete()
    files.forget(run.file_path)


def _locked(run: ImportRun) -> ImportRun:
    return ImportRun.objects.select_for_update().get(pk=run.pk)


def as_problem(row: Row, run: ImportRun, *wrongs: CellWrong) -> Problem:
    """The row's problem with the title of the column it stands in; of several, the first column and all reasons."""

    def title(wrong: CellWrong) -> str:
        places = [wrong.place] if wrong.place is not None else row.columns.get(wrong.field_name, ())
        return run.header[places[0]] if places else ""

    if len(wrongs) == 1:
        return Problem(row, title(wrongs[0]), wrongs[0].reason)
    each = [{"column": title(wrong), "reason": wrong.reason.as_json()} for wrong in wrongs]
    return Problem(row, title(wrongs[0]), Reason("row_has_several", {"wrong": each}))


def reasons_of(problem: Problem) -> list[tuple[str, Reason]]:
    """Every column that is wrong in the row, with its reason."""
    several = problem.reason.figures.get("wrong") if problem.reason.code == "row_has_several" else None
    if several is None:
        return [(problem.column, problem.reason)]
    return [(one["column"], reason) for one in several if (reason := Reason.from_json(one["reason"]))]
