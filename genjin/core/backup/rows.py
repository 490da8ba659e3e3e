"""The rows as one file while everybody goes on working."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

from genjin.core.reasons import Refused

SQLITE, POSTGRESQL = "rows.sqlite3", "rows.pgdump"
PAGES = 4000  # 16 MB to a step
QUEUE_TABLES = ("huey_task", "huey_schedule", "huey_kv", "huey_counter")  # what was to be done then is not done again


def file_name() -> str:
    return SQLITE if connection.vendor == "sqlite" else POSTGRESQL


def copy(target: Path, *, progress: Callable[[float], None] = lambda share: None) -> None:
    """Write all rows of one moment into a file. `progress` is told the share that is done."""
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(settings.DATABASES["default"]["NAME"]), target, progress)
    else:
        _dump_postgresql(target)


def _copy_sqlite(source: Path, target: Path, progress: Callable[[float], None]) -> None:
    """SQLite's own backup, step by step within one reading transaction: nobody who writes waits for it, and what they
    write meanwhile does not make it begin again."""
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, isolation_level=None)) as rows:
        rows.execute("PRAGMA busy_timeout = 20000")
        rows.execute("BEGIN")
        rows.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()  # from here on the moment is fixed
        with closing(sqlite3.connect(target)) as copied:
            copied.execute("PRAGMA synchronous = OFF")  # it is read into the archive next, which is what must be safe
            rows.backup(copied, pages=PAGES, progress=lambda _status, left, all_: progress(1 - left / max(all_, 1)))
            copied.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        rows.execute("COMMIT")


def _dump_postgresql(target: Path) -> None:
    line = [program("pg_dump"), "--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
    line += [f"--exclude-table-data={table}" for table in QUEUE_TABLES]
    run([*line, f"--file={target}", *login()])


def program(name: str) -> str:
    """Where one of PostgreSQL's programs is: on the path, else where Debian puts the newest."""
    found = shutil.which(name)
    if found is None:
        versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
        found = str(versions[-1]) if versions else None
    if found is None:
        raise Refused("postgresql_program_missing", program=name)
    return found


def login(database: str = "") -> list[str]:
    """The arguments by which PostgreSQL's programs find the database; the password goes by the environment."""
    told = settings.DATABASES["default"]
    named = {"--host": told["HOST"], "--port": told["PORT"], "--username": told["USER"]}
    return [f"{name}={value}" for name, value in named.items() if value] + [f"--dbname={database or told['NAME']}"]


def run(line: list[str]) -> None:
    """Run one of PostgreSQL's programs; Refused with the last it said when it failed."""
    told = settings.DATABASES["default"]
    environment = {**os.environ, "PGPASSWORD": told["PASSWORD"]} if told["PASSWORD"] else dict(os.environ)
    environment |= {f"PG{name.upper()}": value for name, value in told["OPTIONS"].items() if name.startswith("ssl")}
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = " ".join(done.stderr.split()[-40:])
        raise Refused("postgresql_program_failed", program=Path(line[0]).name, said=said)
