"""The database of the first landing, unpacked as an installation of its own, and the command line upon it."""

import gzip
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
SHADOW = "search_grams"  # what SQLite keeps of the search words: derived, and proved by `genjin check`

Row = dict[str, object]


@dataclass
class Installation:
    """A data folder and, on PostgreSQL, a database of its own, as `genjin` meets them."""

    folder: Path
    url: str

    def genjin(self, *line: str, **more: str) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment = kept | {"GENJIN_DATA": str(self.folder), "LANG": "en_US.UTF-8", "DATABASE_URL": self.url} | more
        return subprocess.run(
            [sys.executable, "-m", "genjin", *line],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120,
        )  # fmt: skip

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


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """The first landing's company, on the kind of database the tests run on."""
    folder = tmp_path / "data"
    folder.mkdir()
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        (folder / "genjin.sqlite3").write_bytes(gzip.decompress((FOLDER / "first_landing.sqlite3.gz").read_bytes()))
        yield Installation(folder, "")
        return
    name = f"first_{uuid4().hex}"
    with closing(psycopg.connect(url, autocommit=True)) as cluster:
        cluster.execute(f"CREATE DATABASE {name}")
        own = url.replace("/postgres?", f"/{name}?")
        with closing(psycopg.connect(own, autocommit=True)) as rows:
            rows.execute(gzip.decompress((FOLDER / "first_landing.sql.gz").read_bytes()).decode())
        yield Installation(folder, own)
        cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")
