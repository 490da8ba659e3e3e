"""A flood at a capture form: 5,000 submissions offered within ten seconds to the real server, at a steady pace.

    python -m bench.capture                          both databases
    python -m bench.capture --database sqlite --offered 5000 --seconds 10

Every submission is another person on a connection of its own, sent at its moment whether or not the ones before were
answered. An answer is "taken" (303: it stands in the database) or "asked to come back" (503 with Retry-After, the text
kept in the form); anything else is a fault. Afterwards every one that was acknowledged is looked for in the database.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.serving import Server, environment
from tests.databases import Cluster

ORIGIN = "https://www.example.com"
PATIENCE = 60.0  # seconds that a client waits


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.capture", description="A flood at a capture form.")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--offered", type=int, default=5000)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("step", nargs="?", choices=["prepare", "find"], help="inside the server's environment")
    asked = parser.parse_args()
    if asked.step:
        return _inside(asked.step)
    is_true = True
    for database in ("sqlite", "postgresql") if asked.database == "both" else (asked.database,):
        result = measure(database, asked.offered, asked.seconds)
        print(json.dumps(result, ensure_ascii=False))
        is_true &= not result["lost"] and not result["other"]
    return 0 if is_true else 1


def measure(database: str, offered: int, seconds: float) -> dict:
    """Start a server on an empty database and offer it so much."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = stack.enter_context(_cluster()) if database == "postgresql" else None
        told = environment(folder, cluster.url if cluster else "")
        subprocess.run([sys.executable, "-m", "genjin", "migrate"], env=told, check=True, stdout=subprocess.DEVNULL)
        slug = _ask(told, "prepare")
        with Server(told, database_folder=cluster.rows if cluster else None) as server:
            before = server.processor()
            answers = asyncio.run(_offer(server.port, slug, offered, seconds))
            used = server.processor() - before
        kept = set(_ask(told, "find").split())
    return {
        "database": database,
        "offered": offered,
        "load": round(os.getloadavg()[0], 1),
        **told_of(answers, kept, used),
    }


@contextmanager
def _cluster() -> Iterator[Cluster]:
    """PostgreSQL that waits for the disk, as a real one does."""
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="genjin-pg-", dir="/tmp")))
    cluster.start(safely=True)
    try:
        yield cluster
    finally:
        cluster.stop()


def told_of(answers: list[tuple[str, int, float, float]], kept: set[str], used: float) -> dict:
    """The figures: how many were taken, a second and how quickly; how many were asked to come back; what was lost."""
    statuses = Counter(status for _phone, status, _took, _at in answers)
    taken = [each for each in answers if each[1] == 303]
    took = sorted(each[2] for each in taken) or [0.0]
    until = max((each[3] for each in taken), default=1.0)
    return {
        "taken": len(taken),
        "asked_back": statuses[503],
        "other": sum(statuses.values()) - len(taken) - statuses[503],
        "lost": len({each[0] for each in taken} - kept),
        "a_second": round(len(taken) / until),
        "p50_ms": round(took[len(took) // 2] * 1000),
        "p99_ms": round(took[int(len(took) * 0.99)] * 1000),
        "until_s": round(until, 1),
        "processor_s": round(used, 1),
    }


async def _offer(port: int, slug: str, offered: int, seconds: float) -> list[tuple[str, int, float, float]]:
    """(phone, status, seconds it took, seconds from the beginning until it was answered) of each."""
    begun = time.perf_counter()

    async def one(number: int) -> tuple[str, int, float, float]:
        phone = f"139{number:08d}"
        await asyncio.sleep(max(begun + number * seconds / offered - time.perf_counter(), 0))
        sent = time.perf_counter()
        try:
            status = await asyncio.wait_for(_post(port, slug, phone, number), PATIENCE)
        except (OSError, TimeoutError, ValueError, IndexError):
            status = 0
        now = time.perf_counter()
        return phone, status, now - sent, now - begun

    return await asyncio.gather(*(one(number) for number in range(offered)))


async def _post(port: int, slug: str, phone: str, number: int) -> int:
    body = urlencode({"person_name": f"访客{number}", "phone": phone, "wants": "想了解报价"}).encode()
    head = (
        f"POST /f/{slug}/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {ORIGIN}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(head.encode() + body)
        answer = await reader.read()
    finally:
        writer.close()
    status = int(answer.split(b" ", 2)[1])
    kept_its_text = phone.encode() in answer and b"retry-after" in answer.lower()
    return status if status != 503 or kept_its_text else 0


def _ask(told: dict[str, str], step: str) -> str:
    line = [sys.executable, "-m", "bench.capture", step]
    return subprocess.run(line, env=told, check=True, capture_output=True, text=True).stdout.strip()


def _inside(step: str) -> int:
    import django

    django.setup()
    from django.utils import timezone

    from genjin.leads.capture.rules import Asked
    from genjin.leads.capture.services import Composed, make_form
    from genjin.leads.models import Arrival
    from genjin.organization.services.first_run import first_owner

    if step == "find":
        print("\n".join(given["phone"] for given in Arrival.objects.values_list("given", flat=True)))
        return 0
    now = timezone.now()
    owner = first_owner(
        today=timezone.localdate(),
        company="梁溪云",
        name="钱立群",
        sign_in="qian",
        password="a horse walks on the Bund",
        at=now,
    )
    asked = [Asked("person_name"), Asked("phone", is_required=True), Asked("wants")]
    flood = Composed(
        unit=owner.unit, name="洪峰", title="洪峰", fields=asked, origins=[ORIGIN], most_by_address=100_000
    )  # one machine stands for all
    print(make_form(flood, by=owner, at=now).slug)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
