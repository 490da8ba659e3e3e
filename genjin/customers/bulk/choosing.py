"""Which customers a run is for, written down in batches before the first of them is done.

The keys are read in one question, so that whatever moves within the list meanwhile is neither missed nor met twice, and
written a few batches to a transaction. Whoever is cut off in the midst of it begins anew: nobody has been touched yet.
"""

from array import array
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from genjin.customers.bulk.models import BulkBatch, BulkRun
from genjin.customers.bulk.verbs import VERBS

BATCH = 250  # rows to a transaction: on SQLite a note saved meanwhile waits for one of them (ours)
BATCHES_AT_ONCE = 20  # written to a transaction (ours)
State = BulkRun.State


def read(keys: QuerySet) -> Sequence[int]:
    """Eight bytes a key, however many there are."""
    return array("q", keys.iterator(chunk_size=5000))


def write_down(run: BulkRun, keys: Sequence[int], *, first: int = 0) -> None:
    """These keys as batches of the run, numbered from `first`."""
    batches = [
        BulkBatch(run=run, number=first + number, keys=list(keys[start : start + BATCH]))
        for number, start in enumerate(range(0, len(keys), BATCH))
    ]
    BulkBatch.objects.bulk_create(batches, batch_size=100)


def choose(run: BulkRun, *, clock: Callable[[], datetime]) -> bool:
    """Read whom the run is for and add them to its total; False when it was stopped, or another worker chooses.

    Of two workers that choose at once the later goes on, the earlier finds its turn taken at its next step. Two that
    come after one another: the second finds the total changed and leaves the batches as they are.
    """
    open_run = BulkRun.objects.filter(pk=run.pk, state=State.RUNNING)
    with transaction.atomic():
        if not open_run.filter(total=run.total).update(turn=F("turn") + 1, progress_at=clock()):
            run.refresh_from_db()
            return run.state == State.RUNNING
        run.refresh_from_db()
        BulkBatch.objects.filter(run=run).delete()
    mine = open_run.filter(turn=run.turn)
    keys = read(VERBS[run.verb].keys(run))
    step = BATCH * BATCHES_AT_ONCE
    for number, start in enumerate(range(0, len(keys), step)):
        with transaction.atomic():
            if not mine.update(progress_at=clock()):
                return False
            write_down(run, keys[start : start + step], first=number * BATCHES_AT_ONCE)
    chosen = mine.update(total=F("total") + len(keys), turn=0, progress_at=clock())
    run.refresh_from_db()
    return bool(chosen)
