"""One run in a process of its own: `python -m simulation.run --out FILE [--variant base] [--set reach=0.4] ...`."""

import argparse
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from simulation.parameters import BASE

FIRST = date(2026, 9, 1)  # a Tuesday; National Day and its make-up days lie within


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--variant", default="base")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sellers", type=int, default=12)
    parser.add_argument("--days", type=int, default=65)
    parser.add_argument("--first", type=date.fromisoformat, default=FIRST)
    parser.add_argument("--week", default="five")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a figure of the model")
    asked = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="genjin-simulation-")
    os.environ |= {"GENJIN_DATA": folder, "DJANGO_SETTINGS_MODULE": "simulation.settings", "DATABASE_URL": ""}
    try:
        import django

        django.setup()
        from genjin.config.preparing import migrate

        migrate()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
        changed = {name: float(value) for name, value in (each.split("=") for each in asked.set)}
        result = simulate(
            asked.variant, seed=asked.seed, sellers=asked.sellers, days=asked.days, first=asked.first, week=asked.week,
            changed=changed,
        )  # fmt: skip
        told = {
            "at": datetime.now(UTC).isoformat(timespec="minutes"),
            "commit": _commit(),
            "load": round(os.getloadavg()[0], 1),
        }
        asked.out.write_text(json.dumps({**told, **result}, ensure_ascii=False))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _commit() -> str:
    """What was run; a + where files differ from it."""
    here = Path(__file__).parent.parent
    asked = ["git", "-C", str(here), "describe", "--always", "--dirty=+", "--exclude=*"]
    try:
        return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def simulate(
    code: str, *, seed: int, sellers: int, days: int, first: date = FIRST, week: str = "five",
    changed: dict[str, float] | None = None, slots: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """So many working days in the empty database at hand; what came of them. `slots`: each seller's own daily number,
    where it is not the playbook's."""
    from genjin.core.calendar.rules import Week
    from simulation.building import build
    from simulation.floor import Floor
    from simulation.records import Recorder
    from simulation.variants import VARIANTS, switched

    variant, given = VARIANTS[code], replace(BASE, **(changed or {}))
    begun, used = time.perf_counter(), time.process_time()
    company = build(variant, given, seed=seed, sellers=sellers, first=first, week=Week(week), slots=slots)
    floor = Floor(company, variant, given, seed=seed)
    recorder, on = Recorder(floor), first
    with switched(variant):
        while floor.day < days:
            tally = floor.live_through(on)
            if tally is not None:
                recorder.look(on, tally)
                print(f"{code} {seed} {on} {tally.attempts}", file=sys.stderr)
            on += timedelta(days=1)
        floor.end(on)
    return {
        "variant": code,
        "seed": seed,
        "sellers": sellers,
        "days": days,
        "first": first.isoformat(),
        "week": week,
        "changed": changed or {},
        "seconds": round(time.perf_counter() - begun, 1),
        "processor_seconds": round(time.process_time() - used, 1),
        **recorder.result(),
    }


if __name__ == "__main__":
    main()
