"""How a Chinese name is read: 重庆 is chong qing, and 单 as a surname is shan.

The readings are those of the pinned package pypinyin, read from its files: importing it costs half a second and 60 MB,
the table made here a small part of that. One syllable for each character, without tones, ü as v; phrases only where one
of their characters is not read as it mostly is.
"""

import json
import unicodedata
from functools import cache
from importlib.util import find_spec
from operator import add
from pathlib import Path
from sys import intern
from typing import NamedTuple

# Surnames whose reading differs from the character's usual one. Of a name that begins with such a character both
# readings are kept: a document does not say which of its names is a person's.
SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "乐": "yue", "翟": "zhai", "覃": "qin",
    "区": "ou", "种": "chong", "折": "she", "召": "shao", "祭": "zhai", "秘": "bi", "晟": "cheng", "繁": "po",
    "厘": "xi", "朴": "piao", "盖": "ge", "缪": "miao", "员": "yun", "黑": "he", "隗": "wei",
}  # fmt: skip

# Characters that names read in two ways and no list can tell which: where no phrase decides, both are kept.
EITHER = {"长": "chang", "行": "hang", "重": "chong", "乐": "yue", "曾": "zeng"}

_EITHER = frozenset(EITHER)
_SECOND_READING = _EITHER | SURNAMES.keys()

# What the lists lack: in names of companies 晟 is read shèng, 厦 in a city's name xià; places and words of such names.
SYLLABLES = {"晟": "sheng", "曾": "ceng"}
PHRASES = {
    "单县": "shan xian", "长隆": "chang long", "长虹": "chang hong", "长安": "chang an", "长盛": "chang sheng",
    "长兴": "chang xing", "长丰": "chang feng", "长宁": "chang ning", "重邮": "chong you", "大重": "da zhong",
}  # fmt: skip


class Readings(NamedTuple):
    """A syllable for each character; the phrases that are read otherwise, and how long by their first two; the pairs in
    which a character of EITHER is read as usual."""

    syllables: dict[str, str]
    phrases: dict[str, list[str]]
    longest: dict[str, int]
    settled: frozenset[str]


class _WithoutTone(dict[str, str]):
    """A syllable with its tone → without: "chóng" → "chong", "lǚ" → "lv"."""

    def __missing__(self, said: str) -> str:
        letters = unicodedata.normalize("NFD", said.lower()).replace("u\N{COMBINING DIAERESIS}", "v")
        self[said] = plain = intern("".join(filter(str.isascii, letters)))
        return plain


def _read(name: str) -> dict[str, str]:
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise RuntimeError("pypinyin is not installed: pip install -e .")
    return json.loads(Path(spec.origin).with_name(name).read_text("utf-8"))


@cache
def readings() -> Readings:
    """The table, made at the first use (some 0.3 s)."""
    plain = _WithoutTone()
    usual = {chr(int(code)): plain[given.partition(",")[0]] for code, given in _read("pinyin_dict.json").items()}
    syllables = usual | SYLLABLES
    phrases = {phrase: said.split() for phrase, said in PHRASES.items()}
    settled = set()
    for phrase, given in _read("phrases_dict.json").items():
        said = [plain[one[0]] for one in given]
        if said != [syllables.get(char, char) for char in phrase]:
            if len(said) == len(phrase):
                phrases.setdefault(phrase, said)
        elif len(phrase) == 2 and not EITHER.keys().isdisjoint(phrase):
            settled.add(phrase)
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[:2]] = max(len(phrase), longest.get(phrase[:2], 0))
    return Readings(syllables, phrases, longest, frozenset(settled))


@cache
def all_syllables() -> frozenset[str]:
    """Every syllable there is."""
    return frozenset(said for said in readings().syllables.values() if said.isalpha() and len(said) < 7)


class Spelled(NamedTuple):
    """Lines of characters, and a syllable for each of them; a line break stands for itself."""

    chars: str
    said: list[str]


def spelled(lines: str) -> Spelled:
    """Names, a line each, as they are read: the usual readings of all, then the other ones of those that have some.

    What is not Chinese is read as it stands. The lines are folded already. A name has a second reading where its first
    character has another one as a surname, and where nothing tells which of two readings is meant.
    """
    syllables, _, longest, _ = readings()
    said = list(map(syllables.get, lines, lines))
    heads = list(map(add, lines, lines[1:]))
    if not longest.keys().isdisjoint(heads):
        _by_phrase(lines, said, heads)
    if _SECOND_READING.isdisjoint(lines):
        return Spelled(lines, said)
    return _with_second_readings(lines, said)


def spell(name: str) -> list[str]:
    """The usual reading of one name.

    >>> spell("重庆ab")
    ['chong', 'qing', 'a', 'b']
    """
    return spelled(name).said[: len(name)]


def _by_phrase(text: str, said: list[str], heads: list[str]) -> None:
    """Put right what phrases decide: the longest one from every place on."""
    phrases, longest = readings().phrases, readings().longest
    at = 0
    for start, head in enumerate(heads):
        if start < at or head not in longest:
            continue
        for length in range(longest[head], 1, -1):
            if found := phrases.get(text[start : start + length]):
                at = start + len(found)
                said[start:at] = found
                break


def _with_second_readings(lines: str, said: list[str]) -> Spelled:
    syllables, _, _, settled = readings()
    chars, start = lines, 0
    for name in lines.split("\n"):
        usual = said[start : start + len(name)]
        others = []
        if SURNAMES.get(name[:1], name) not in (name, usual[0] if usual else ""):
            others.append([SURNAMES[name[0]], *usual[1:]])
        if not _EITHER.isdisjoint(name):
            others.append(
                [
                    EITHER[char]
                    if char in EITHER and one == syllables[char] and settled.isdisjoint(_around(name, at))
                    else one
                    for at, (char, one) in enumerate(zip(name, usual, strict=True))
                ]
            )
        for index, other in enumerate(others):
            if other != usual and other not in others[:index]:
                chars += "\n" + name
                said += ["\n", *other]
        start += len(name) + 1
    return Spelled(chars, said)


def _around(name: str, at: int) -> tuple[str, str]:
    """The two pairs that a character stands in."""
    return name[at - 1 : at + 1] if at else "", name[at : at + 2]


def initials(lines: Spelled) -> str:
    """One letter for every character: 重庆单车abc is cqdcabc."""
    return "".join([one[0] for one in lines.said])
