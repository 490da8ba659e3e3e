"""Imports and exports run here, away from the request. What was cut off is found again by its state and carried on."""

from datetime import timedelta

from django.utils import timezone

from genjin.core import statistics
from genjin.core.jobs.queue import job, periodic
from genjin.core.transfer import exports, files, runs, undoing
from genjin.core.transfer.models import ExportRun, ImportRun

SILENT_SECONDS = 45  # a batch takes a fraction of a second: a run silent for so long has lost its worker


@job
def check_run(pk: int) -> None:
    """The dry run."""
    if run := ImportRun.objects.filter(pk=pk).first():
        runs.check(run, at=timezone.now())


@job
def carry_out_run(pk: int) -> None:
    """The import itself, from where it stands."""
    if run := ImportRun.objects.filter(pk=pk).first():
        runs.carry_out(run, at=timezone.now())
        statistics.refresh()


@job
def undo_run(pk: int) -> None:
    """The import taken back, from where the undoing stands."""
    if run := ImportRun.objects.filter(pk=pk).first():
        undoing.carry_out_undo(run, at=timezone.now())
        statistics.refresh()


@job
def write_export(pk: int) -> None:
    """A list into its file."""
    if run := ExportRun.objects.filter(pk=pk).first():
        exports.carry_out(run, at=timezone.now())


@periodic(minute="*")
def carry_on_interrupted_runs() -> None:
    """Put runs whose worker was killed back into the queue, also when the clock was set back behind their last sign."""
    now, silence = timezone.now(), timedelta(seconds=SILENT_SECONDS)
    for run in ImportRun.objects.exclude(progress_at__range=(now - silence, now + silence)):
        if run.state == ImportRun.State.CHECKING:
            check_run.later(run.pk)
        elif run.state in (ImportRun.State.QUEUED, ImportRun.State.RUNNING):
            carry_out_run.later(run.pk)
        elif run.state == ImportRun.State.UNDOING:
            undo_run.later(run.pk)
    working = ExportRun.objects.filter(state__in=[ExportRun.State.QUEUED, ExportRun.State.RUNNING])
    for export in working.exclude(progress_at__range=(now - silence, now + silence)):
        write_export.later(export.pk)


@periodic(hour="3", minute="20")
def forget_old_files() -> None:
    """Lists that came in or went out are not kept for good."""
    files.forget_files(at=timezone.now())
    exports.forget_files(at=timezone.now())
