"""A run of an export, from the wish to the file that is thrown away: at once when it is short, else as a job."""

import logging
import secrets
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from genjin.core.audit.services import record
from genjin.core.permissions import require
from genjin.core.reasons import Reason, Refused
from genjin.core.transfer.models import ExportRun
from genjin.core.transfer.sheets import Cells, CsvSheet, Sheet, XlsxSheet

logger = logging.getLogger(__name__)

AT_ONCE = 2000  # rows that a person waits for; more are a job
BATCH = 2000
KEPT_FOR = timedelta(days=7)
State = ExportRun.State


class Exporter(Protocol):
    """One list on its way into a file."""

    @property
    def header(self) -> Sequence[str]:
        """A title for every column."""

    def keys(self) -> Iterable[int]:
        """The primary keys of all rows the person may see now, in the list's order."""

    def rows(self, keys: Sequence[int]) -> Iterator[Cells]:
        """The rows of these keys in their order; one that the person may no longer see is left out."""


@dataclass(frozen=True, slots=True)
class ExportKind:
    """Something that can be exported. `begin` opens a run's list, `title` words one from its query."""

    name: str
    permission: str
    label: Any
    begin: Callable[[ExportRun], Exporter]
    title: Callable[[Any, str], str]


_kinds: dict[str, ExportKind] = {}


def register(kind: ExportKind) -> None:
    _kinds[kind.name] = kind


def kind_named(name: str) -> ExportKind:
    return _kinds[name]


def ask(*, kind: str, query: str, options: Mapping[str, Any], file_format: str, by: Any, at: datetime) -> ExportRun:
    """Note down what is to be exported; nothing is written yet."""
    asked = kind_named(kind)
    require(by, asked.permission)
    if file_format not in ExportRun.Format.values:
        raise Refused("export_format_unknown", format=file_format)
    language = translation.get_language() or settings.LANGUAGE_CODE
    return ExportRun.objects.create(
        kind=kind,
        by=by,
        made_at=at,
        query=query,
        title=asked.title(by, query),
        options=dict(options),
        language=language,
        format=file_format,
        progress_at=at,
    )


def carry_out(run: ExportRun, *, at: datetime) -> None:
    """Write the file, from its first row: one that was cut off is begun anew. A finished one stays as it is."""
    claimed = ExportRun.objects.filter(pk=run.pk, state__in=[State.QUEUED, State.RUNNING])
    if not claimed.update(state=State.RUNNING, started_at=at, progress_at=timezone.now(), done=0):
        return
    run.refresh_from_db()
    kind = kind_named(run.kind)
    path = _folder() / secrets.token_hex(16)
    try:
        # Asked again: between the wish and its turn somebody may have become somebody who may not.
        require(run.by, kind.permission)
        with translation.override(run.language):
            written, left_out = _write(run, kind, path)
        _end(run, path, written, left_out, at)
    except Refused as refused:
        path.unlink(missing_ok=True)
        claimed.update(state=State.FAILED, message=refused.reason.as_json())
    except BaseException:
        path.unlink(missing_ok=True)
        claimed.update(state=State.FAILED, message=Reason("export_broke_off").as_json())
        raise


def _write(run: ExportRun, kind: ExportKind, path: Path) -> tuple[int, int]:
    """Rows written, and rows left out because a sheet takes no more."""
    exporter = kind.begin(run)
    keys = array("q", exporter.keys())  # eight bytes for each row: a million takes 8 MB
    total = len(keys)
    ExportRun.objects.filter(pk=run.pk).update(rows=total)
    written = 0
    with _sheet(run, kind, path, exporter.header) as sheet:
        if sheet.most is not None:
            keys = keys[: sheet.most]
        for start in range(0, len(keys), BATCH):
            rows = list(exporter.rows(keys[start : start + BATCH]))
            sheet.write(rows)
            written += len(rows)
            if not ExportRun.objects.filter(pk=run.pk, state=State.RUNNING).update(
                done=min(start + BATCH, len(keys)), progress_at=timezone.now()
            ):
                raise Refused("export_was_stopped")
    return written, total - len(keys)


def _sheet(run: ExportRun, kind: ExportKind, path: Path, header: Sequence[str]) -> Sheet:
    if run.format == ExportRun.Format.CSV:
        return CsvSheet(path, header)
    return XlsxSheet(path, header, str(kind.label))


@transaction.atomic
def _end(run: ExportRun, path: Path, written: int, left_out: int, at: datetime) -> None:
    message = Reason("export_was_cut", {"left_out": left_out}).as_json() if left_out else {}
    ended = timezone.now()
    running = ExportRun.objects.filter(pk=run.pk, state=State.RUNNING, file_path="")
    if not running.update(
        state=State.DONE,
        rows=written,
        done=written,
        file_path=path.name,
        bytes=path.stat().st_size,
        ended_at=ended,
        expires_at=ended + KEPT_FOR,
        message=message,
    ):
        path.unlink(missing_ok=True)  # another worker was first
        return
    changes = {"rows": [None, written], "list": [None, run.title], "format": [None, run.format]}
    record(by=run.by, at=at, verb=f"{run.kind}.exported", kind="export", subject=run.pk, changes=changes)


def file_of(run: ExportRun) -> Path:
    """Where the finished file lies. Refused when it is not ready, or is thrown away."""
    path = _folder() / Path(run.file_path).name
    if run.state != State.DONE or not run.file_path or not path.exists():
        raise Refused("export_is_gone")
    return path


def stop(*, run: ExportRun, by: Any) -> None:
    """Give up an export that is being written."""
    require(by, kind_named(run.kind).permission)
    working = ExportRun.objects.filter(pk=run.pk, state__in=[State.QUEUED, State.RUNNING])
    working.update(state=State.FAILED, message=Reason("export_was_stopped").as_json())


def forget_files(*, at: datetime) -> None:
    """Throw away what has expired, and what a worker that was killed left half written; the runs stay."""
    expired = ExportRun.objects.filter(state=State.DONE, expires_at__lt=at)
    for name in expired.values_list("file_path", flat=True):
        (_folder() / Path(name).name).unlink(missing_ok=True)
    expired.update(state=State.EXPIRED)
    known = set(ExportRun.objects.exclude(file_path="").values_list("file_path", flat=True))
    long_ago = (at - timedelta(days=1)).timestamp()
    for path in _folder().iterdir():
        if path.name not in known and path.stat().st_mtime < long_ago:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.DATA) / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
