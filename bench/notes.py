"""Many people save notes at once: through the service in one process, then over HTTP.

    python -m bench.notes                                     both databases, 20,000 customers, 8 threads, 8 browsers
    python -m bench.notes --database sqlite --keep /a/folder  build once, measure again and again
    python -m bench.notes --beside-import                     while a list is imported

The browsers ask from this process, on the same processors as the server: the HTTP figure contains them.
"""

import argparse
import contextlib
import json
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

from bench.__main__ import _company, _database, _folder
from bench.measuring import Browser, rate
from bench.names import PASSWORD
from bench.serving import Server, environment
from bench.stories import CUSTOMER, _Fields
from bench.transfers import write_list


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.notes", description=__doc__.partition("\n")[0])
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--sellers", type=int, default=20)
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--held", type=int, default=394)
    parser.add_argument("--over", type=int, default=0, help="customers more for each of the first team")
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--notes", type=int, default=2000)
    parser.add_argument("--keep", type=Path, help="build the SQLite company here once and measure it again later")
    parser.add_argument("--beside-import", action="store_true", help="while a list is imported")
    parser.add_argument("--rows", type=int, default=200_000, help="of that list")
    parser.add_argument("--no-http", action="store_true")
    arguments = parser.parse_args()
    for database in ("sqlite", "postgresql") if arguments.database == "both" else (arguments.database,):
        with _folder(arguments.keep) as folder, _database(database, arguments.keep) as cluster:
            told = environment(folder, cluster.url if cluster else "")
            _company(folder, told, arguments)
            with _beside(told, folder, arguments.rows) if arguments.beside_import else contextlib.nullcontext():
                line = [sys.executable, "-m", "bench.saving", "--threads", str(arguments.threads)]
                done = subprocess.run(
                    [*line, "--notes", str(arguments.notes)], env=told, check=True, stdout=subprocess.PIPE, text=True
                )
                print(f"{database}, service:", _worded(json.loads(done.stdout)), flush=True)
            if not arguments.no_http:
                with Server(told, database_folder=cluster.rows if cluster else None) as server:
                    print(f"{database}, HTTP:", _worded(over_http(server, arguments.threads)), flush=True)


def _worded(figures: dict) -> str:
    return ", ".join(f"{name} {value}" for name, value in figures.items() if value != [])


@contextlib.contextmanager
def _beside(told: dict[str, str], folder: Path, rows: int):
    """A second process that imports a list all the while, beginning before the first note; says how far it came."""
    path = folder / "beside.csv"
    write_list(path, rows)
    pk = _said(told, "begin", str(path))
    process = subprocess.Popen([sys.executable, "-m", "bench.transfers", "carry_out", pk], env=told)
    try:
        while process.poll() is None and _said(told, "done", pk) == "0":
            pass
        begun, already = time.perf_counter(), int(_said(told, "done", pk))
        yield
        seconds, written = time.perf_counter() - begun, int(_said(told, "done", pk)) - already
        ended = "" if process.poll() is None else ", and the import was over before: give it more --rows"
        print(f"beside them {written:,} rows were imported, {written / seconds:,.0f} a second{ended}", flush=True)
    finally:
        process.kill()
        process.wait()


def _said(told: dict[str, str], *line: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bench.transfers", *line], env=told, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


def over_http(server: Server, browsers: int) -> dict:
    """Every browser is a seller with fifty forms open, and sends them one after the other."""
    sellers = [Browser(server.address) for _ in range(browsers)]
    forms: list[list[tuple[str, dict[str, str]]]] = []
    for number, browser in enumerate(sellers, 1):
        browser.sign_in(f"seller{number}", PASSWORD)
        found = list(dict.fromkeys(CUSTOMER.findall(browser.get("/customers/").body)))
        forms.append([_form(browser, pk) for pk in found])
    times: list[float] = []
    failures: list[str] = []
    start = threading.Barrier(browsers + 1)

    def send(browser: Browser, mine: list[tuple[str, dict[str, str]]]) -> None:
        browser.connection.close()
        start.wait()
        for path, fields in mine:
            answer = browser.post(path, fields.items())
            times.append(answer.milliseconds)
            if answer.status not in (302, 303):
                failures.append(f"{answer.status} {path}")

    running = [threading.Thread(target=send, args=pair) for pair in zip(sellers, forms, strict=True)]
    for thread in running:
        thread.start()
    start.wait()
    begun, used = time.perf_counter(), server.processor()
    for thread in running:
        thread.join()
    seconds, used = time.perf_counter() - begun, server.processor() - used
    return rate(times, failures, seconds, used)


def _form(browser: Browser, pk: str) -> tuple[str, dict[str, str]]:
    path = f"/customers/{pk}/note/"
    form = _Fields(path)
    form.feed(browser.get(path).body)
    said = {"key": str(uuid.uuid4()), "outcome": "effective", "interests": "peers", "remarks": "问了同行怎么做。"}
    return path, {**form.fields, **said}


if __name__ == "__main__":
    main()
