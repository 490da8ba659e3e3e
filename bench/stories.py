"""What is asked of the server: the pages a day consists of, as a seller, a manager and the owner."""

import itertools
import re
import sys
import uuid
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import quote

from bench.measuring import Browser, Series
from bench.names import PASSWORD

CUSTOMER = re.compile(r'href="/customers/(\d+)/["?]')
NEXT = re.compile(r'<a[^>]*rel="next"[^>]*href="([^"]+)"')
TODAY, OTHERS = 50.0, 60.0  # milliseconds that 95 of 100 answers stay within at 100,000 customers
WARM_UP = 3
FAR = 1000
BOARD = 300.0  # a manager of forty sellers
FREE = 1000.0  # what a combination that no index was made for may take
COMBINED = [
    "province=江苏&industry=物流", "class=4&province=浙江&attempts=4-9", "city=苏州", "kind=person&silent=30",
    "created_from=2026-01-01&created_to=2026-06-30&class=3", "province=上海&sort=name", "q=公司&class=2&sort=touch",
]  # fmt: skip

SEARCHES = {
    "search: a rare name": ["恒通卓", "隆源长", "金辉明", "曾永昌", "星海天", "朗悦润"],
    "search: two characters": ["恒通", "朗悦", "隆源", "金辉", "王伟", "李丽"],
    "search: a word of every second": ["公司", "有限", "有限公司"],
    "search: initials": ["wxht", "cqly", "szjh", "ww", "hzlyzs"],
    "search: end of a phone": ["5521", "0307", "9918", "4410", "7265"],
    "search: nobody": ["没有这家", "qqqqq", "0000000"],
}


def run(address: str, company: dict[str, str], requests: int, processor: Callable[[], float]) -> list[Series]:
    """Every story in turn, one request after the other. `processor` tells the seconds the server has used so far."""
    seller, manager, owner = (Browser(address) for _ in range(3))
    for browser, who in ((seller, "seller"), (manager, "manager"), (owner, "owner")):
        browser.sign_in(company[who], PASSWORD)
    mine = _customers_of(seller, "/customers/")
    later = _pages(owner, "/customers/", 10)
    far = _pages(owner, "/customers/?view=all", FAR)[-10:]
    plan: list[tuple[str, float | None, Browser, Iterator[str]]] = [
        ("today, a seller's", TODAY, seller, itertools.repeat("/today/")),
        ("list: first page, a seller's", OTHERS, seller, itertools.repeat("/customers/")),
        ("list: first page, a manager's", OTHERS, manager, itertools.repeat("/customers/")),
        ("list: first page, the owner's", OTHERS, owner, itertools.repeat("/customers/")),
        ("list: filtered by class", OTHERS, owner, itertools.cycle(_of_classes("/customers/?class="))),
        ("list: overdue", OTHERS, manager, itertools.repeat("/customers/?view=overdue")),
        ("list: sorted by last contact", OTHERS, owner, itertools.repeat("/customers/?sort=touch")),
        ("list: filtered by name", OTHERS, owner, itertools.cycle(_asking("/customers/?q="))),
        ("list: a later page", OTHERS, owner, itertools.cycle(later)),
        *(
            (f"list: {view}, {who}", OTHERS, browser, itertools.repeat(f"/customers/?view={view}"))
            for view in ("today", "none", "silent", "closed")
            for who, browser in (("a manager's", manager), ("the owner's", owner))
        ),
        *(
            (f"list: sorted by {order}", OTHERS, owner, itertools.repeat(f"/customers/?sort={order}"))
            for order in ("name", "due", "planned", "created")
        ),
        ("list: page 1,000", OTHERS, owner, itertools.cycle(far)),
        (
            "list: a free combination",
            FREE,
            owner,
            itertools.cycle(f"/customers/?{quote(asked, safe='=&-')}" for asked in COMBINED),
        ),
        ("list: sorted by due, a manager's", OTHERS, manager, itertools.repeat("/customers/?sort=due")),
        ("pool, a seller's", OTHERS, seller, itertools.repeat("/pool/")),
        ("pool, by last contact", OTHERS, seller, itertools.repeat("/pool/?sort=touch")),
        ("customer page", OTHERS, seller, itertools.cycle(f"/customers/{pk}/" for pk in mine)),
        ("team page", None, manager, itertools.repeat("/team/")),
        ("manager's board", BOARD, manager, itertools.repeat("/insights/")),
    ]
    asked = []
    for name, limit, browser, paths in plan:
        asked.append(_series(name, limit, browser, requests, paths, processor))
    for name, words in SEARCHES.items():
        for browser, whose in ((seller, "a seller"), (owner, "the owner")):
            paths = itertools.cycle(f"/search/?q={quote(word)}" for word in words)
            asked.append(_series(f"{name}, {whose}", OTHERS, browser, requests, paths, processor, fragment=True))
    asked.append(_notes(seller, requests, mine, processor))
    return [one for one in asked if one.times]


