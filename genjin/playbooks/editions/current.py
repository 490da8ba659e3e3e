"""The playbooks as the company has them now: the shipped file, or the newest version kept in the database.

Several processes serve one company. Each asks once per request or job which version is the newest (one small question,
often part of another one), and keeps what it has read for as long as that stays the answer.
"""

import threading
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet

from genjin.core.statements import Statement
from genjin.playbooks.editions.models import Edition
from genjin.playbooks.schema import Playbook, converted, shipped
from genjin.playbooks.variant import Variant
from genjin.playbooks.words import Words

# The newest row of all: its key and moment. Rows are only added, so any change shows here. (A key alone could come
# again after a transaction that was rolled back.)
Stamp = tuple[int, datetime] | None
NEWEST = Edition.objects.order_by("-pk")

_known = threading.local()


@Statement
def _newest() -> QuerySet:
    return Edition.objects.order_by("-pk").values_list("pk", "made_at")[:1]


def stamp() -> Stamp:
    """Which state of the playbooks this request or job works by."""
    if not hasattr(_known, "stamp"):
        know(next(iter(_newest()), None))
    return _known.stamp


def know(found: Stamp) -> None:
    """The newest row as another question has told it."""
    _known.stamp = found


def ask_again(**_sent: Any) -> None:
    """A request or a job begins: what was known before it may have passed."""
    if hasattr(_known, "stamp"):
        del _known.stamp


def forget() -> None:
    """Drop everything that was read: for a database that was exchanged under a running process."""
    ask_again()
    _read.cache_clear()
    _variant.cache_clear()
    _older_words.cache_clear()


class Current(dict[str, Playbook]):
    """The playbooks by code, with the number of the version that each of them is."""

    numbers: Mapping[str, int] = MappingProxyType({})


def current() -> Current:
    """Every playbook as it counts now."""
    return _read(stamp())


def number_of(playbook: str) -> int:
    """The current version: 0 is the shipped file."""
    return current().numbers.get(playbook, 0)


@lru_cache(maxsize=2)
def _read(at: Stamp) -> Current:
    found = Current(shipped())
    if at is None:
        return found
    newest: dict[str, Edition] = {}
    for edition in Edition.objects.filter(pk__lte=at[0]).order_by("pk").defer("content"):
        newest[edition.playbook] = edition
    contents = dict(Edition.objects.filter(pk__in=[each.pk for each in newest.values()]).values_list("pk", "content"))
    for code, edition in newest.items():
        if code in found and contents[edition.pk] is not None:
            found[code] = converted(contents[edition.pk], f"{code} {edition.number}")
    found.numbers = MappingProxyType({code: edition.number for code, edition in newest.items()})
    return found


def variant(playbook: str, size: str = "", rhythm: str = "") -> Variant:
    """The current version of a playbook in a number set and rhythm: one object for as long as it stays current.

    An unknown name is a KeyError.
    """
    return _variant(stamp(), playbook, size, rhythm)


@lru_cache(maxsize=64)
def _variant(at: Stamp, playbook: str, size: str, rhythm: str) -> Variant:
    return _read(at)[playbook].resolved(size, rhythm)


def word_of(playbook: str, part: str, code: str) -> Words | None:
    """What a class (`classes`), a condition (`conditions`) or a chip (`chips.interests`) is or once was called.

    Notes and history keep codes: they stay readable when a later version has them no more.
    """
    source = current().get(playbook)
    for each in _part(source, part) if source else ():
        if each.code == code:
            return each if isinstance(each, Words) else getattr(each, "words", None) or each.name
    return _older_words(stamp()).get((playbook, part, code))


def _part(playbook: Playbook, part: str) -> tuple[Any, ...]:
    group, _dot, kind = part.partition(".")
    found = getattr(playbook, group)
    return getattr(found, kind) if kind else found


@lru_cache(maxsize=2)
def _older_words(at: Stamp) -> dict[tuple[str, str, str], Words]:
    """The words of everything that any version had, the shipped one included; the newest word of each."""
    from genjin.playbooks.editions.canonical import as_plain

    found: dict[tuple[str, str, str], Words] = {}
    versions: list[tuple[str, Any]] = [(code, as_plain(book)) for code, book in shipped().items()]
    if at is not None:
        kept = Edition.objects.filter(pk__lte=at[0], content__isnull=False).order_by("pk")
        versions.extend(kept.values_list("playbook", "content"))
    for code, raw in versions:
        groups = {"classes": raw["classes"], "conditions": raw.get("conditions", ())}
        groups |= {f"chips.{kind}": chips for kind, chips in raw["chips"].items()}
        for part, entries in groups.items():
            for entry in entries:
                words = entry.get("words") or entry.get("name") or entry
                found[code, part, entry["code"]] = Words(zh=words["zh"], en=words["en"])
    return found
