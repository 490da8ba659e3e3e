"""Making backups, and knowing which there are: files in a folder, and nothing in the database that is being saved."""

import fcntl
import json
import logging
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from genjin import __version__
from genjin.core.audit.services import record
from genjin.core.backup import archive, rows, rules
from genjin.core.permissions import require
from genjin.core.reasons import Reason, Refused

logger = logging.getLogger(__name__)

PERMISSION = "backup.keep"
NAME = re.compile(r"genjin-(\d{8}-\d{6})\.(tar\.gz|sealed)")
STAMP = "%Y%m%d-%H%M%S"
KEPT_FOLDERS = ("imports", "files")
SECRET = "secret_key"  # noqa: S105  the name of a file
FAILURE, MAKING, ASKED = ".last-failure.json", ".making", ".asked"
PATIENCE = timedelta(minutes=10)  # a worker that has not begun by then is not there


@dataclass(frozen=True, slots=True)
class Backup:
    """One file in the folder; `made_at` is in its name, on the organisation's clock."""

    path: Path
    made_at: datetime
    size: int

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def is_sealed(self) -> bool:
        return self.path.suffix == ".sealed"


def backups(folder: Path | None = None) -> list[Backup]:
    """Those in the folder, newest first."""
    folder = folder or settings.BACKUP_FOLDER
    found = []
    for path in folder.glob("genjin-*") if folder.is_dir() else ():
        if (named := NAME.fullmatch(path.name)) and path.is_file():
            made_at = timezone.make_aware(datetime.strptime(named[1], STAMP))  # noqa: DTZ007  made aware here
            found.append(Backup(path, made_at, path.stat().st_size))
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def make_backup(*, at: datetime, folder: Path | None = None) -> Backup:
    """Save rows, imported files and the key of this installation in one file, while everybody goes on working.

    Refused when one is being made already, the folder cannot be written, or PostgreSQL's program is missing or fails;
    what is left half made is taken away.
    """
    folder = folder or settings.BACKUP_FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(folder), tempfile.TemporaryDirectory(prefix=".unfinished-", dir=folder) as scratch:
            copied = Path(scratch) / rows.file_name()
            about = _about(at)
            rows.copy(copied)
            stamp = f"{timezone.localtime(at):{STAMP}}"
            path = folder / f"genjin-{stamp}.{'sealed' if settings.BACKUP_KEY else 'tar.gz'}"
            archive.write(path, {copied.name: copied, **_files()}, about, key=settings.BACKUP_KEY)
    except (OSError, sqlite3.Error) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise Refused("backup_folder_cannot_be_written", folder=str(folder), said=said) from error
    return next(one for one in backups(folder) if one.path == path)


def _about(at: datetime) -> dict[str, Any]:
    """What a backup says of itself, for whoever restores it."""
    applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    return {
        "made_at": at.isoformat(),
        "version": __version__,
        "database": connection.vendor,
        "migrations": applied,
    }


def _files() -> dict[str, Path]:
    """What lies beside the rows and belongs to them: names in the archive → files."""
    data = Path(settings.DATA)
    found = {SECRET: data / SECRET} if (data / SECRET).is_file() else {}
    for name in KEPT_FOLDERS:
        for path in sorted((data / name).rglob("*")):
            if path.is_file():
                found[path.relative_to(data).as_posix()] = path
    return found


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time into a folder; the lock ends with the process."""
    with (folder / MAKING).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused("backup_is_being_made") from error
        yield


def is_being_made(folder: Path | None = None) -> bool:
    """Whether a process makes one now."""
    lock = (folder or settings.BACKUP_FOLDER) / MAKING
    if not lock.exists():
        return False
    with lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def rotate(folder: Path | None = None) -> list[Path]:
    """Take away what need not be kept; answers what went."""
    found = {one.made_at: one for one in backups(folder)}
    keep = rules.kept(
        (timezone.localtime(at) for at in found),
        daily=settings.BACKUP_DAILY, weekly=settings.BACKUP_WEEKLY, monthly=settings.BACKUP_MONTHLY,
    )  # fmt: skip
    gone = [one.path for at, one in found.items() if at not in keep]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def ask_for_one(*, by: Any, at: datetime) -> None:
    """Say that somebody wants a backup now; the job makes it. Refused when there is no folder for it."""
    require(by, PERMISSION)
    try:
        settings.BACKUP_FOLDER.mkdir(parents=True, exist_ok=True, mode=0o700)
        (settings.BACKUP_FOLDER / ASKED).write_text(at.isoformat())
    except OSError as error:
        said = error.strerror or ""
        raise Refused("backup_folder_cannot_be_written", folder=str(settings.BACKUP_FOLDER), said=said) from error
    record(by=by, at=at, verb="backup.asked_for", kind="backup", subject=0)


def is_awaited(now: datetime) -> bool:
    """Whether one was asked for or is being made."""
    try:
        asked = datetime.fromisoformat((settings.BACKUP_FOLDER / ASKED).read_text())
    except (OSError, ValueError):
        return is_being_made()
    return abs(now - asked) < PATIENCE or is_being_made()


def hand_out(name: str, *, by: Any, at: datetime) -> Backup | None:
    """The backup of that name for whoever may have it, and a record that it left the house; None when there is none."""
    require(by, PERMISSION)
    found = next((one for one in backups() if one.name == name), None)
    if found is not None:
        record(by=by, at=at, verb="backup.downloaded", kind="backup", subject=0, changes={"file": [None, name]})
    return found


def make_and_rotate(*, at: datetime) -> Backup:
    """What the clock and the button do. Why it failed is kept beside the backups, for the page that shows them."""
    failure = settings.BACKUP_FOLDER / FAILURE
    try:
        made = make_backup(at=at)
    except Refused as refused:
        logger.error("no backup: %s %s", refused.reason.code, refused.reason.figures)
        with suppress(OSError):  # where not even this can be written, the backups grow old, which is said
            failure.write_text(json.dumps({"at": at.isoformat(), **refused.reason.as_json()}))
        raise
    finally:
        with suppress(OSError):
            (settings.BACKUP_FOLDER / ASKED).unlink(missing_ok=True)
    failure.unlink(missing_ok=True)
    rotate()
    return made


def last_failure() -> tuple[datetime, Reason] | None:
    """When and why the last backup was not made; None when it was."""
    try:
        told = json.loads((settings.BACKUP_FOLDER / FAILURE).read_text())
    except (OSError, ValueError):
        return None
    return datetime.fromisoformat(told.pop("at")), Reason(told.pop("code"), told)
