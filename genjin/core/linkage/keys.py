"""What two records must share to be compared at all, so that a million are not compared with a million.

A part of a key is written `field`, `field:start4` (its first four characters), `field:end4`, `one|other:start4` (of
either field), `name:letters` (its characters in the order of the alphabet: forgives what stands in another order). A
key has one part or several; a record without one of them does not have the key.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import NamedTuple

Record = Mapping[str, tuple[str, ...]]
"""A record's values by field, made comparable (folded, normalised); several where it has several phones."""

_PART = re.compile(r"(?P<fields>\w+(?:\|\w+)*)(?::(?P<cut>start|end|letters)(?P<n>\d*))?")


class KeyPart(NamedTuple):
    fields: tuple[str, ...]
    cut: str
    n: int


@cache
def key_part(written: str) -> KeyPart:
    """Raises ValueError when it is written otherwise than above."""
    found = _PART.fullmatch(written)
    if found is None or bool(found["n"]) != (found["cut"] in ("start", "end")):
        raise ValueError(f"a part of a key is a field, field:start4, field:end4 or field:letters, not {written!r}")
    return KeyPart(tuple(found["fields"].split("|")), found["cut"] or "", int(found["n"] or 0))


def keys_of(record: Record, keys: tuple[tuple[KeyPart, ...], ...]) -> Iterator[tuple[int, str]]:
    """The number of each key that the record has, and its text."""
    for number, parts in enumerate(keys):
        for values in product(*(_cuts(record, part) for part in parts)):
            yield number, "\x1f".join(values)


def _cuts(record: Record, part: KeyPart) -> tuple[str, ...]:
    values = [value for field in part.fields for value in record.get(field, ()) if value]
    if part.cut == "start":
        values = [value[: part.n] for value in values if len(value) >= part.n]
    elif part.cut == "end":
        values = [value[-part.n :] for value in values if len(value) >= part.n]
    elif part.cut == "letters":
        values = ["".join(sorted(value.replace(" ", ""))) for value in values]
    return tuple(dict.fromkeys(values))
