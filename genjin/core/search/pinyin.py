"""The initials of a Chinese name as a reader would say it: 重庆 is cq and 单 as a surname is s.

The readings are those of the pinned package pypinyin, read from its files: importing it costs half a second and 60 MB,
the table made here a small part of that. One letter for each character, and phrases only where one of their
characters is not read as it mostly is.
"""

import json
import unicodedata
from functools import cache
from importlib.util import find_spec
from operator import add
from pathlib import Path
from typing import NamedTuple

# Surnames whose reading differs from the character's usual one. Of a name that begins with such a character both
# readings are kept: a document does not say which of its names is a person's.
SURNAMES = {
    "单": "s", "曾": "z", "解": "x", "仇": "q", "查": "z", "乐": "y", "翟": "z", "覃": "q", "区": "o", "种": "c",
    "折": "s", "召": "s", "祭": "z", "秘": "b", "晟": "c", "繁": "p", "厘": "x",
}  # fmt: skip

# What the lists lack: in names of companies 晟 is read shèng; places and words of company names.
LETTERS = {ord("晟"): "s"}
PHRASES = {
    "单县": "sx", "长隆": "cl", "长虹": "ch", "长安": "ca", "长盛": "cs", "长兴": "cx", "长丰": "cf", "长宁": "cn",
    "重邮": "cy", "大重": "dz",
}  # fmt: skip


class Readings(NamedTuple):
    """A letter for each character, the phrases that are read otherwise, and how long by their first two."""

    letters: dict[int, str]
    phrases: dict[str, str]
    longest: dict[str, int]


class _FirstLetters(dict[str, str]):
    """A letter with its tone → the letter: "ā" → "a"."""

    def __missing__(self, letter: str) -> str:
        self[letter] = plain = unicodedata.normalize("NFD", letter)[0].lower()
        return plain


def _read(name: str) -> dict[str, str]:
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise RuntimeError("pypinyin is not installed: pip install -e .")
    return json.loads(Path(spec.origin).with_name(name).read_text("utf-8"))


@cache
def readings() -> Readings:
    """The table, made at the first use (some 0.2 s)."""
    first = _FirstLetters()
    letters = {int(code): first[given[0]] for code, given in _read("pinyin_dict.json").items()} | LETTERS
    phrases = dict(PHRASES)
    for phrase, given in _read("phrases_dict.json").items():
        said = "".join([first[one[0][0]] for one in given])
        if len(said) == len(phrase) and said != phrase.translate(letters):
            phrases.setdefault(phrase, said)
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[:2]] = max(len(phrase), longest.get(phrase[:2], 0))
    return Readings(letters, phrases, longest)


def initials(text: str) -> str:
    """One letter for every character, what is not Chinese as it stands; `text` is folded already.

    >>> initials("重庆单车abc")
    'cqdcabc'
    """
    letters, phrases, longest = readings()
    said = text.translate(letters)
    heads = list(map(add, text, text[1:]))
    if longest.keys().isdisjoint(heads) or len(said) != len(text):
        return said
    at = 0
    for start, head in enumerate(heads):
        if start < at or head not in longest:
            continue
        for length in range(longest[head], 1, -1):
            phrase = text[start : start + length]
            if phrase in phrases:
                at = start + length
                said = said[:start] + phrases[phrase] + said[start + len(phrase) :]
                break
    return said


def all_initials(text: str) -> list[str]:
    """The reading of a name, and the one as a surname where its first character has another."""
    usual = initials(text)
    surname = SURNAMES.get(text[:1])
    return [usual, surname + usual[1:]] if surname and surname != usual[:1] else [usual]
