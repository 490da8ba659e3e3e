"""The bank's file, imported by the product's own command into the company that stands there."""

import resource
import subprocess
import sys
import time
from pathlib import Path

BANK = Path(__file__).resolve().parents[2] / "shared" / "data" / "bank_marketing" / "bank-full.csv"
LIMIT = 10.0  # seconds


def bank_file(told: dict[str, str]) -> dict | None:
    """Rows and seconds, the start of the process included; None where the file is not beside the checkout."""
    if not BANK.exists():
        print(f"no {BANK.name} beside the checkout: the import is not measured")
        return None
    with BANK.open(encoding="utf-8") as file:
        rows = sum(1 for _ in file) - 1
    begun, used = time.perf_counter(), _processor()
    line = [sys.executable, "-m", "genjin", "import", "customers", str(BANK), "--kind", "person"]
    subprocess.run(line, env=told, check=True, stdout=subprocess.DEVNULL)
    took, used = time.perf_counter() - begun, _processor() - used
    return {"rows": rows, "seconds": round(took, 2), "processor_seconds": round(used, 2), "limit": LIMIT}


def _processor() -> float:
    """Seconds of processor time that ended child processes have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
