"""What a typed query asks for: terms, and plans by which the index proposes its hits.

Plans are followed from the surest on: as it was typed; as pinyin; and when nobody was found so far, by its sound (a
homophone was typed) and with one mistake (one character wrong, missing, too many, or two neighbours in wrong order).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from genjin.core.search.folding import digits, fold
from genjin.core.search.pinyin import Spelled, initials, spell, spelled
from genjin.core.search.rules import SHORTEST_FRAGMENT, START_MARK, TAIL_MARK, windows
from genjin.core.search.syllables import Piece, beginning_with, cut

LONGEST_QUERY = 60
SHORTEST_MISTYPED = 4  # characters: one wrong of three is another name

_RUNS = re.compile(r"[a-z]+|[0-9]|[^a-z0-9]")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_PHONE_QUERY = re.compile(r"\+?[0-9][0-9 ()\-.]*")

Kind = Literal["typed", "pinyin", "sound", "near"]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Words that a hit must have: all of `words`, and where there are `options` all of one of these.

    `parts` is the same for looking through texts: of each group one must stand in them.
    """

    kind: Kind
    words: Words
    options: tuple[Words, ...] = ()
    parts: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, understood: `terms` must all be found, by `plans` in turn. Without a plan it is too short.

    `spoken` and `sounding` are patterns for spelled lines (`matching.py`), one for each term or None: the term read as
    pinyin, and the term by its sound.
    """

    text: str
    terms: tuple[str, ...]
    plans: tuple[Plan, ...]
    spoken: tuple[re.Pattern[str] | None, ...]
    sounding: tuple[re.Pattern[str] | None, ...]

    @property
    def is_too_short(self) -> bool:
        return not self.plans


def parse(text: str) -> Query:
    """Understand what was typed: parts of names, pinyin, digits of a phone, several of them with spaces between."""
    typed = unicodedata.normalize("NFKC", text[:LONGEST_QUERY]).strip()
    if _PHONE_QUERY.fullmatch(typed) and len(digits(typed)) >= SHORTEST_FRAGMENT:
        terms = [digits(typed)]
    else:
        terms = [folded for part in typed.split() if (folded := fold(part))]
        if len(terms) > 1 and (not any(map(_words_of, terms)) or all(map(_is_one_syllable, terms))):
            terms = ["".join(terms)]
    readings = [_readings(term) for term in terms]
    as_typed = _as_typed(terms)
    known = {one.words for one in as_typed}
    plans = (*as_typed, *(one for one in _as_pinyin(terms, readings) if one.options or one.words not in known))
    if not plans:
        nothing = (None,) * len(terms)
        return Query(typed, tuple(terms), (), nothing, nothing)
    return Query(
        typed,
        tuple(terms),
        (*plans, *_by_sound(terms), *_mistyped(terms)),
        tuple(_pattern([_cells(reading) for reading in ways]) for ways in readings),
        tuple(_pattern(_sounds(term)) for term in terms),
    )


def _words_of(term: str) -> Words:
    """The words that every document with this term has."""
    pairs = [pair for at in range(len(term) - 1) if not (pair := term[at : at + 2]).isascii()]
    runs = [run for run in _ASCII_WORD.findall(term) if len(run) > 1]
    return tuple(dict.fromkeys([*pairs, *(word for run in runs for word in windows(run, min(len(run), 3)))]))


def _is_number(term: str) -> bool:
    return len(term) >= SHORTEST_FRAGMENT and term.isascii() and term.isdecimal()


def _needed(term: str) -> Words:
    return tuple(windows(term, SHORTEST_FRAGMENT)) if _is_number(term) else _words_of(term)


def _is_one_syllable(term: str) -> bool:
    return any(len(way) == 1 and way[0].is_whole for way in cut(term))


def _unique(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    return tuple(dict.fromkeys(plan for plan in plans if plan.words or plan.options))


def _as_typed(terms: list[str]) -> tuple[Plan, ...]:
    """Numbers first at the end of a phone, then anywhere in one, then anywhere in a name."""
    parts = tuple((term,) for term in terms)
    numbers = [term for term in terms if _is_number(term)]
    others = [word for term in terms if not _is_number(term) for word in _words_of(term)]
    inside = [word for term in numbers for word in windows(term, SHORTEST_FRAGMENT)]
    tails = [TAIL_MARK + term[-SHORTEST_FRAGMENT:] for term in numbers]
    threes = [word for term in numbers for word in windows(term, 3)]
    asked = [[*tails, *inside, *others], [*inside, *others], [*threes, *others]]
    return _unique(Plan("typed", tuple(dict.fromkeys(words)), (), parts) for words in asked)


Reading = tuple[str | Piece, ...]


def _readings(term: str) -> list[Reading]:
    """The ways to read a term as characters and pieces of pinyin, where it has letters of pinyin at all."""
    ways: list[Reading] = [()]
    for run in _RUNS.findall(term):
        if not run.isascii() or not run.isalpha():
            ways = [(*way, run) for way in ways]
            continue
        cuts: list[tuple[Piece, ...]] = cut(run) if len(run) > 1 else [(Piece(run, False, True),)]
        ways = [(*way, *pieces) for way in ways for pieces in cuts][: 2 * len(cuts)]
    return [way for way in ways if any(isinstance(cell, Piece) for cell in way)]


def _as_pinyin(terms: list[str], readings: list[list[Reading]]) -> tuple[Plan, ...]:
    """A plan for every way in which a single term can be read; of several terms the likeliest way of each."""
    if not any(readings):
        return ()
    if len(terms) == 1:
        return _unique(_plan_of(reading) for reading in readings[0])
    each = [
        _plan_of(ways[0]) if ways else Plan("pinyin", _needed(term), (), ((term,),))
        for term, ways in zip(terms, readings, strict=True)
    ]
    if len([one for one in each if one.options]) > 1:
        each = [Plan("pinyin", one.words, one.options if at == 0 else (), one.parts) for at, one in enumerate(each)]
    options = next((one.options for one in each if one.options), ())
    words = tuple(dict.fromkeys(word for one in each for word in one.words))
    return _unique([Plan("pinyin", words, options, tuple(group for one in each for group in one.parts))])


def _plan_of(reading: Reading) -> Plan:
    """The words of one reading: pairs of characters and of whole syllables, initials, the first syllable alone."""
    letters = "".join(cell.letters[0] if isinstance(cell, Piece) else " " for cell in reading)
    runs = [run for run in letters.split() if len(run) > 1]
    words = [word for run in runs for word in windows(run, min(len(run), 3))]
    characters = "".join(cell if isinstance(cell, str) else " " for cell in reading).split()
    words += [word for run in characters for word in _words_of(run)]
    options: tuple[Words, ...] = ()
    for one, other in pairwise(reading):
        if isinstance(one, Piece) and isinstance(other, Piece) and one.is_whole and len(other.letters) > 1:
            if not other.is_last:
                words += [one.letters + other.letters] if other.is_whole else []
            else:
                options = tuple((one.letters + said,) for said in beginning_with(other.letters))
    if len(reading) == 1 and isinstance(reading[0], Piece) and len(reading[0].letters) > 1:
        options = tuple((said + START_MARK,) for said in beginning_with(reading[0].letters))
    if not words and not options and len(reading) > 1:  # 恒t: the initial of the character helps
        letters = "".join(cell.letters[0] if isinstance(cell, Piece) else spell(cell)[0][0] for cell in reading)
        words = windows(letters, min(len(letters), 3))
    parts = tuple((part,) for part in (*runs, *characters)) or ((letters,),)
    return Plan("pinyin", tuple(dict.fromkeys(words)), options, parts)


def _cells(reading: Reading) -> list[str]:
    return [
        f" {re.escape(cell)}[^ \\n]*"
        if isinstance(cell, str)
        else f" .{cell.letters}{'' if cell.is_whole and not cell.is_last else '[a-z]*'}"
        for cell in reading
    ]


def _ways(term: str) -> list[list[str]]:
    """The readings of a Chinese term, a list of syllables each."""
    found: list[list[str]] = [[]]
    for said in spelled(term).said:
        if said == "\n":
            found.append([])
        else:
            found[-1].append(said)
    return found


def _is_heard(term: str) -> bool:
    return len(term) > 1 and not any(char.isascii() for char in term)


def _sounds(term: str) -> list[list[str]]:
    return [[f" .{re.escape(said)}(?![a-z])" for said in way] for way in _ways(term)] if _is_heard(term) else []


def _pattern(ways: list[list[str]]) -> re.Pattern[str] | None:
    return re.compile("|".join("".join(cells) for cells in ways)) if ways else None


def _by_sound(terms: list[str]) -> tuple[Plan, ...]:
    """For Chinese terms: what is read alike, a homophone having been typed."""
    if not any(map(_is_heard, terms)):
        return ()
    words: list[str] = []
    options: tuple[Words, ...] = ()
    parts: list[Words] = []
    for term in terms:
        if not _is_heard(term):
            words += _needed(term)
            parts.append((term,))
            continue
        ways = [tuple(map(str.__add__, said, said[1:])) for said in _ways(term)]
        if len(ways) == 1 or options:
            words += ways[0]
        else:
            options = tuple(ways)
        parts.append(tuple(initials(Spelled("", said)) for said in _ways(term)))
    return _unique([Plan("sound", tuple(dict.fromkeys(words)), options, tuple(parts))])


def _mistyped(terms: list[str]) -> tuple[Plan, ...]:
    """One mistake leaves a half of what was typed whole, unless it swapped the two characters in the middle.

    Latin words follow one another in a name, Chinese terms need not. A figure is never taken for another one: number 3
    is not number 8.
    """
    term = "".join(terms)
    if len(term) < SHORTEST_MISTYPED or any(map(str.isdigit, term)) or (len(terms) > 1 and not term.isascii()):
        return ()
    middle = len(term) // 2
    left, right = term[:middle], term[middle:]
    swapped = left[:-1] + right[0] + left[-1] + right[1:]
    options = [_words_of(left), _words_of(right), _words_of(swapped)]
    if len(term) == 5:  # where the halves have one word only
        a_half, another = term[:2], term[3:]
        options = [_words_of(term[2:]), (*_words_of(a_half), *_words_of(another)), _words_of(term[:3]), options[2]]
    return _unique([Plan("near", (), tuple(filter(None, dict.fromkeys(options))), ((left, right, swapped),))])
