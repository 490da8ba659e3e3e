"""Import and export of a list of any size, each step in a process of its own, in a company without customers.

    python -m bench --transfers 1000000 --database sqlite

Memory is the most that all processes of a step held together, what they share counted once; processor seconds are
theirs. PostgreSQL's own are said apart.
"""

import argparse
import contextlib
import csv
import json
import os
import random
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench import names
from bench.serving import family

SELLERS = 500
MOST_IN_A_WORKBOOK = 200_000
LEAST = {"import": 20_000, "export csv": 20_000, "export xlsx": 5_000}  # rows a second
MEMORY = 500  # MB, of an import
CLUSTER = "GENJIN_BENCH_CLUSTER"


def measure(told: dict[str, str], folder: Path, rows: int, cluster: Path | None = None) -> list[dict]:
    """Rows a second and memory of reading, dry run, import and export; `cluster` is where PostgreSQL keeps its rows."""
    told = {**told, CLUSTER: str(cluster or "")}
    done = _run(told, "prepare")
    book = folder / "list.xlsx"
    write_workbook(book, min(rows, MOST_IN_A_WORKBOOK))
    done += _run(told, "workbook", str(book))
    book.unlink()
    path = folder / "list.csv"
    write_list(path, rows)
    for line in (["import", str(path)], ["export", "csv"], ["export", "xlsx"]):
        done += _run(told, *line)
    path.unlink()
    return done


def _run(told: dict[str, str], *line: str) -> list[dict]:
    """What a step says of itself, with the memory of all its processes."""
    process = subprocess.Popen([sys.executable, "-m", "bench.transfers", *line], env=told, stdout=subprocess.PIPE)
    assert process.stdout is not None
    most = [0.0]
    watching = threading.Thread(target=_watch, args=(process, most))
    watching.start()
    said = process.stdout.read()
    status = process.wait()
    watching.join()
    if status:
        raise SystemExit(f"bench.transfers {' '.join(line)} ended with {status}")
    series: list[dict] = json.loads(said)
    for one in series:
        one["memory_mb"] = round(most[0])
    return series


def _watch(process: subprocess.Popen, most: list[float]) -> None:
    """The most megabytes that a process and all below it held at once, looked at every fifth of a second."""
    while process.poll() is None:
        most[0] = max(most[0], sum(map(held, family(process.pid))))
        time.sleep(0.2)


def held(pid: int) -> float:
    """Megabytes that a process holds, with its share of what it shares; nothing when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def write_workbook(path: Path, rows: int) -> None:
    """The same list as a spreadsheet keeps it."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(_list(rows)):
        sheet.write_row(number, 0, row)
    book.close()


def write_list(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_list(rows))


def _list(rows: int) -> Iterator[list[str]]:
    """Companies as a sales team keeps them, the header first: three in ten have an owner, the others lie in a pool."""
    rng, today = random.Random(2026), date.today()
    yield ["客户名称", "电话", "联系人", "负责人", "类别", "最后有效联系", "城市", "备注"]
    for n in range(rows):
        owned = rng.random() < 0.3
        yield [
            names.company(rng),
            f"1{rng.choice('3589')}{rng.randrange(10)}{n * 7919 % 100_000_000:08}",
            names.person(rng),
            f"seller{rng.randrange(SELLERS) + 1}" if owned else "",
            rng.choice(["", "0", "3", "4", "5"]) if owned else "",
            (today - timedelta(days=rng.randrange(10))).isoformat() if owned else "",
            rng.choice(names.CITIES),
            names.note(rng) if rng.random() < 0.3 else "",
        ]


class _Timed:
    """Steps with their seconds."""

    def __init__(self) -> None:
        self.series: list[dict] = []

    def step(self, name: str, do: Callable[[], Any]) -> Any:
        begun, used, theirs = time.perf_counter(), _processor(), _of_the_database()
        answer = do()
        took, used, theirs = time.perf_counter() - begun, _processor() - used, _of_the_database() - theirs
        self.series.append(
            {
                "name": name,
                "seconds": round(took, 2),
                "processor_seconds": round(used, 2),
                "database_seconds": round(theirs, 2),
            }
        )
        return answer

    def say(self, rows: int) -> None:
        for one in self.series:
            one["rows"] = rows
            one["rows_a_second"] = round(rows / max(one["seconds"], 0.01))
            one["least"] = LEAST.get(one["name"])
        print(json.dumps(self.series))


def _processor() -> float:
    """Seconds of processor time that this process and those it has seen end have used."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def _of_the_database() -> float:
    """Seconds that PostgreSQL has used, connections that have ended included; nothing where there is none."""
    if not os.environ[CLUSTER]:
        return 0.0
    first = int((Path(os.environ[CLUSTER]) / "postmaster.pid").read_text().split()[0])
    ticks = 0
    for pid in family(first):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            figures = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, figures[11:15] if pid == first else figures[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


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


def _workbook(path: Path) -> None:
    """A spreadsheet as far as its preview: unpacked and read; what comes then is as for text."""
    from django.utils import timezone

    from genjin.core.transfer import runs
    from genjin.organization.models import Person

    timed, by = _Timed(), Person.objects.get(sign_in="owner")
    run = timed.step(
        "read a workbook",
        lambda: runs.receive(
            kind="customer", pieces=[path.read_bytes()], file_name=path.name, by=by, at=timezone.now()
        ),
    )
    runs.discard(run=run, by=by)
    timed.say(run.rows)


def _begin(path: Path) -> None:
    """A list read, checked and wanted, into the company that stands there; prints its key."""
    from django.utils import timezone

    from genjin.core.transfer import runs
    from genjin.organization.models import Person

    by, seller, at = Person.objects.get(sign_in="owner"), Person.objects.get(sign_in="seller1"), timezone.now()
    run = runs.receive(kind="customer", pieces=[path.read_bytes()], file_name=path.name, by=by, at=at)
    options = {"pool": seller.unit.pool.pk, "again": True}
    runs.choose(run=run, mapping=run.mapping, options=options, by=by, at=at)
    run.refresh_from_db()
    runs.check(run, at=at)
    run.refresh_from_db()
    runs.start(run=run, by=by, at=at)
    print(run.pk)


def _carry_out(pk: int) -> None:
    from django.utils import timezone

    from genjin.core.transfer import runs
    from genjin.core.transfer.models import ImportRun

    runs.carry_out(ImportRun.objects.get(pk=pk), at=timezone.now())


def _done(pk: int) -> None:
    """Prints how many rows of an import are written."""
    from genjin.core.transfer.models import ImportRun

    print(ImportRun.objects.get(pk=pk).done)


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
    parser.add_argument("step", choices=["prepare", "workbook", "import", "begin", "carry_out", "done", "export"])
    parser.add_argument("what", nargs="?", default="")
    arguments = parser.parse_args()

    import django

    django.setup()
    if arguments.step == "prepare":
        _prepare()
    elif arguments.step == "begin":
        _begin(Path(arguments.what))
    elif arguments.step == "carry_out":
        _carry_out(int(arguments.what))
    elif arguments.step == "done":
        _done(int(arguments.what))
    elif arguments.step == "workbook":
        _workbook(Path(arguments.what))
    elif arguments.step == "import":
        _import(Path(arguments.what))
    else:
        _export(arguments.what)


if __name__ == "__main__":
    main()
