"""`make simulate`: lives through the floor in several variants, one run after the other, and writes what came of it.

    python -m simulation                     two sellers, one seed: the floor, and each mechanism taken away
    python -m simulation --sellers 12        the floor as large as the issue wants it
    python -m simulation --seeds 1 2 3       several seeds
    python -m simulation --sensitivity       the main figures of the model at both bounds, too
    python -m simulation --light             a floor that holds half as much, too
    python -m simulation --all               twelve sellers, three seeds, everything
    python -m simulation --write             besides simulation/out/REPORT.md write simulation/REPORT.md and its charts
    python -m simulation --report            only the report, of the runs that are there
    python -m simulation --parameters        only the table of MODEL.md, from parameters.py

A run that is there already, of the same variant, seed, size and figures, is not done again: remove simulation/out.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from simulation.parameters import MAIN, as_table, bounds
from simulation.report import LIGHT, read, write

HERE = Path(__file__).parent
OUT = HERE / "out"
MODEL = HERE / "MODEL.md"
CODES = ("base", "overdue", "random", "unlevelled", "kept", "once", "stubborn", "fixed", "ripe")


def main() -> int:
    asked = _arguments()
    if asked.parameters:
        write_parameters()
        return 0
    if asked.all:
        asked.sellers, asked.seeds, asked.sensitivity, asked.light = 12, [1, 2, 3], True, True
    OUT.mkdir(exist_ok=True)
    if not asked.report:
        for run in _runs(asked):
            _live_through(run)
    results = read(OUT)
    if not results:
        print("no run is there yet", file=sys.stderr)
        return 1
    write(results, OUT)
    if asked.write:
        write(results, HERE)
    print((OUT / "REPORT.md").read_text())
    return 1 if any(each["untrue"] for each in results) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulation", description="Three months of a telesales floor.")
    parser.add_argument("--sellers", type=int, default=2)
    parser.add_argument("--days", type=int, default=65)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--variants", nargs="+", choices=CODES, default=CODES)
    for name in ("sensitivity", "light", "all", "write", "report", "parameters"):
        parser.add_argument(f"--{name}", action="store_true")
    return parser.parse_args()


def _runs(asked: argparse.Namespace) -> Iterator[list[str]]:
    """The arguments of each run, the most telling first."""
    size = ["--sellers", str(asked.sellers), "--days", str(asked.days)]
    for seed in asked.seeds:
        for code in asked.variants:
            yield [*size, "--seed", str(seed), "--variant", code]
    if asked.light:
        half = [part for name, value in LIGHT.items() for part in ("--set", f"{name}={value:g}")]
        for code in asked.variants:
            yield [*size, "--seed", str(asked.seeds[0]), "--variant", code, *half]
    if asked.sensitivity:
        known = {name: (low, high) for name, low, high in bounds()}
        for name in MAIN:
            for value in known[name]:
                yield [*size, "--seed", str(asked.seeds[0]), "--variant", "base", "--set", f"{name}={value:g}"]


def _live_through(run: list[str]) -> None:
    name = "-".join(re.sub(r"[^a-z0-9.=_]", "", part) for part in run if not part.startswith("--"))
    path = OUT / f"{name}.json"
    if path.exists():
        return
    print(name, file=sys.stderr)
    subprocess.run([sys.executable, "-m", "simulation.run", "--out", str(path), *run], check=True)


def write_parameters() -> None:
    table = f"<!-- table -->\n{as_table()}\n<!-- end -->"
    MODEL.write_text(re.sub(r"<!-- table -->.*?<!-- end -->", lambda _match: table, MODEL.read_text(), flags=re.S))


if __name__ == "__main__":
    sys.exit(main())
