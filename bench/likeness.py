"""How good an estimate by likeness is: learned from the first two thirds of a bank's campaigns, measured on the last.

    python -m bench.likeness ../shared/data/bank_marketing/bank-full.csv

The file is in the order of time (Moro et al. 2011). Nothing here knows its columns but `likeness.yaml`; the code is the
product's own.
"""

import argparse
import csv
import json
import sys
import time
from pathlib import Path
from typing import Any

from genjin.core.likeness.scheme import read_scheme
from genjin.core.likeness.training import measure

SCHEME = Path(__file__).with_name("likeness.yaml")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.likeness", description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    print(json.dumps(result(parser.parse_args().file)))
    return 0


def result(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    began, processor = time.perf_counter(), time.process_time()
    quality = measure(rows, [row["y"] == "yes" for row in rows], read_scheme(SCHEME.read_text("utf-8")))
    spent = {"seconds": time.perf_counter() - began, "processor_seconds": time.process_time() - processor}
    return quality.as_json() | {name: round(value, 1) for name, value in spent.items()}


if __name__ == "__main__":
    sys.exit(main())
