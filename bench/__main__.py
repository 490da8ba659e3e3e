"""`make bench`: builds a company, starts the real server, measures its pages over HTTP with one client.

    python -m bench                                  both databases, 100,000 customers, 100 sellers, 500,000 contacts
    python -m bench --database sqlite --customers 20000
    python -m bench --server granian                 the other web server, for comparison
    python -m bench --keep /some/folder              build once, measure again and again
    python -m bench --million                        1,000,000 customers, 500 sellers, 5,000,000 contacts
    python -m bench --transfers 1000000              only import and export of so many rows
    python -m bench --million --recycling --keep F   only a night of recycling, on a copy of the company kept in F
    python -m bench --table                          the last results as they stand in bench/README.md

Prints a table and writes bench/out/*.json; `--write` puts all results into bench/README.md.
"""

import argparse
import contextlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench import crowd, imports, recycling, report, stories, transfers
from bench.serving import Server, environment
from tests.databases import Cluster

OUT = Path(__file__).parent / "out"
MILLION = {"customers": 1_000_000, "sellers": 500, "contacts": 5_000_000, "over": 5}


def main() -> int:
    arguments = _arguments()
    if arguments.table:
        print(report.as_markdown(report.read(OUT)))
        return 0
    if arguments.million:
        vars(arguments).update(MILLION)
    for database in ("sqlite", "postgresql") if arguments.database == "both" else (arguments.database,):
        OUT.mkdir(exist_ok=True)
        if arguments.transfers:
            result = measure_transfers(database, arguments)
            path = OUT / f"transfers-{database}-{arguments.transfers}.json"
            path.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
            print(report.transfers_as_text(result))
            continue
        if arguments.recycling:
            steps = measure_recycling(database, arguments)
            path = OUT / f"recycling-{database}-{arguments.customers}.json"
            path.write_text(json.dumps(steps, ensure_ascii=False, indent=1) + "\n")
            print(recycling.as_text(database, steps))
            continue
        result = measure(database, arguments)
        (OUT / f"{database}-{arguments.customers}-{arguments.server}.json").write_text(
            json.dumps(result, ensure_ascii=False, indent=1) + "\n"
        )
        print(report.as_text(result))
    if arguments.write:
        report.write(OUT, Path(__file__).parent / "README.md")
    return 0 if all(report.is_within(result) for result in report.read(OUT)) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Genjin on a company of any size.")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--sellers", type=int, default=100)
    parser.add_argument("--contacts", type=int, default=500_000)
    parser.add_argument("--held", type=int, default=394, help="customers of each seller; the others lie in pools")
    parser.add_argument("--over", type=int, default=0, help="how often the last team holds as much again")
    parser.add_argument("--million", action="store_true", help="the large company, in place of the four above")
    parser.add_argument("--requests", type=int, default=60, help="requests of each kind")
    parser.add_argument("--server", choices=["gunicorn", "granian"], default="gunicorn")
    parser.add_argument("--port", type=int, help="default: a free one")
    parser.add_argument("--keep", type=Path, help="build the company here once and measure it again later")
    parser.add_argument("--no-import", action="store_true", help="leave the import of the bank file out")
    parser.add_argument("--transfers", type=int, metavar="ROWS", help="only import and export a list of so many rows")
    parser.add_argument("--recycling", action="store_true", help="only a night of recycling, and its dry run")
    parser.add_argument("--table", action="store_true", help="print the results that are there")
    parser.add_argument("--write", action="store_true", help="put the results into bench/README.md")
    return parser.parse_args()


def measure(database: str, arguments: argparse.Namespace) -> dict:
    """Build, serve, ask; everything of it is gone afterwards, unless it is kept."""
    keep = arguments.keep / database if arguments.keep else None
    with _folder(keep) as folder, _database(database, keep) as cluster:
        told = environment(folder, cluster.url if cluster else "")
        company = _company(folder, told, arguments)
        with Server(told, arguments.server, arguments.port, cluster.rows if cluster else None) as server:
            before = server.memory()
            series = stories.run(server.address, company, arguments.requests, server.processor)
            result = {
                "database": database,
                "server": arguments.server,
                "at": datetime.now(UTC).isoformat(timespec="minutes"),
                "machine": _machine(),
                "load": f"{os.getloadavg()[0]:.1f}",
                "size": {
                    name: getattr(arguments, name) for name in ("customers", "sellers", "contacts", "held", "over")
                },
                "built_in_seconds": company["seconds"],
                "cold_start_seconds": round(server.cold_start, 2),
                "memory_mb": {"at_start": before, "after": server.memory()},
                "series": [one.as_json() for one in series],
                "crowd": crowd.run(server.address, arguments.sellers, server.processor),
            }
        if not arguments.no_import:
            result["import"] = imports.bank_file(told)
    return result


def measure_transfers(database: str, arguments: argparse.Namespace) -> dict:
    """Import and export in a company of its own that has no customer yet."""
    with _folder(None) as folder, _database(database, None) as cluster:
        told = environment(folder, cluster.url if cluster else "")
        return {
            "database": database,
            "at": datetime.now(UTC).isoformat(timespec="minutes"),
            "machine": _machine(),
            "load": f"{os.getloadavg()[0]:.1f}",
            "rows": arguments.transfers,
            "steps": transfers.measure(told, folder, arguments.transfers, cluster.rows if cluster else None),
        }


def measure_recycling(database: str, arguments: argparse.Namespace) -> list[dict]:
    """A night in a copy of the company; it is built first where none is kept."""
    keep = arguments.keep / database if arguments.keep else None
    with _folder(keep) as folder:
        if not (folder / "company.json").exists():
            with _database(database, folder) as cluster:
                _company(folder, environment(folder, cluster.url if cluster else ""), arguments)
        with recycling.copied(folder) as copy, _database(database, copy) as cluster:
            told = environment(copy, cluster.url if cluster else "")
            return recycling.measure(told, json.loads((copy / "company.json").read_text()), cluster)


def _company(folder: Path, told: dict[str, str], arguments: argparse.Namespace) -> dict:
    made = folder / "company.json"
    if not made.exists():
        line = [sys.executable, "-m", "bench.building"]
        for name in ("customers", "sellers", "contacts", "held", "over"):
            line += [f"--{name}", str(getattr(arguments, name))]
        done = subprocess.run(line, env=told, check=True, stdout=subprocess.PIPE, text=True)
        made.write_text(done.stdout)
    return json.loads(made.read_text())


@contextlib.contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()
        return
    folder = Path(tempfile.mkdtemp(prefix="genjin-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _database(name: str, keep: Path | None) -> Iterator[Cluster | None]:
    """Nothing for SQLite, else a PostgreSQL cluster that waits for the disk; it lives as long as this, or is kept."""
    if name == "sqlite":
        yield None
        return
    if keep is None:
        cluster = Cluster(Path(tempfile.mkdtemp(prefix="genjin-pg-", dir="/tmp")))
    else:
        cluster = Cluster(keep.resolve() / "cluster")
        cluster.folder.mkdir(exist_ok=True)
    cluster.start(safely=True)
    try:
        yield cluster
    finally:
        cluster.stop(keep=keep is not None)


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} × {model}, {memory:.0f} GiB, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