def _series(
    name: str,
    limit: float | None,
    browser: Browser,
    requests: int,
    paths: Iterator[str],
    processor: Callable[[], float],
    *,
    fragment: bool = False,
) -> Series:
    series = Series(name, limit)
    before = 0.0
    for nth, path in enumerate(itertools.islice(paths, requests + WARM_UP)):
        if nth == WARM_UP:
            before = processor()
        answer = browser.get(path, fragment=fragment)
        if answer.status == 404 and not nth:
            print(f"{name}: {path} is not there, left out", file=sys.stderr)
            return series
        if answer.status != 200:
            raise SystemExit(f"{name}: {path} answered {answer.status}")
        if nth >= WARM_UP:
            series.times.append(answer.milliseconds)
    series.processor = (processor() - before) * 1000 / requests
    return series


def _customers_of(browser: Browser, path: str) -> list[str]:
    found = list(dict.fromkeys(CUSTOMER.findall(browser.get(path).body)))
    if not found:
        raise SystemExit(f"{path} shows no customer")
    return found


def _pages(browser: Browser, path: str, count: int) -> list[str]:
    """The addresses of the next pages of a list, followed as a reader would."""
    found: list[str] = []
    while len(found) < count:
        following = NEXT.search(browser.get(found[-1] if found else path).body)
        if not following:
            break
        found.append(following[1].replace("&amp;", "&"))
    return found


def _of_classes(start: str) -> list[str]:
    return [f"{start}{code}" for code in ("1", "2", "3k", "3", "4", "0")]


def _asking(start: str) -> list[str]:
    return [f"{start}{quote(word)}" for words in SEARCHES.values() for word in words]


class _Fields(HTMLParser):
    """The fields of the form of one address, with the values the page gave them."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.select, self.fields = action, False, "", dict[str, str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = told.get("action", "").startswith(self.action)
        elif not self.inside:
            return
        elif tag == "option" and self.select and ("selected" in told or self.select not in self.fields):
            self.fields[self.select] = told.get("value", "")
        elif tag == "select":
            self.select = told.get("name", "")
        elif tag in ("input", "textarea") and ("checked" in told or told.get("type") not in ("checkbox", "radio")):
            self.fields[told.get("name", "")] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "form":
            self.inside = False


def _notes(browser: Browser, requests: int, mine: list[str], processor: Callable[[], float]) -> Series:
    """Opening the form of one customer after the other and saving a note in it; only the saving is timed."""
    series, used = Series("saving a note", OTHERS), 0.0
    for nth, pk in enumerate(itertools.islice(itertools.cycle(mine), requests + WARM_UP)):
        path = f"/customers/{pk}/note/"
        form, page = _Fields(path), browser.get(path)
        if page.status == 404:
            print(f"{series.name}: {path} is not there, left out", file=sys.stderr)
            break
        form.feed(page.body)
        typed = {
            **form.fields,
            "key": str(uuid.uuid4()),
            "outcome": "effective",
            "interests": "peers",
            "remarks": "问了同行怎么做，下次带成功案例。",
        }
        before = processor()
        answer = browser.post(path, typed.items())
        used += processor() - before if nth >= WARM_UP else 0
        if answer.status not in (302, 303):
            raise SystemExit(f"saving a note on {path} answered {answer.status}: {answer.body[:2000]}")
        if nth >= WARM_UP:
            series.times.append(answer.milliseconds)
    series.processor = used * 1000 / max(requests, 1)
    return series
