"""Contact people of one customer that may be one."""

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

from genjin.core.linkage.keys import Record
from genjin.core.linkage.schemes import Scheme, read_scheme
from genjin.core.linkage.scoring import score
from genjin.core.search.folding import fold
from genjin.customers.models import ContactPerson

COMPARED = 40  # of one customer; more are compared by nobody at a glance, either


@cache
def scheme() -> Scheme:
    """How two contact people are compared."""
    return read_scheme(Path(__file__).with_name("people.yaml").read_text("utf-8"))


def who_may_be_one(people: Sequence[ContactPerson]) -> list[list[ContactPerson]]:
    """Groups of these people, whose phones are read already, each in the order given."""
    records = [_record(person) for person in people[:COMPARED]]
    group = list(range(len(records)))
    for one, other in combinations(range(len(records)), 2):
        if score(scheme(), records[one], records[other]).percent >= scheme().alert:
            low, high = sorted((group[one], group[other]))
            group = [low if each == high else each for each in group]
    found: dict[int, list[ContactPerson]] = {}
    for place, number in enumerate(group):
        found.setdefault(number, []).append(people[place])
    return [each for each in found.values() if len(each) > 1]


def _record(person: ContactPerson) -> Record:
    name = fold(person.name).replace(" ", "")
    return {
        "name": (name,) if name else (),
        "surname": (name[:1] if name and not name.isascii() else fold(person.name).split(" ")[-1],) if name else (),
        "phone": tuple(phone.number for phone in person.phones.all()),
        "address": tuple({fold(one) for one in (person.wechat, person.email) if one}),
    }
