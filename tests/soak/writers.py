"""People who save notes without a pause and send each again until the server has said yes, as a kept draft is."""

import http.client
import json
import random
import threading
import time
import urllib.error
import urllib.request
import uuid

from bench.measuring import Browser
from bench.stories import _Fields
from tests.installations import PATIENCE

SIGN_INS = ("zhouyutong", "linhaoran", "hemuqing", "liangjing")
PASSWORD = "genjin-demo"
AWAY = (OSError, http.client.HTTPException)


class Writers:
    """One thread for each of a few sellers. `acknowledged` are the keys of the notes that were said to be saved."""

    def __init__(self, address: str, customers: dict[str, list[int]]) -> None:
        self.address, self.customers = address, customers
        self.acknowledged: list[str] = []
        self.sent: list[str] = []
        self.refused: list[str] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(who,)) for who in customers]

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _write(self, who: str) -> None:
        chance, browser = random.Random(who), None
        note: tuple[str, dict[str, str]] | None = None
        while not self._stop.is_set():
            try:
                if browser is None:
                    browser = Browser(self.address)
                    browser.sign_in(who, PASSWORD)
                if note is None:
                    note = self._form(browser, chance.choice(self.customers[who]))
                    if note is None:
                        continue
                    self.sent.append(note[1]["key"])
                answer = browser.post(note[0], note[1].items())
            except (*AWAY, SystemExit):
                browser = None  # the server is away: come again, with the same note
                self._stop.wait(0.1)
                continue
            if answer.status in (302, 303) and not answer.location.startswith("/sign-in/"):
                self.acknowledged.append(note[1]["key"])
                note = None
            elif answer.status < 500:
                self.refused.append(f"{answer.status} {answer.location} {answer.body[:300]}")
                note = None
            else:
                self._stop.wait(0.1)

    def _form(self, browser: Browser, pk: int) -> tuple[str, dict[str, str]] | None:
        path = f"/customers/{pk}/note/"
        page = browser.get(path)
        if page.status != 200:
            self._stop.wait(0.1)
            return None
        form = _Fields(path)
        form.feed(page.body)
        form.fields.pop("csrfmiddlewaretoken")  # of a session that may be over when it is sent again: the header has it
        key = str(uuid.uuid4())
        return path, {**form.fields, "key": key, "outcome": "effective", "interests": "peers", "remarks": f"通话 {key}"}


def wait_until_it_serves(address: str, process=None, seconds: float = PATIENCE) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=60) as answer:
                json.load(answer)
            return
        except urllib.error.HTTPError as error:
            if json.load(error).get("database"):
                return
        except OSError:
            pass
        if process is not None and process.poll() is not None:
            raise AssertionError("the server ended by itself")
        time.sleep(0.05)
    raise AssertionError("it does not serve")
