"""Sixteen people at once, each reading what a day consists of, none of them pausing."""

import itertools
import threading
from collections.abc import Callable
from urllib.parse import quote

from bench.measuring import Browser, Series
from bench.names import PASSWORD

CLIENTS = 16
LIMIT = 300.0  # milliseconds that 95 of 100 answers stay within
EACH = 40
PATHS = [
    "/today/",
    "/customers/",
    "/search/?q=" + quote("恒通"),
    "/customers/?view=overdue",
    "/pool/",
    "/search/?q=5521",
]


def run(address: str, sellers: int, processor: Callable[[], float]) -> dict:
    """Every client is another seller and begins at another page. The clients are threads of this process and take 0.6
    ms of a processor for a page, so that they hardly stand in the server's way."""
    people = [Browser(address) for _ in range(min(CLIENTS, sellers))]
    for number, browser in enumerate(people, 1):
        browser.sign_in(f"seller{number}", PASSWORD)
        browser.get("/today/")
    series, lock = Series(f"{len(people)} clients at once", LIMIT), threading.Lock()

    def work(number: int, browser: Browser) -> None:
        for path in itertools.islice(itertools.cycle(PATHS), number, number + EACH):
            answer = browser.get(path, fragment=path.startswith("/search/"))
            with lock:
                series.times.append(answer.milliseconds if answer.status == 200 else 60_000.0)

    threads = [threading.Thread(target=work, args=each) for each in enumerate(people)]
    before = processor()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    series.processor = (processor() - before) * 1000 / len(series.times)
    return series.as_json()
