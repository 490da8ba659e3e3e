"""What is kept of a row so that it can be found. Plain values in, answer out.

A document is kept as four texts, a line for each entry: its names folded, their initials, its phone numbers, its
addresses (WeChat, e-mail). From these alone follow its grams, the words of the index:

- pairs of neighbouring characters, for any part of a name;
- two and three letters of initials and of Latin words;
- two syllables of pinyin, and the first syllable of a name with a mark;
- four digits of a phone anywhere, and once more with a mark at its end; three letters of an address.

`queries.py` says which of them a query's hits must have; what the index proposes is checked again against the texts
(`matching.py`), so a gram may promise too much and never too little.
"""

from collections.abc import Iterable
from operator import add
from typing import NamedTuple

from genjin.core.search.folding import digits, fold
from genjin.core.search.pinyin import Spelled, initials, spelled

LONGEST_NAME = 200
SHORTEST_FRAGMENT = 4  # digits of a phone
TAIL_MARK = "z"  # makes the word of five signs that only the end of a phone has
START_MARK = "1"  # makes the word that only the first syllable of a name has


class Document(NamedTuple):
    """What one row can be found by. `kind` names its source, `pk` is its primary key there."""

    kind: str
    pk: int
    names: tuple[str, ...]
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class Kept(NamedTuple):
    """A document as the side table keeps it: one line for each entry."""

    names: str
    initials: str
    phones: str
    addresses: str = ""


class Listed(NamedTuple):
    """A document's texts and the words under which the index lists it; one may stand there twice."""

    texts: Kept
    words: list[str]


# What is written for a document: its kind, its texts, its words as the database takes them. Plain tuples, which go from
# one process to another in a tenth of the time.
Ready = tuple[str, tuple[str, ...], str]


def listed(document: Document) -> Listed:
    """What is written for a document; an entry that says nothing or says it twice is left out.

    An import calls this for every row: all names are one text, and the loops are those of C.
    """
    phones = [number for phone in document.phones if len(number := digits(phone)) >= SHORTEST_FRAGMENT]
    return listed_lines(
        _entries(document.names),
        "\n".join(dict.fromkeys(phones) if len(phones) > 1 else phones),
        _entries(document.addresses) if document.addresses else "",
    )


def listed_lines(names: str, phones: str, addresses: str) -> Listed:
    """The same from texts that are folded already."""
    ways = spelled(names)
    texts = Kept(names, initials(ways), phones, addresses)
    return Listed(texts, _words(texts, ways))


def _entries(texts: Iterable[str]) -> str:
    found: list[str] = []
    for text in texts:
        if text and (folded := fold(text[:LONGEST_NAME])) and folded not in found:
            found.append(folded)
    return "\n".join(found)


def kept(document: Document) -> Kept:
    """The texts of a document."""
    return listed(document).texts


def grams(document: Kept) -> set[str]:
    """The words under which the index lists a document, from its texts."""
    return set(_words(document, spelled(document.names)))


def _words(texts: Kept, ways: Spelled) -> list[str]:
    """All lines are one text, and what crosses their ends is cut out again: that is quicker than line by line."""
    names, letters, said = texts.names, texts.initials, ways.said
    words = list(map(add, names, names[1:]))
    twos = list(map(add, letters, letters[1:]))
    threes = list(map(add, twos, letters[2:]))
    syllables = list(map(add, said, said[1:]))
    at = names.rfind("\n")
    while at >= 0:
        del words[at - 1 : at + 1]
        at = names.rfind("\n", 0, at)
    at, upto = letters.rfind("\n"), len(letters)
    while at >= 0:
        syllables.append(said[at + 1] + START_MARK)
        del syllables[at - 1 : at + 1], twos[at - 1 : at + 1], threes[max(at - 2, 0) : min(at + 1, upto)]
        upto = max(at - 2, 0)
        at = letters.rfind("\n", 0, at)
    words += syllables
    words += twos
    words += threes
    if said:
        words.append(said[0] + START_MARK)
    if texts.phones:
        for phone in texts.phones.split("\n"):
            words += windows(phone, SHORTEST_FRAGMENT)
            words.append(TAIL_MARK + phone[-SHORTEST_FRAGMENT:])
    if texts.addresses:
        for address in texts.addresses.split("\n"):
            words += windows(address, 3)
    return words


def windows(text: str, width: int) -> list[str]:
    """Every part of a text of this width."""
    return [text[at : at + width] for at in range(len(text) - width + 1)]
