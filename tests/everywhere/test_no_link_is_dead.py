"""Whoever is signed in may follow every link that is shown: no 404, no 403, no error."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LINK = re.compile(r'(?:href|hx-get|src)="([^"]+)"')
ENOUGH = 250
# Said once with different figures: following each would walk the same page for ever.
REPEATED = re.compile(r"(?<==)[^&]+")


def links(page: str, base: str) -> set[str]:
    found = set()
    for address in LINK.findall(page):
        parts = urlsplit(urljoin(base, unescape(address)))
        if parts.scheme in ("", "http") and not parts.path.startswith("/static/"):
            found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def shape(address: str) -> str:
    """Addresses that differ in the values of their query only are one page to a walker, numbers in the path are not."""
    path, _, query = address.partition("?")
    return f"{path}?{REPEATED.sub('', query)}"


@pytest.mark.parametrize("who", ["lin", "liang", "fang", "qian", "service", "reader"])
def test_every_link_shown_can_be_followed(who, request, client_of, customer, pooled, zhou, han, south, staff):
    person = staff[who] if who in staff else request.getfixturevalue(who)
    client = client_of(person)
    waiting, seen, dead = ["/"], {shape("/")}, {}
    while waiting and len(seen) < ENOUGH:
        address = waiting.pop(0)
        answer = client.get(address)
        if answer.status_code in (301, 302, 303):
            following = {answer["Location"]}
        elif answer.status_code == 200:
            text = answer.headers["Content-Type"].startswith("text/html")
            following = links(answer.content.decode(), address) if text else set()
        else:
            dead[address] = answer.status_code
            continue
        for link in sorted(following):
            if shape(link) not in seen and not link.startswith("/sign-out"):
                seen.add(shape(link))
                waiting.append(link)
    assert dead == {}
    assert len(seen) > 10


@pytest.fixture
def staff(east_one, headquarters):
    """The two roles that the cast does not have."""
    from genjin.organization.models import Person, Role

    return {
        "service": Person.objects.create(sign_in="xu", name="许念", role=Role.SERVICE, unit=east_one),
        "reader": Person.objects.create(sign_in="su", name="苏雯", role=Role.READER, unit=headquarters),
    }
