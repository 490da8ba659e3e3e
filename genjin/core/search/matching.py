"""Whether a document answers a query, how, and how well. The last word after what the index proposed."""

import re
from operator import add
from typing import NamedTuple

from genjin.core.search.folding import fold
from genjin.core.search.pinyin import initials, spelled
from genjin.core.search.queries import SHORTEST_MISTYPED, Kind, Query
from genjin.core.search.rules import SHORTEST_FRAGMENT, Kept

# How sure each kind of answer is; of several terms the weakest counts.
STRENGTH = {
    "phone": 0, "name": 1, "address": 2, "phone_tail": 3, "initials": 4, "pinyin": 5, "phone_part": 6,
    "address_part": 7, "sound": 8, "near": 9,
}  # fmt: skip

WHOLE, START, INSIDE = 0, 1, 2


class Match(NamedTuple):
    """How a document answers: the weakest kind of answer to a term; whether the first term is all of an entry, its
    beginning, or in it; and the kinds of all terms."""

    how: str
    place: int
    ways: tuple[str, ...]


def matched_by(query: Query, document: Kept, kind: Kind = "typed") -> str:
    """How a document answers a query, or "" if it does not.

    "name", "initials", "pinyin", "phone" (the whole number), "phone_tail", "phone_part", "address" (a whole WeChat or
    e-mail), "address_part"; for the plans that forgive also "sound" and "near".
    """
    match = match_of(query, document, kind)
    return match.how if match else ""


def match_of(query: Query, document: Kept, kind: Kind = "typed") -> Match | None:
    """The weakest answer to the terms, with the place of the first."""
    if kind == "near":
        return Match("near", INSIDE, ("near",)) if _is_near("".join(query.terms), document.names) else None
    ways, first = [], INSIDE
    for at in range(len(query.terms)):
        answer = _answer_to_term(query, at, document, by_sound=kind == "sound")
        if answer is None:
            return None
        ways.append(answer[0])
        first = first if at else answer[1]
    return Match(max(ways, key=STRENGTH.__getitem__), first, tuple(ways)) if ways else None


def rank(match: Match, document: Kept) -> tuple[int, int, int]:
    """The order of hits, smallest first: a name that is or begins with the term, then the strength, then the length."""
    return match.place, STRENGTH[match.how], len(document.names)


def _answer_to_term(query: Query, at: int, document: Kept, *, by_sound: bool) -> tuple[str, int] | None:
    term = query.terms[at]
    if term in document.names:
        return "name", _place(term, document.names)
    if term.isascii():
        if len(term) >= SHORTEST_FRAGMENT and term.isdecimal() and term in document.phones:
            return _of_phone(term, document.phones.split("\n"))
        if term in document.initials:
            return "initials", _place(term, document.initials)
        if len(term) > 2 and term in document.addresses:
            is_whole = term in document.addresses.split("\n")
            return "address" if is_whole else "address_part", _place(term, document.addresses)
    if (spoken := query.spoken[at]) and (found := spoken.search(cells(document.names))):
        return "pinyin", _place_in_cells(found)
    if by_sound and (sounding := query.sounding[at]) and (found := sounding.search(cells(document.names))):
        return "sound", _place_in_cells(found)
    return None


def _of_phone(term: str, numbers: list[str]) -> tuple[str, int]:
    if term in numbers:
        return "phone", WHOLE
    return "phone_tail" if any(number.endswith(term) for number in numbers) else "phone_part", INSIDE


def _place(term: str, lines: str) -> int:
    if lines.startswith(term) or f"\n{term}" in lines:
        return WHOLE if term in lines.split("\n") else START
    return INSIDE


def _place_in_cells(found: re.Match[str]) -> int:
    start = found.start()
    if start and found.string[start - 1] != "\n":
        return INSIDE
    return WHOLE if found.string[found.end() : found.end() + 1] in ("", "\n") else START


def cells(names: str) -> str:
    """Names with each character's reading behind it, a space before each: " 重chong 庆qing"."""
    ways = spelled(names)
    return "".join(map(add, map(" ".__add__, ways.chars), ways.said)).replace(" \n\n", "\n")


def _is_near(term: str, names: str) -> bool:
    """Whether some part of a name is the term but for one mistake."""
    if len(term) < SHORTEST_MISTYPED:
        return False
    middle = len(term) // 2
    left, right = term[:middle], term[middle:]
    if left[:-1] + right[0] + left[-1] + right[1:] in names:
        return True
    for line in names.split("\n"):
        start = line.find(left)
        while start >= 0:
            if _begins_nearly(line[start + middle :], right):
                return True
            start = line.find(left, start + 1)
        start = line.find(right)
        while start >= 0:
            if _begins_nearly(line[:start][::-1], left[::-1]):
                return True
            start = line.find(right, start + 1)
    return False


def _begins_nearly(text: str, term: str) -> bool:
    """Whether a text begins with the term but for one mistake in it."""
    if text.startswith(term):
        return True
    at = next((at for at, pair in enumerate(zip(text, term, strict=False)) if pair[0] != pair[1]), len(text))
    wrong = text[at + 1 :].startswith(term[at + 1 :]) and at < len(text)
    missing = text[at + 1 :].startswith(term[at:])
    too_many = text[at:].startswith(term[at + 1 :])
    swapped = text[at:].startswith(term[at : at + 2][::-1] + term[at + 2 :]) and at + 1 < len(term)
    return wrong or missing or too_many or swapped


def span(shown: str, query: Query) -> tuple[int, int]:
    """Where the first term stands in a name as it is shown, by its characters or its pinyin; (0, 0) if nowhere."""
    places = [(letter, at) for at, char in enumerate(shown) for letter in fold(char)]
    folded = "".join(letter for letter, _ in places)
    if not folded:
        return 0, 0
    for at, term in enumerate(query.terms):
        for text in (folded, *initials(spelled(folded)).split("\n")):
            start = text.find(term)
            if start >= 0:
                return places[start][1], places[start + len(term) - 1][1] + 1
        for pattern in (query.spoken[at], query.sounding[at]) if query.plans else ():
            if pattern and (found := pattern.search(cells(folded))):
                start = found.string[: found.start()].rpartition("\n")[2].count(" ")
                return places[start][1], places[start + found[0].count(" ") - 1][1] + 1
    return 0, 0
