"""Putting a backup back. It is unpacked beside, brought up to date and proved there; only then does it take the place
of what is there, and that is kept.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg import sql

from genjin.config.holding import CannotStart, hold_alone
from genjin.core.backup import archive, rows
from genjin.core.backup.services import KEPT_FOLDERS, SECRET
from genjin.core.reasons import Refused

SQLITE_FILES = ("genjin.sqlite3", "genjin.sqlite3-wal", "genjin.sqlite3-shm")
QUEUE_FILES = ("jobs.sqlite3", "jobs.sqlite3-wal", "jobs.sqlite3-shm")  # its jobs are about rows that go


class Restoring:
    """One restoring, from the file to the place. Leaves nothing behind when it ends before `replace`."""

    def __init__(self, file: Path, *, say: Callable[[str], None]) -> None:
        self.file, self.say = file, say
        self.data = Path(settings.DATA)
        self.stamp = f"{timezone.localtime():%Y%m%d-%H%M%S}"
        self.about: dict[str, Any] = {}

    def __enter__(self) -> "Restoring":
        self._alone = hold_alone(self.data)
        self._alone.__enter__()
        self.staged = Path(tempfile.mkdtemp(prefix=".restoring-", dir=self.data))
        self.rows: _Rows = _Postgresql(self) if settings.DATABASE_URL else _Sqlite(self)
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self.rows.forget()
            shutil.rmtree(self.staged, ignore_errors=True)
        finally:
            self._alone.__exit__(None, None, None)

    @property
    def made_at(self) -> str:
        return f"{timezone.localtime(datetime.fromisoformat(self.about['made_at'])):%Y-%m-%d %H:%M}"

    def prove(self) -> None:
        """Unpack it and ask it everything. Refused or CannotStart with what is wrong with it."""
        self.say(_("Unpacking %(file)s ...") % {"file": self.file.name})
        try:
            self.about = archive.unpack(self.file, self.staged, key=settings.BACKUP_KEY)
        except OSError as error:
            raise CannotStart(_("It cannot be unpacked: %(reason)s.") % {"reason": error.strerror}) from error
        if not (self.staged / rows.file_name()).exists():
            kinds = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
            raise CannotStart(
                _("This backup holds rows of %(there)s, and this installation keeps them in %(here)s.")
                % {
                    "there": kinds[self.about["database"]],
                    "here": kinds["postgresql" if settings.DATABASE_URL else "sqlite"],
                }
            )
        self.rows.take_in()
        self.say(_("Asking every row ..."))
        for command in ("migrate", "check"):
            done = subprocess.run(  # noqa: S603  our own program
                [sys.executable, "-m", "genjin", command],
                env={**os.environ, **self.rows.environment()}, capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode:
                said = (done.stdout + done.stderr).strip().splitlines()
                shown = "\n".join(said[:10])
                raise CannotStart(_("The backup is not true, and nothing was replaced:") + "\n" + shown)

    def replace(self) -> str:
        """Let it take the place; answers where what was there is kept."""
        beside = self.data / f"before-restore-{self.stamp}"
        beside.mkdir(mode=0o700)
        kept = self.rows.replace(beside)
        for name in (SECRET, *KEPT_FOLDERS):
            new, old = self.staged / name, self.data / name
            if old.exists():
                old.rename(beside / name)
            if new.exists():
                new.rename(old)
        for name in QUEUE_FILES:
            if (self.data / name).exists():
                (self.data / name).rename(beside / name)
        return f"{beside}{kept}"


class _Sqlite:
    def __init__(self, restoring: Restoring) -> None:
        self.data, self.staged = restoring.data, restoring.staged
        self.file = self.staged / "genjin.sqlite3"

    def take_in(self) -> None:
        (self.staged / rows.SQLITE).rename(self.file)
        try:
            with closing(sqlite3.connect(self.file)) as copied:
                wrong = [row[0] for row in copied.execute("PRAGMA integrity_check(5)")]
                astray = copied.execute("PRAGMA foreign_key_check").fetchmany(5)
        except sqlite3.DatabaseError as error:
            raise Refused("backup_is_broken", file=self.file.name) from error
        if wrong != ["ok"] or astray:
            shown = "; ".join([*(text for text in wrong if text != "ok"), *map(str, astray)])
            raise CannotStart(_("The backup's rows are damaged, and nothing was replaced: %(said)s") % {"said": shown})

    def environment(self) -> dict[str, str]:
        return {"GENJIN_DATA": str(self.staged), "DATABASE_URL": ""}

    def replace(self, beside: Path) -> str:
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(self.file)) as proved:
            proved.execute("PRAGMA journal_mode = DELETE")
        connections.close_all()
        for name in SQLITE_FILES:
            if (self.data / name).exists():
                (self.data / name).rename(beside / name)
        self.file.rename(self.data / self.file.name)
        return ""

    def forget(self) -> None:
        """Its files go with the folder."""


class _Postgresql:
    """Into a database of its own beside the one in use; in the end the two change their names."""

    def __init__(self, restoring: Restoring) -> None:
        self.staged = restoring.staged
        self.name = str(settings.DATABASES["default"]["NAME"])
        self.new, self.old = (
            f"{self.name}_{word}_{restoring.stamp.replace('-', '_')}" for word in ("restoring", "before")
        )
        self.is_made = False

    def take_in(self) -> None:
        connections.close_all()
        self._command("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", self.new)
        self.is_made = True
        rows.run(
            [rows.program("pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error", *rows.login(self.new),
             str(self.staged / rows.POSTGRESQL)]
        )  # fmt: skip

    def environment(self) -> dict[str, str]:
        """The same server, the new database: the address with another name in it."""
        head, mark, options = settings.DATABASE_URL.partition("?")
        return {"GENJIN_DATA": str(self.staged), "DATABASE_URL": f"{head.rpartition('/')[0]}/{self.new}{mark}{options}"}

    def replace(self, beside: Path) -> str:
        with self._maintenance() as server:
            others = server.execute("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = %s", [self.name]).fetchone()
            if others and others[0]:
                raise CannotStart(_("Somebody is connected to the database: stop Genjin on every machine first."))
        self._command("ALTER DATABASE {} RENAME TO {}", self.name, self.old)
        self._command("ALTER DATABASE {} RENAME TO {}", self.new, self.name)
        self.is_made = False
        return _(" and the database %(name)s") % {"name": self.old}

    def forget(self) -> None:
        if self.is_made:
            self._command("DROP DATABASE IF EXISTS {}", self.new)

    def _maintenance(self) -> psycopg.Connection:
        told = settings.DATABASES["default"]
        named = {"host": told["HOST"], "port": told["PORT"], "user": told["USER"], "password": told["PASSWORD"]}
        chosen = {name: value for name, value in named.items() if value}
        aside = "template1" if self.name == "postgres" else "postgres"
        return psycopg.connect(dbname=aside, autocommit=True, **chosen, **told["OPTIONS"])

    def _command(self, words: str, *names: str) -> None:
        try:
            with self._maintenance() as server:
                server.execute(sql.SQL(words).format(*map(sql.Identifier, names)))
        except psycopg.Error as error:
            said = " ".join(str(error).split())
            raise CannotStart(
                _("PostgreSQL does not do it: %(said)s. Restoring needs a role that may create databases.")
                % {"said": said}
            ) from error


_Rows = _Sqlite | _Postgresql
