"""Uploaded lists on the disk, under random names: kept while their import may need them, then thrown away."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from genjin.core.reasons import Refused
from genjin.core.transfer.models import ImportRun
from genjin.core.transfer.reading import MAX_BYTES, Table
from genjin.core.transfer.workbooks import text_of

ABANDONED_AFTER = timedelta(days=7)
KEPT_AFTER_END = timedelta(days=30)


def keep(pieces: Iterable[bytes]) -> tuple[Path, str]:
    """Where the file lies now, and the SHA-256 of what is in it. Refused when it is too large; nothing is kept then."""
    path, content = _folder() / secrets.token_hex(16), hashlib.sha256()
    size = 0
    try:
        with path.open("xb") as file:
            for piece in pieces:
                size += len(piece)
                if size > MAX_BYTES:
                    limit = MAX_BYTES // 1024 // 1024
                    raise Refused("file_is_too_large", megabytes=size // 1024 // 1024 + 1, limit=limit)
                content.update(piece)
                file.write(piece)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path, content.hexdigest()


def path_of(run: ImportRun) -> Path:
    """Where the run's file lies. Refused when it is there no more."""
    path = _folder() / Path(run.file_path).name
    if not path.exists():
        raise Refused("file_is_gone")
    return path


def forget(name: str) -> None:
    """Throw the upload away, and what was unpacked from it."""
    path = _folder() / Path(name).name
    path.unlink(missing_ok=True)
    text_of(path).unlink(missing_ok=True)


def table_of(run: ImportRun) -> Table:
    """The run's file as it was read when it came in."""
    row, sheet = run.options.get("header_row", 1), run.options.get("sheet", "")
    return Table(path_of(run), run.header, run.encoding, run.delimiter, row, sheet)


def forget_files(*, at: datetime) -> None:
    """Throw away files nobody imported, and those of imports that ended long ago: they hold other people's data.

    The run itself, its counts and the rows that were left out stay.
    """
    forgotten = ImportRun.objects.filter(started_at=None, made_at__lt=at - ABANDONED_AFTER)
    ended = ImportRun.objects.filter(
        state__in=[ImportRun.State.DONE, ImportRun.State.UNDONE], ended_at__lt=at - KEPT_AFTER_END
    )
    for name in [*forgotten.values_list("file_path", flat=True), *ended.values_list("file_path", flat=True)]:
        forget(name)
    forgotten.delete()


def _folder() -> Path:
    folder = Path(settings.DATA) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
