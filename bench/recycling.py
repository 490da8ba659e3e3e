"""A night of recycling in a large company, and the dry run of the rules before it, while people look at their pages.

    python -m bench --million --recycling --keep /some/folder

Works on a copy of the company that is kept, which is thrown away. Of those who are held some 40 in 100 have one of the
classes with a rule, and of these one in `FRESH` was not reached in its time: a first night, more than any after it.
Then the worst, for information: nobody ever moved nearer to payment, and two fifths of all who are held go at once.
"""

import argparse
import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.measuring import Browser, Series
from bench.names import PASSWORD
from bench.serving import Server, family
from tests.databases import Cluster

SECONDS, MOST_ROWS, DRY_SECONDS, PAGES = 10.0, 5000, 3.0, 150.0  # issue 4
FRESH = 8
RULES = [
    {"classes": ["0k", "0"], "no_contact": 16},
    {"classes": ["4k", "4"], "no_contact": 42, "no_move_up": 120},
    {"classes": ["5"], "no_contact": 44},
]
CLUSTER = "GENJIN_BENCH_CLUSTER"
PATHS = ("/today/", "/customers/", "/customers/?view=leaving", "/pool/", "/recycling/")


@contextlib.contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """The same data folder once more, with the cluster in it where there is one (which must not run)."""
    with tempfile.TemporaryDirectory(prefix="genjin-recycling-", dir="/tmp") as place:
        copy = Path(place)
        copy.chmod(0o755)
        for name in ("genjin.sqlite3", "genjin.sqlite3-wal", "secret_key", "company.json", "cluster"):
            one = folder / name
            if one.is_dir():
                subprocess.run(["cp", "-a", f"{one.resolve()}/.", str(copy / name)], check=True)
            elif one.exists():
                shutil.copy2(one, copy / name)
        yield copy


def measure(told: dict[str, str], company: dict[str, str], cluster: Cluster | None) -> list[dict[str, Any]]:
    """Dry run, night, and the pages meanwhile."""
    told = {**told, CLUSTER: str(cluster.rows if cluster else "")}
    subprocess.run([sys.executable, "-m", "genjin", "migrate"], env=told, check=True, stdout=subprocess.DEVNULL)
    _run(told, "prepare")
    done = [_run(told, "dry_run")]
    _run(told, "switch_on")
    with Server(told, database_folder=cluster.rows if cluster else None) as server:
        browsers = [Browser(server.address) for _who in ("seller", "manager", "owner")]
        for browser, who in zip(browsers, ("seller", "manager", "owner"), strict=True):
            browser.sign_in(company[who], PASSWORD)
        pages, over = Series("pages meanwhile", PAGES), threading.Event()
        looking = threading.Thread(target=_look, args=(browsers, pages, over))
        looking.start()
        time.sleep(2)
        done.append(_run(told, "night"))
        over.set()
        looking.join()
    done.append({"name": pages.name, **{k: v for k, v in pages.as_json().items() if k != "name"}})
    _run(told, "prepare_worst")
    done.append({**_run(told, "night"), "name": "the worst night", "limit": None})
    return done


def _look(browsers: list[Browser], pages: Series, over: threading.Event) -> None:
    """Somebody opens a page every tenth of a second; the first round is not counted."""
    for browser in browsers:
        for path in PATHS:
            browser.get(path)
    while not over.is_set():
        for path in PATHS:
            for browser in browsers:
                answer = browser.get(path)
                if answer.status != 200:
                    raise SystemExit(f"{path} answered {answer.status}")
                pages.times.append(answer.milliseconds)
                time.sleep(0.1)


