"""Taking a whole import back: what nobody touched since goes, what somebody did stays and is listed."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from genjin.core.audit.services import record
from genjin.core.permissions import require
from genjin.core.reasons import Reason, Refused
from genjin.core.transfer.kinds import TakenBack, Undo, UndoForecast, kind_of
from genjin.core.transfer.models import ImportRun, KeptRecord

logger = logging.getLogger(__name__)

BATCH = 500
State = ImportRun.State


def can_be_undone(run: ImportRun) -> bool:
    """Whether it has ended, or stopped for good or bad, after it wrote something."""
    wrote = run.created + run.updated > 0 and kind_of(run).undo is not None
    return wrote and (run.state == State.DONE or (run.state == State.FAILED and run.started_at is not None))


def forecast(run: ImportRun) -> UndoForecast:
    """What undoing the run would do now."""
    return _undo_of(run).forecast()


def _undo_of(run: ImportRun) -> Undo:
    undo = kind_of(run).undo
    if undo is None:
        raise Refused("import_cannot_be_undone")
    return undo(run)


@transaction.atomic
def start_undo(*, run: ImportRun, by: Any, at: datetime, foreseen: Mapping[str, int] | None = None) -> None:
    """Say yes to taking an import back. Saying it twice changes nothing; Refused when there is nothing to take back.

    `foreseen` are the counts that the person was shown (remove, restore, keep): the result may be another, for people
    go on working meanwhile.
    """
    require(by, kind_of(run).permission)
    row = ImportRun.objects.select_for_update().get(pk=run.pk)
    if row.state in (State.UNDOING, State.UNDONE):
        return
    if not can_be_undone(row):
        raise Refused("import_cannot_be_undone")
    row.state, row.message, row.undone_by, row.progress_at = State.UNDOING, "", by, at
    row.preview = {**row.preview, "undo": dict(foreseen) if foreseen else None}
    row.save(update_fields=["state", "message", "undone_by", "progress_at", "preview"])


def carry_out_undo(run: ImportRun, *, at: datetime) -> None:
    """Undo from where it stands to the end, a batch to a transaction, its progress in the same one.

    Killed at any point, the next call goes on after the last whole batch; two at once exclude each other.
    """
    if not ImportRun.objects.filter(pk=run.pk, state=State.UNDOING).update(message="", progress_at=timezone.now()):
        return
    run.refresh_from_db()
    undo = _undo_of(run)
    try:
        while _undo_batch(run, undo, at=at):
            pass
    except Exception:
        # It stays begun: half an import must not be carried on, and the next minute tries again.
        ImportRun.objects.filter(pk=run.pk, state=State.UNDOING).update(
            message=json.dumps(Reason("undo_broke_off").as_json())
        )
        logger.warning("undoing import %s broke off after record %s", run.pk, run.undone_to)
        raise


@transaction.atomic
def _undo_batch(run: ImportRun, undo: Undo, *, at: datetime) -> bool:
    """The next batch; False when it was the end, or when another worker is at it."""
    row = ImportRun.objects.select_for_update().get(pk=run.pk)
    if row.state != State.UNDOING or row.undone_to != run.undone_to:
        return False
    taken = undo.take_back(run.undone_to, BATCH, by=row.undone_by, at=at)
    if taken is None:
        _end(row, at=at)
        return False
    _note(row, taken)
    run.undone_to = taken.last
    return True


def _note(row: ImportRun, taken: TakenBack) -> None:
    """The batch's counts and what was kept of it."""
    KeptRecord.objects.bulk_create(
        KeptRecord(run=row, subject=kept.subject, is_part=kept.is_part, reason=kept.reason.as_json())
        for kept in taken.kept
    )
    ImportRun.objects.filter(pk=row.pk).update(
        undone_to=taken.last,
        removed=F("removed") + taken.removed,
        restored=F("restored") + taken.restored,
        kept=F("kept") + sum(not kept.is_part for kept in taken.kept),
        progress_at=timezone.now(),
    )


def _end(row: ImportRun, *, at: datetime) -> None:
    row.state, row.undone_at = State.UNDONE, timezone.now()
    row.ended_at = row.ended_at or row.undone_at
    row.save(update_fields=["state", "undone_at", "ended_at"])
    counts = {name: [None, getattr(row, name)] for name in ("removed", "restored", "kept")}
    record(by=row.undone_by, at=at, verb=f"{row.kind}.import_undone", kind="import", subject=row.pk, changes=counts)
