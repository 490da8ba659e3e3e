"""An import dies at any moment, and dies again when it is carried on: in the end everything stands as if it had not.

A few kills of a short file here; `make soak` kills one of 200,000 rows fifty times.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.installations import ROOT, SHADOW, Installation

pytestmark = pytest.mark.slow

IS_LONG = "SOAK_KILLS" in os.environ
KILLS, ROWS = (50, 200_000) if IS_LONG else (3, 8_000)  # the short one has a judge, too
CLOCKS = {"progress_at", "ended_at"}  # columns that tell when, not what


def test_in_the_end_everything_stands_as_if_it_had_not(installation, tmp_path):
    assert installation.genjin("migrate").returncode == 0
    file = tmp_path / "list.csv"
    write_list(file)
    pk = int(ran(installation, "begin", str(file)).communicate()[0])
    with twin_of(installation, tmp_path) as undisturbed:
        assert ran(undisturbed, "carry_on", str(pk)).wait() == 0
        kill_again_and_again(installation, pk)
        assert ran(installation, "carry_on", str(pk)).wait() == 0
        counted = "created + updated + unchanged + skipped + failed"
        run = f"SELECT state, rows, {counted} FROM transfer_importrun WHERE id = {pk}"
        assert installation.execute(run) == [("done", ROWS, ROWS)]
        checked = installation.genjin("check")
        assert checked.returncode == 0, checked.stdout
        killed, whole = told(installation), told(undisturbed)
        other = {table: sum((killed[table] - whole[table]).values()) for table in whole}
        assert {table: rows for table, rows in other.items() if rows or killed[table] != whole[table]} == {}


def kill_again_and_again(installation: Installation, pk: int) -> None:
    """Anywhere in the file: between two batches, within one, and before the first."""
    chance = random.Random(KILLS)
    for row in sorted(chance.sample(range(ROWS * 9 // 10), KILLS)):
        process = ran(installation, "carry_on", str(pk))
        asked = f"SELECT done, state FROM transfer_importrun WHERE id = {pk}"
        while process.poll() is None:
            done, state = installation.execute(asked)[0]
            if done >= row and state == "running":
                time.sleep(chance.uniform(0, 0.2))
                break
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()


def ran(installation: Installation, *line: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.soak.importing", *line],
        cwd=ROOT,
        env=installation.environment(DJANGO_SETTINGS_MODULE="genjin.config.settings"),
        stdout=subprocess.PIPE,
        text=True,
    )


def write_list(path: Path) -> None:
    """Rows of every kind: new ones of an owner and of nobody, doubles near and far, and wrong ones."""
    owners = ("zhouyutong", "linhaoran", "")
    with path.open("w", encoding="utf-8") as file:
        file.write("客户名称,电话,联系人,负责人,城市,标签,备注,编号\n")
        for n in range(ROWS):
            phone = "x" if n % 97 == 0 else f"139{n // 3 if n % 50 == 0 else n:08}"
            file.write(
                f"客户{n}有限公司,{phone},联系人{n % 71},{owners[n % 3]},无锡,展会,第 {n} 行,N-{n % (ROWS - 7)}\n"
            )


@contextmanager
def twin_of(one: Installation, folder: Path) -> Iterator[Installation]:
    """The same data folder and database once more."""
    shutil.copytree(one.folder, folder / "twin")
    if not one.url:
        yield Installation(folder / "twin", "")
        return
    name = f"{one.name}_twin"
    with closing(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)) as cluster:
        cluster.execute(f"CREATE DATABASE {name} TEMPLATE {one.name}")
    yield Installation(folder / "twin", one.url.replace(f"/{one.name}?", f"/{name}?"))


def told(installation: Installation) -> dict[str, Counter[str]]:
    """What every row of every table says, by its digest.

    A batch that was killed used up keys on PostgreSQL: so a key is told by its place among its table's, and the words
    of the index in one order.
    """
    with closing(installation.connected()) as rows:
        places = {
            table: {pk: place for place, (pk,) in enumerate(rows.execute(f"SELECT id FROM {table} ORDER BY id"))}
            for table in ("customers_customer", "customers_contactperson", "followups_recyclerun")
        }
        customers, people, nights = places.values()
        found: dict[str, Counter[str]] = {}
        for table in tables(installation):
            asked = rows.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in asked.description]
            found[table] = Counter()
            for values in asked:
                row = {name: value for name, value in zip(columns, values, strict=True) if name not in CLOCKS}
                key = row.pop("id", None)
                row["place"] = places[table][key] if table in places else None
                for name in ("customer_id", "subject"):
                    if name in row and row.get("kind", "customer") == "customer":
                        row[name] = customers.get(row[name])
                if "contact_person_id" in row:
                    row["contact_person_id"] = people.get(row["contact_person_id"])
                if "run_id" in row and table == "followups_recycledcustomer":
                    row["run_id"] = nights.get(row["run_id"])
                if table == "audit_entry":
                    row["changes"] = with_places(row["changes"], nights)
                if "grams" in row:
                    row["grams"] = sorted(row["grams"])
                found[table][hashlib.md5(repr(row).encode(), usedforsecurity=False).hexdigest()] += 1
        return found


def with_places(changes: Any, nights: dict[int, int]) -> dict[str, Any]:
    """SQLite gives JSON as text, PostgreSQL as what it says."""
    said = json.loads(changes) if isinstance(changes, str) else changes
    night = said.get("recycle_run")
    return {**said, "recycle_run": [night[0], nights.get(night[1])]} if night else said


def tables(installation: Installation) -> list[str]:
    names = (
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        if installation.url
        else "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return [name for (name,) in installation.execute(names) if not name.startswith(SHADOW)]
