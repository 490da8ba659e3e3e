"""Everybody's day plan as one job, on one core; and one plan made anew.

    python -m bench.plans                                          both databases, 100,000 customers, 100 sellers
    python -m bench.plans --million --keep /some/folder            1,000,000 customers, 500 sellers, planned in a copy

The first morning plans customers that no plan has levelled yet; the second one comes after a day on which nobody did
anything, so that all of it is planned anew at night. A usual morning lies below both.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

from bench.__main__ import MILLION, _company, _database, _folder
from bench.recycling import copied
from bench.serving import environment, family

AGAIN = 30  # plans made anew
LIMITS = {"morning": 60.0, "anew_ms": 300.0}  # seconds for all, milliseconds for one (issue 4)


def main() -> int:
    arguments = _arguments()
    if arguments.inside:
        print(json.dumps(_inside(Path(arguments.inside) if arguments.inside != "-" else None)))
        return 0
    if arguments.million:
        vars(arguments).update(MILLION)
    is_within = True
    for database in ("sqlite", "postgresql") if arguments.database == "both" else (arguments.database,):
        figures = measure(database, arguments)
        is_within &= figures["first"]["seconds"] < LIMITS["morning"] and figures["anew"]["p95"] < LIMITS["anew_ms"]
        print(database, json.dumps(figures, ensure_ascii=False, indent=1), flush=True)
    return 0 if is_within else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.plans", description=__doc__.partition("\n")[0])
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--sellers", type=int, default=100)
    parser.add_argument("--contacts", type=int, default=500_000)
    parser.add_argument("--held", type=int, default=394)
    parser.add_argument("--over", type=int, default=0)
    parser.add_argument("--million", action="store_true", help="the large company, in place of the five above")
    parser.add_argument("--keep", type=Path, help="build the company here once; a copy of it is planned")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(database: str, arguments: argparse.Namespace) -> dict[str, Any]:
    """Plan a company that is gone afterwards: a new one, or a copy of the one that is kept."""
    if arguments.keep is not None and not (arguments.keep / database / "company.json").exists():
        with _folder(arguments.keep / database) as kept, _database(database, arguments.keep / database) as cluster:
            _company(kept, environment(kept, cluster.url if cluster else ""), arguments)
    with _copy(arguments.keep / database if arguments.keep else None) as folder, _database(database, folder) as cluster:
        told = environment(folder, cluster.url if cluster else "")
        if arguments.keep is None:
            _company(folder, told, arguments)
        line = [sys.executable, "-m", "bench.plans", "--inside", str(cluster.rows) if cluster else "-"]
        done = subprocess.run(line, env=told, check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(done.stdout)


@contextlib.contextmanager
def _copy(kept: Path | None) -> Iterator[Path]:
    """A folder that is gone afterwards: empty, or with what is kept there."""
    if kept is not None:
        with copied(kept) as folder:
            yield folder
        return
    with tempfile.TemporaryDirectory(prefix="genjin-plans-", dir="/tmp") as place:
        Path(place).chmod(0o755)
        yield Path(place)


def _inside(rows: Path | None) -> dict[str, Any]:
    """Measured in one process, as the worker does it. `rows`: PostgreSQL's own folder."""
    import django

    django.setup()
    from django.utils import timezone

    from genjin.config.preparing import prepare
    from genjin.followups.models import DayPlan, PlannedContact
    from genjin.followups.plans.services import make_plans, remake_plan, settle_plans
    from genjin.followups.services.replanning import replan_until_yesterday
    from genjin.organization.models import Person
    from genjin.playbooks.practice import practice_of

    prepare()
    seller = Person.objects.get(sign_in="seller1")
    calendar = practice_of(seller.unit).calendar
    first = calendar.next_working(timezone.localdate())
    second = calendar.next_working(first + timedelta(days=1))
    mornings = [timezone.make_aware(datetime.combine(day, clock(5, 5))) for day in (first, second)]
    with _measured(rows) as begun:
        begun["plans"] = make_plans(at=mornings[0])
    begun["contacts"] = PlannedContact.objects.count()
    begun["moved"] = sum(DayPlan.objects.values_list("moved", flat=True))
    with _measured(rows) as night:
        night["settled"] = settle_plans(at=mornings[1])
        night["moved"] = replan_until_yesterday(at=mornings[1])
    with _measured(rows) as again:
        again["plans"] = make_plans(at=mornings[1])
    times = []
    for person in Person.objects.filter(role="seller").order_by("-pk")[:AGAIN]:
        at = time.perf_counter()
        remake_plan(person=person, by=person, at=mornings[1])
        times.append((time.perf_counter() - at) * 1000)
    times.sort()
    anew = {
        "plans": len(times),
        "p50": round(times[len(times) // 2], 1),
        "p95": round(times[int(len(times) * 0.95)], 1),
    }
    load = round(os.getloadavg()[0], 1)
    return {"load": load, "first": begun, "night": night, "second": again, "anew": {**anew, "max": round(times[-1], 1)}}


@contextlib.contextmanager
def _measured(rows: Path | None) -> Iterator[dict[str, Any]]:
    """Seconds, and seconds of the processor: of this process, and of PostgreSQL's."""
    figures: dict[str, Any] = {}
    at, own, theirs = time.perf_counter(), time.process_time(), _of_database(rows)
    yield figures
    figures["seconds"] = round(time.perf_counter() - at, 1)
    figures["processor"] = round(time.process_time() - own, 1)
    if rows is not None:
        figures["database"] = round(_of_database(rows) - theirs, 1)


def _of_database(rows: Path | None) -> float:
    used = 0
    for pid in family(int((rows / "postmaster.pid").read_text().split()[0])) if rows else ():
        for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):  # it has ended meanwhile
                used += int(task.read_text().split()[0])
    return used / 1e9


if __name__ == "__main__":
    sys.exit(main())
