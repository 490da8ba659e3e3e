"""Asking the server as one browser would, and what the answers took."""

import http.client
import os
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

IDLE = 5  # seconds after which a server may have hung up
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Answer:
    status: int
    body: str
    location: str
    milliseconds: float


class Browser:
    """One signed-in person with one kept connection. Follows no redirect by itself."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.used = time.monotonic()

    def ask(
        self, method: str, path: str, form: Iterable[tuple[str, str]] | None = None, fragment: bool = False
    ) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fragment:
            headers["HX-Request"] = "true"
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = self.cookies.get("csrftoken", "")
        body = urlencode(list(form)) if form is not None else None
        if time.monotonic() - self.used > IDLE:
            self.connection.close()
        begun = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read()
        took = (time.perf_counter() - begun) * 1000
        self.used = time.monotonic()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return Answer(response.status, text.decode(), response.getheader("Location") or "", took)

    def get(self, path: str, *, fragment: bool = False) -> Answer:
        return self.ask("GET", path, fragment=fragment)

    def post(self, path: str, form: Iterable[tuple[str, str]], *, fragment: bool = False) -> Answer:
        return self.ask("POST", path, form, fragment)

    def sign_in(self, name: str, password: str) -> None:
        page = self.get("/sign-in/")
        token = TOKEN.search(page.body)
        form = [("sign_in", name), ("password", password), ("csrfmiddlewaretoken", token[1] if token else "")]
        answer = self.post("/sign-in/", form)
        if answer.status not in (302, 303):
            raise SystemExit(f"{name} could not sign in: {answer.status}")


@dataclass
class Series:
    """The times of one kind of request in milliseconds, against its limit (95 of 100 requests stay under it).

    `processor` is what one request took of the server's and the database's processor: it grows less on a busy machine.
    """

    name: str
    limit: float | None = None
    times: list[float] = field(default_factory=list)
    processor: float = 0.0

    def at(self, share: float) -> float:
        """The time that this share of the requests stayed within."""
        ordered = sorted(self.times)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]

    @property
    def is_within(self) -> bool:
        return self.limit is None or self.at(0.95) < self.limit

    def as_json(self) -> dict:
        return {
            "name": self.name,
            "requests": len(self.times),
            "p50": round(self.at(0.5), 1),
            "p95": round(self.at(0.95), 1),
            "p99": round(self.at(0.99), 1),
            "max": round(max(self.times), 1),
            "processor": round(self.processor, 1),
            "limit": self.limit,
            "ok": self.is_within,
        }


def rate(times: list[float], failures: list[str], seconds: float, processor: float) -> dict:
    """How many notes a second several threads saved together, from the milliseconds of each; `processor` in seconds."""
    series = Series("notes", times=times).as_json()
    return {
        "notes": len(times),
        "failures": failures,
        "a_second": round(len(times) / seconds, 1),
        **{name: series[name] for name in ("p50", "p99", "max")},
        "processor": round(processor * 1000 / len(times), 2),
        "load": round(os.getloadavg()[0], 1),
    }
