"""Pairs worth comparing, from any number of records in little memory: what is held are numbers, not records."""

from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

from genjin.core.linkage.keys import Record, keys_of
from genjin.core.linkage.schemes import Scheme

INDEX_BITS = 24  # 16.7 million records; the other 40 bits of a number are the key's
BUCKETS = 64


class TooMany(ValueError):
    """More records than one search takes."""


class Blocks(NamedTuple):
    """`pairs`: keys of two records, the lower one first, in order. `passed_over`: how many groups that share a key were
    too large to tell anything (`Scheme.largest_block`), and how many records the largest of them held."""

    pairs: Iterator[tuple[int, int]]
    passed_over: int
    largest: int


def blocks(records: Iterable[tuple[int, Record]], scheme: Scheme) -> Blocks:
    """All pairs of records that share a key. Records come with their primary keys, in ascending order."""
    parts = scheme.key_parts()
    pks = array("Q")
    listed = [array("Q") for _ in parts]
    for pk, record in records:
        index = len(pks)
        if index >> INDEX_BITS:
            raise TooMany(f"a search takes {1 << INDEX_BITS} records")
        pks.append(pk)
        for number, text in keys_of(record, parts):
            listed[number].append(_hashed(text) << INDEX_BITS | index)
    found = [array("Q") for _ in range(BUCKETS)]
    width = max(1, -(-len(pks) // BUCKETS))
    passed_over = largest = 0
    while listed:
        for group in _groups(listed.pop()):
            if len(group) > scheme.largest_block:
                passed_over, largest = passed_over + 1, max(largest, len(group))
                continue
            for at, one in enumerate(group):
                found[one // width].extend(one << INDEX_BITS | other for other in group[at + 1 :])
    return Blocks(_unpacked(found, pks), passed_over, largest)


def _hashed(text: str) -> int:
    """40 bits: of a million records half a pair comes together by chance, and is compared like any other."""
    return int.from_bytes(blake2b(text.encode(), digest_size=5).digest(), "big")


def _groups(entries: array) -> Iterator[list[int]]:
    """Indices, ascending, of those that share a key; alone ones are left out."""
    mask = (1 << INDEX_BITS) - 1
    group: list[int] = []
    last = -1
    for entry in sorted(entries):
        key, index = entry >> INDEX_BITS, entry & mask
        if key != last:
            if len(group) > 1:
                yield group
            group, last = [], key
        if not group or group[-1] != index:
            group.append(index)
    if len(group) > 1:
        yield group


def _unpacked(found: list[array], pks: array) -> Iterator[tuple[int, int]]:
    mask = (1 << INDEX_BITS) - 1
    for bucket in found:
        for pair in sorted(set(bucket)):
            yield pks[pair >> INDEX_BITS], pks[pair & mask]