def _run(told: dict[str, str], step: str) -> dict[str, Any]:
    line = [sys.executable, "-m", "bench.recycling", step]
    said = subprocess.run(line, env=told, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(said.stdout or "{}")


def as_text(database: str, steps: list[dict[str, Any]]) -> str:
    return "\n".join([database, *(json.dumps(step, ensure_ascii=False) for step in steps), ""])


# ------------------------------------------------------------------------------- in a process of its own


def prepare() -> dict[str, Any]:
    """Everybody was taken on half a year ago; the last effective contacts spread over the time of their rule."""
    from django.db.models import F
    from django.utils import timezone

    from genjin.customers.models import Customer

    today = timezone.localdate()
    long_ago = today.fromordinal(today.toordinal() - 180)
    held = Customer.objects.open().filter(owner__isnull=False)
    held.update(owned_since=long_ago, last_effective_on=today, moved_up_on=today, kept_until=None)
    ruled = held.filter(class_code__in=[code for rule in RULES for code in rule["classes"]])
    ruled.alias(rest=F("pk") % FRESH).filter(rest=0).update(last_effective_on=None)
    return {}


def prepare_worst() -> dict[str, Any]:
    """Nobody ever moved nearer to payment, and no night has been."""
    from genjin.customers.models import Customer
    from genjin.followups.recycling.models import RecycleRun

    Customer.objects.open().filter(owner__isnull=False).update(moved_up_on=None)
    RecycleRun.objects.all().delete()
    return {}


def _wanted() -> Any:
    from genjin.playbooks.tests.changing import changed

    return changed({"recycle.active": True, "recycle.rules": RULES})


def dry_run() -> dict[str, Any]:
    from django.utils import timezone

    from genjin.playbooks.editions.current import current
    from genjin.playbooks.editions.effects import effects

    found: list[Any] = []
    timed = _timed(lambda: found.append(effects(current()["telesales"], _wanted(), timezone.localdate())))
    back = found[0].taken_back
    return {"name": "dry run of the rules", "hits": back.after, **timed, "limit": DRY_SECONDS}


def switch_on() -> dict[str, Any]:
    from datetime import timedelta

    from django.utils import timezone

    from genjin.organization.models import Person
    from genjin.playbooks.tests.changing import made_current

    by = Person.objects.filter(role="owner").order_by("pk")[0]
    made_current(_wanted(), by=by, at=timezone.now() - timedelta(days=30))
    return {}


def night() -> dict[str, Any]:
    from django.utils import timezone

    from genjin.followups.recycling import services

    moved: list[int] = []
    turns: list[float] = []
    take = services._take

    def watched(*arguments: Any, **named: Any) -> int:
        begun = time.perf_counter()
        taken = take(*arguments, **named)
        turns.append((time.perf_counter() - begun) * 1000)
        return taken

    services._take = watched
    timed = _timed(lambda: moved.append(services.recycle_until_yesterday(at=timezone.now())))
    turns.sort()
    return {
        "name": "night of recycling", "customers": moved[0], **timed, "limit": SECONDS, "transactions": len(turns),
        "rows_at_most": services.BATCH, "transaction_ms_p95": round(turns[len(turns) * 95 // 100], 1) if turns else 0,
        "transaction_ms_max": round(turns[-1], 1) if turns else 0,
    }  # fmt: skip


def _timed(act: Any) -> dict[str, Any]:
    """Seconds on the clock, of this process and of PostgreSQL."""
    before, database = time.perf_counter(), _of_database()
    used = resource.getrusage(resource.RUSAGE_SELF)
    act()
    now = resource.getrusage(resource.RUSAGE_SELF)
    processor = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return {
        "seconds": round(time.perf_counter() - before, 2),
        "processor_seconds": round(processor, 2),
        "database_seconds": round(_of_database() - database, 2),
    }


def _of_database() -> float:
    rows = os.environ.get(CLUSTER)
    if not rows:
        return 0.0
    used = 0
    for pid in family(int((Path(rows) / "postmaster.pid").read_text().split()[0])):
        for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):
                used += int(task.read_text().split()[0])
    return used / 1e9


if __name__ == "__main__":
    import django

    django.setup()
    parser = argparse.ArgumentParser()
    steps = {each.__name__: each for each in (prepare, dry_run, switch_on, night, prepare_worst)}
    parser.add_argument("step", choices=list(steps))
    print(json.dumps(steps[parser.parse_args().step]()))
