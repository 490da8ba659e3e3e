"""What is kept of a text so that it can be found, and what a typed query asks for. Plain values in, answer out.

A document is kept as three texts, a line for each entry: its names folded, their initials, its phone numbers. From
these alone follow its grams, the words of the index: pairs of characters, 2-4 letters of initials and of Latin words,
4 digits of a phone anywhere and once more with a mark at its end. A query gives the grams its hits must have, in plans
from the surest on; what the index proposes is checked again against the three texts, so a gram may promise too much
and never too little. Later kinds of match (full pinyin, typing errors, traditional characters) are further grams and
further plans: nothing outside this file knows how a match is made.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from operator import add
from typing import NamedTuple

from genjin.core.search.pinyin import all_initials

LONGEST_NAME = 200
LONGEST_QUERY = 60
SHORTEST_FRAGMENT = 4  # digits of a phone
TAIL_MARK = "z"  # makes the word of five signs that only the end of a phone has

_ASCII_WORD = re.compile(r"[a-z0-9]+")
_PHONE_QUERY = re.compile(r"\+?[0-9][0-9 ()\-.]*")


class Document(NamedTuple):
    """What one row can be found by. `kind` names its source, `pk` is its primary key there."""

    kind: str
    pk: int
    names: tuple[str, ...]
    phones: tuple[str, ...] = ()


class Kept(NamedTuple):
    """A document as the side table keeps it: one line for each entry."""

    names: str
    initials: str
    phones: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Words that a hit must have, all of them."""

    grams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, understood: `terms` must all be found, by `plans` in turn. Without a plan it is too short."""

    text: str
    terms: tuple[str, ...]
    plans: tuple[Plan, ...]

    @property
    def is_too_short(self) -> bool:
        return not self.plans


def fold(text: str) -> str:
    """Letters and digits only, in one width and one case: "Ａ·Ｃ（上海）" is "ac上海".

    >>> fold("ＡBC 恒通（上海）")
    'abc恒通上海'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.casefold()
    return text if text.isalnum() else "".join(filter(str.isalnum, text))


def digits(phone: str) -> str:
    """A number's digits in ASCII, without the country code of a Chinese mobile number."""
    found = "".join(char for char in unicodedata.normalize("NFKC", phone) if "0" <= char <= "9")
    return found[2:] if len(found) == 13 and found.startswith("861") else found


def kept(document: Document) -> Kept:
    """The three texts of a document; an entry that says nothing or says it twice is left out."""
    names = dict.fromkeys(folded for name in document.names if name and (folded := fold(name[:LONGEST_NAME])))
    initials = dict.fromkeys(said for name in names for said in all_initials(name))
    phones = dict.fromkeys(number for phone in document.phones if len(number := digits(phone)) >= SHORTEST_FRAGMENT)
    return Kept("\n".join(names), "\n".join(initials), "\n".join(phones))


def _windows(text: str, width: int) -> Iterable[str]:
    return (text[at : at + width] for at in range(len(text) - width + 1))


def _pairs(name: str) -> list[str]:
    """Neighbouring characters, at least one of them no ASCII sign (those are found as initials)."""
    return [pair for pair in map(add, name, name[1:]) if not pair.isascii()]


def grams(document: Kept) -> set[str]:
    """The words under which the index lists a document. An import calls this for every row: plain loops in C."""
    words: set[str] = set()
    for name in document.names.split("\n"):
        words.update(_pairs(name))
    for said in document.initials.split("\n"):
        twos = list(map(add, said, said[1:]))
        threes = list(map(add, twos, said[2:]))
        words.update(twos, threes, map(add, threes, said[3:]))
    if document.phones:
        for phone in document.phones.split("\n"):
            words.update(_windows(phone, SHORTEST_FRAGMENT))
            words.add(TAIL_MARK + phone[-SHORTEST_FRAGMENT:])
    return words


def _words_of(term: str) -> tuple[str, ...]:
    """The words that every document with this term has."""
    words = dict.fromkeys(_pairs(term))
    for run in _ASCII_WORD.findall(term):
        words.update(dict.fromkeys(_windows(run, min(len(run), 4))) if len(run) > 1 else {})
    return tuple(words)


def parse(text: str) -> Query:
    """Understand what was typed: words of a name, initials, digits of a phone, several of them with spaces between."""
    typed = unicodedata.normalize("NFKC", text[:LONGEST_QUERY]).strip()
    if _PHONE_QUERY.fullmatch(typed) and len(digits(typed)) >= SHORTEST_FRAGMENT:
        terms = [digits(typed)]
    else:
        terms = [folded for part in typed.split() if (folded := fold(part))]
        if not any(map(_words_of, terms)):
            terms = ["".join(terms)] if terms else []
    words = tuple(dict.fromkeys(word for term in terms for word in _words_of(term)))
    if not words:
        return Query(typed, tuple(terms), ())
    tails = tuple(
        TAIL_MARK + term[-SHORTEST_FRAGMENT:] for term in terms if term.isdecimal() and len(term) >= SHORTEST_FRAGMENT
    )
    plans = (Plan(words),) if not tails else (Plan(tails + words), Plan(words))
    return Query(typed, tuple(terms), plans)


def matched_by(query: Query, document: Kept) -> str:
    """How a document answers a query, or "" if it does not.

    "name", "initials", "phone" (the whole number), "phone_tail" or "phone_part"; of several terms the weakest answer.
    """
    answers = [_match_of(term, document) for term in query.terms]
    return "" if "" in answers or not answers else max(answers, key=STRENGTH.__getitem__)


def _match_of(term: str, document: Kept) -> str:
    if term in document.names:
        return "name"
    if not term.isascii():
        return ""
    if len(term) >= SHORTEST_FRAGMENT and term.isdecimal() and term in document.phones:
        numbers = document.phones.split("\n")
        if term in numbers:
            return "phone"
        return "phone_tail" if any(number.endswith(term) for number in numbers) else "phone_part"
    return "initials" if term in document.initials else ""


STRENGTH = {"phone": 0, "name": 1, "phone_tail": 2, "initials": 3, "phone_part": 4}


def rank(query: Query, how: str, document: Kept) -> tuple[int, int, int]:
    """The order of hits, smallest first: a name that is or begins with the term, then the strength of the match."""
    term = query.terms[0]
    text = document.initials if how == "initials" else document.names
    starts = any(line.startswith(term) for line in text.split("\n"))
    is_it = any(line == term for line in text.split("\n"))
    return (0 if is_it else 1 if starts else 2, STRENGTH[how], len(document.names))


def span(shown: str, query: Query) -> tuple[int, int]:
    """Where the first term stands in a name as it is shown, by its characters or its initials; (0, 0) if nowhere."""
    places = [(letter, at) for at, char in enumerate(shown) for letter in fold(char)]
    folded = "".join(letter for letter, _ in places)
    for term in query.terms:
        for text in (folded, *all_initials(folded)):
            start = text.find(term)
            if start >= 0:
                return places[start][1], places[start + len(term) - 1][1] + 1
    return 0, 0
