"""How well people that are there twice are found: precision and recall on people whose true pairs are known.

    python -m bench.linkage ../shared/data/febrl/dataset1.csv ../shared/data/febrl/dataset2.csv

The files are those of febrl (Freely extensible biomedical record linkage; Christen, Churches 2005): made-up people with
mistakes as people make them, `rec_id` naming whom a record is of. Nothing here knows their fields but `febrl.yaml`.
"""

import argparse
import csv
import json
import sys
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

from genjin.core.linkage.blocking import blocks
from genjin.core.linkage.keys import Record
from genjin.core.linkage.schemes import Scheme, read_scheme
from genjin.core.linkage.scoring import score

SCHEME = Path(__file__).with_name("febrl.yaml")
SURE = (50, 80, 95)  # percent from which a pair counts as found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.linkage", description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    scheme = read_scheme(SCHEME.read_text("utf-8"))
    for path in parser.parse_args().files:
        print(path.name, json.dumps(measure(path, scheme)))
    return 0


def measure(path: Path, scheme: Scheme) -> dict[str, Any]:
    """Precision and recall by the chance from which on a pair counts, and what it took."""
    records, true = read(path, scheme)
    at = time.process_time()
    candidates = list(blocks(enumerate(records), scheme).pairs)
    percent = {pair: score(scheme, records[pair[0]], records[pair[1]]).percent for pair in candidates}
    seconds = time.process_time() - at
    return {
        "records": len(records),
        "true_pairs": len(true),
        "compared": len(candidates),
        "processor_seconds": round(seconds, 2),
        "found": {
            sure: quality({pair for pair in candidates if percent[pair] >= sure}, true)
            for sure in sorted({*SURE, scheme.alert})
        },
    }


def read(path: Path, scheme: Scheme) -> tuple[list[Record], set[tuple[int, int]]]:
    """The records, and the pairs (lower index first) that are of one person."""
    records: list[Record] = []
    same: dict[str, list[int]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            same[row["rec_id"].split("-")[1]].append(len(records))
            records.append({field: (row[field].strip(),) if row[field].strip() else () for field in scheme.fields})
    return records, {pair for group in same.values() for pair in combinations(group, 2)}


def quality(found: set[tuple[int, int]], true: set[tuple[int, int]]) -> dict[str, float]:
    right = len(found & true)
    return {"precision": round(right / len(found), 4) if found else 0.0, "recall": round(right / len(true), 4)}


if __name__ == "__main__":
    sys.exit(main())
