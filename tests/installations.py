"""The database of the first landing, unpacked as an installation of its own, and the command line upon it."""

import gzip
import os
import random
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "upgrade"
PATIENCE = 600  # seconds for what takes one or two on a quiet machine: only what hangs is ended
SHADOW = "search_grams"  # what SQLite keeps of the search words: derived, and proved by `genjin check`

Row = dict[str, object]


@dataclass
class Installation:
    """A data folder and, on PostgreSQL, a database of its own, as `genjin` meets them."""

    folder: Path
    url: str

    def genjin(self, *line: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "genjin", *line],
            cwd=ROOT, env=self.environment(**more), capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip

    def environment(self, **more: str) -> dict[str, str]:
        """What a terminal has in which nothing but the data folder, the database and English is set."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return kept | {"GENJIN_DATA": str(self.folder), "LANG": "en_US.UTF-8", "DATABASE_URL": self.url} | more

    def beside(self, folder: Path) -> "Installation":
        """What a restore kept there of this one."""
        if not self.url:
            return Installation(folder, "")
        with closing(self.connected()) as rows:
            found = rows.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{self.name}_before_%"])
            return Installation(folder, self.url.replace(f"/{self.name}?", f"/{found.fetchone()[0]}?"))

    @property
    def name(self) -> str:
        """Of the database, on PostgreSQL."""
        return self.url.partition("?")[0].rpartition("/")[2]

    def connected(self):
        if self.url:
            return psycopg.connect(self.url, autocommit=True)
        return sqlite3.connect(self.folder / "genjin.sqlite3", isolation_level=None)

    def execute(self, statement: str) -> list[tuple]:
        with closing(self.connected()) as rows:
            done = rows.execute(statement)
            return done.fetchall() if done.description else []

    def tables(self) -> dict[str, list[Row]]:
        """Every row of every table, each as its columns' values."""
        with closing(self.connected()) as rows:
            names = (
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                if self.url
                else "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
            found = {}
            for (name,) in rows.execute(names).fetchall():
                if not name.startswith(SHADOW):
                    asked = rows.execute(f'SELECT * FROM "{name}"')
                    columns = [column[0] for column in asked.description]
                    found[name] = [dict(zip(columns, row, strict=True)) for row in asked]
            return found


def free_port() -> str:
    """One that nobody listens on. It lies below those that the system gives to connections, of which there are many
    while a server starts."""
    while True:
        port = random.SystemRandom().randrange(10_000, 32_000)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return str(port)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """The first landing's company, on the kind of database the tests run on."""
    with unpacked(tmp_path, os.environ.get("DATABASE_URL", "")) as one:
        yield one


@contextmanager
def unpacked(tmp_path: Path, url: str) -> Iterator[Installation]:
    """The same on a cluster of one's own."""
    folder = tmp_path / "data"
    folder.mkdir()
    if not url:
        (folder / "genjin.sqlite3").write_bytes(gzip.decompress((FOLDER / "first_landing.sqlite3.gz").read_bytes()))
        yield Installation(folder, "")
        return
    name = f"first_{uuid4().hex[:12]}"
    with closing(psycopg.connect(url, autocommit=True)) as cluster:
        cluster.execute(f"CREATE DATABASE {name}")
    own = url.replace("/postgres?", f"/{name}?")
    with closing(psycopg.connect(own, autocommit=True)) as rows:
        rows.execute(gzip.decompress((FOLDER / "first_landing.sql.gz").read_bytes()).decode())
    yield Installation(folder, own)
    with closing(psycopg.connect(url, autocommit=True)) as cluster:
        mine = cluster.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}%"]).fetchall()
        for (one,) in mine:
            cluster.execute(f"DROP DATABASE {one} WITH (FORCE)")
