"""Import and export of a list of any size, each step in a process of its own, in a company without customers.

    python -m bench --transfers 1000000 --database sqlite

Memory is the most that the process held; processor seconds are its own, without PostgreSQL's.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import names

SELLERS = 500
MOST_IN_A_WORKBOOK = 200_000
LEAST = {"import": 20_000, "export csv": 20_000, "export xlsx": 5_000}  # rows a second
MEMORY = 500  # MB, of an import


def measure(told: dict[str, str], folder: Path, rows: int) -> list[dict]:
    """Rows a second and memory of reading, dry run, import and export."""
    done = _run(told, "prepare")
    path = folder / "list.csv"
    write_list(path, rows)
    for line in (["import", str(path)], ["export", "csv"], ["export", "xlsx"]):
        done += _run(told, *line)
    path.unlink()
    return done


def _run(told: dict[str, str], *line: str) -> list[dict]:
    """What a step says of itself, with what the system says of its memory and processor."""
    process = subprocess.Popen([sys.executable, "-m", "bench.transfers", *line], env=told, stdout=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.read()
    _pid, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"bench.transfers {' '.join(line)} ended with {status}")
    series: list[dict] = json.loads(said)
    for one in series:
        one["memory_mb"] = used.ru_maxrss // 1024
    return series


def write_list(path: Path, rows: int) -> None:
    """Companies as a sales team keeps them: three in ten have an owner, the others lie in a pool."""
    rng = random.Random(2026)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["客户名称", "电话", "联系人", "负责人", "类别", "最后有效联系", "城市", "备注"])
        for n in range(rows):
            owned = rng.random() < 0.3
            writer.writerow(
                [
                    names.company(rng),
                    f"1{rng.choice('3589')}{rng.randrange(10)}{n * 7919 % 100_000_000:08}",
                    names.person(rng),
                    f"seller{rng.randrange(SELLERS) + 1}" if owned else "",
                    rng.choice(["", "0", "3", "4", "5"]) if owned else "",
                    f"2026-{rng.randrange(9, 11):02}-{rng.randrange(1, 29):02}" if owned else "",
                    rng.choice(names.CITIES),
                    names.note(rng) if rng.random() < 0.3 else "",
                ]
            )


class _Timed:
    """Steps with their seconds."""

    def __init__(self) -> None:
        self.series: list[dict] = []

    def step(self, name: str, do: Callable[[], Any]) -> Any:
        begun, used = time.perf_counter(), time.process_time()
        answer = do()
        took, used = time.perf_counter() - begun, time.process_time() - used
        self.series.append({"name": name, "seconds": round(took, 2), "processor_seconds": round(used, 2)})
        return answer

    def say(self, rows: int) -> None:
        for one in self.series:
            one["rows"] = rows
            one["rows_a_second"] = round(rows / max(one["seconds"], 0.01))
            one["least"] = LEAST.get(one["name"])
        print(json.dumps(self.series))


def _prepare() -> None:
    from django.db import transaction

    from bench.company import Size, organisation
    from genjin.config.preparing import prepare

    prepare()
    with transaction.atomic():
        organisation(Size(customers=0, sellers=SELLERS, contacts=0, held=0))
    print("[]")


def _import(path: Path) -> None:
    from django.utils import timezone

    from genjin.core.transfer import runs
    from genjin.organization.models import Person

    timed, at = _Timed(), timezone.now()
    by, seller = Person.objects.get(sign_in="owner"), Person.objects.get(sign_in="seller1")

    def receive() -> Any:
        with path.open("rb") as file:
            pieces = iter(lambda: file.read(1 << 20), b"")
            return runs.receive(kind="customer", pieces=pieces, file_name=path.name, by=by, at=at)

    run = timed.step("read a list", receive)
    runs.choose(run=run, mapping=run.mapping, options={"pool": seller.unit.pool.pk}, by=by, at=at)
    run.refresh_from_db()
    timed.step("dry run", lambda: runs.check(run, at=at))
    run.refresh_from_db()
    runs.start(run=run, by=by, at=at)
    timed.step("import", lambda: runs.carry_out(run, at=at))
    run.refresh_from_db()
    if run.state != "done" or run.created < run.rows * 0.99:
        raise SystemExit(f"the import ended as {run.state} with {run.created} of {run.rows} rows: {run.message}")
    timed.say(run.rows)


def _export(file_format: str) -> None:
    from django.utils import timezone

    from genjin.core.transfer import exports
    from genjin.core.transfer.sheets import XlsxSheet
    from genjin.organization.models import Person

    XlsxSheet.most = MOST_IN_A_WORKBOOK
    timed, at = _Timed(), timezone.now()
    by = Person.objects.get(sign_in="owner")
    run = exports.ask(
        kind="customer", query="pool=any", options={"columns": "whole"}, file_format=file_format, by=by, at=at
    )
    timed.step(f"export {file_format}", lambda: exports.carry_out(run, at=at))
    run.refresh_from_db()
    if run.state != "done":
        raise SystemExit(f"the export ended as {run.state}: {run.message}")
    timed.say(run.rows)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=["prepare", "import", "export"])
    parser.add_argument("what", nargs="?", default="")
    arguments = parser.parse_args()

    import django

    django.setup()
    if arguments.step == "prepare":
        _prepare()
    elif arguments.step == "import":
        _import(Path(arguments.what))
    else:
        _export(arguments.what)


if __name__ == "__main__":
    main()
