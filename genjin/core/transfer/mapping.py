"""Which column of a file means which field: by its name, by another name for it, or by the look of its values."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from genjin.core.reasons import Reason

_NOT_IN_NAME = re.compile(r"[\s\W_]+")
_BRACKETS = re.compile(r"[(\[（【].*?[)\]）】]")
LOOKS_ENOUGH = 0.8


@dataclass(frozen=True, slots=True)
class Field:
    """What a column can be imported to.

    `names` are the words of its own (in every language), `synonyms` other words people head such a column with;
    `looks` tells a value of this field by sight, `fits` one it could take: a column of others
    that only has a synonym for its name is not proposed; several columns may go to a field that takes `many`; `example`
    stands in the template that is handed out.
    """

    name: str
    label: Any
    names: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    looks: Callable[[str], bool] | None = None
    fits: Callable[[str], bool] | None = None
    many: bool = False
    required: bool = False
    example: str = ""
    hint: Any = ""


class Vocabulary:
    """The words that the columns of one kind of list are known by: a YAML file of `names` and `synonyms` by field."""

    def __init__(self, path: Path) -> None:
        self._words = yaml.safe_load(path.read_text("utf-8"))

    def names(self, field: str) -> tuple[str, ...]:
        return words_of(self._words[field]["names"])

    def synonyms(self, field: str) -> tuple[str, ...]:
        return words_of(self._words[field]["synonyms"])

    def field(self, name: str, label: Any, **more: Any) -> Field:
        """The field of this name, known by these words."""
        return Field(name, label, self.names(name), self.synonyms(name), **more)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file: what it goes to ("" for nothing) and how that was told."""

    index: int
    title: str
    field: str
    how: Reason
    samples: tuple[str, ...] = ()


def plain_title(title: str) -> str:
    """A title without case, width, punctuation and what stands in brackets: 手机（必填）* and 手机 are one."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return _NOT_IN_NAME.sub("", _BRACKETS.sub("", folded)) or _NOT_IN_NAME.sub("", folded)


def knower(fields: Sequence[Field]) -> Callable[[str], bool]:
    """Whether a title is a word that one of the fields is known by."""
    words = {plain_title(word) for field in fields for word in (*_own_names(field), *_synonyms(field))}
    return lambda title: plain_title(title) in words


def match_columns(
    header: Sequence[str], sample: Sequence[Sequence[str]], fields: Sequence[Field], ours: Collection[str] = ()
) -> list[Column]:
    """A proposal for every column, in order; none for those that an error file of `ours` has added.

    Exact names win over synonyms, names over looks, filled columns over empty ones, left over right.
    """
    titles = [plain_title(title) for title in header]
    values = [[row[index] for row in sample if index < len(row) and row[index]] for index in range(len(header))]
    found: dict[int, tuple[str, Reason]] = {}
    taken: set[str] = set()
    found.update((index, ("", Reason("column_ours"))) for index, title in enumerate(header) if title in ours)

    def take(index: int, field: Field, how: Reason) -> None:
        found[index] = (field.name, how)
        if not field.many:
            taken.add(field.name)

    for code, words in (("column_same_name", _own_names), ("column_synonym", _synonyms)):
        wanted = {plain_title(word): field for field in reversed(fields) for word in words(field)}
        for index in sorted(range(len(titles)), key=lambda place: not values[place]):
            field = wanted.get(titles[index])
            if index in found or field is None or field.name in taken:
                continue
            wrong = field.fits is not None and values[index] and not any(map(field.fits, values[index]))
            if wrong and words is _synonyms:
                found[index] = ("", Reason("column_values_differ", {"field": field.name}))
            else:
                take(index, field, Reason(code))
    for field in fields:
        for index in range(len(header)):
            if field.looks is None or index in found or field.name in taken or not values[index]:
                continue
            share = sum(map(field.looks, values[index])) / len(values[index])
            if share >= LOOKS_ENOUGH:
                take(index, field, Reason("column_looks", {"percent": round(share * 100)}))
    nothing = [Reason("column_unknown") if filled else Reason("column_empty") for filled in values]
    return [
        Column(index, title, *found.get(index, ("", nothing[index])), tuple(dict.fromkeys(values[index]))[:3])
        for index, title in enumerate(header)
    ]


def _own_names(field: Field) -> tuple[str, ...]:
    return (field.name, *field.names)


def _synonyms(field: Field) -> tuple[str, ...]:
    return field.synonyms


def columns_of(mapping: Mapping[str, str], header: Sequence[str], fields: Sequence[Field]) -> dict[str, list[int]]:
    """Field → its column indexes, from column title → field name. What names no field or column is left out."""
    known = {field.name: field for field in fields}
    chosen: dict[str, list[int]] = {}
    for index, title in enumerate(header):
        field = known.get(mapping.get(title, ""))
        if field is not None and (field.many or field.name not in chosen):
            chosen.setdefault(field.name, []).append(index)
    return chosen


def twice_chosen(mapping: Mapping[str, str], fields: Sequence[Field]) -> list[str]:
    """Fields that several columns were given to although they take one."""
    single = {field.name for field in fields if not field.many}
    chosen = [name for name in mapping.values() if name in single]
    return [field.name for field in fields if chosen.count(field.name) > 1]


def has_figure(text: str) -> bool:
    """Whether a cell could be a day, a time or a number at all."""
    return any(sign.isdigit() for sign in text)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a list that is written with commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())
