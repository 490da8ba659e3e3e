"""What is wrong in a playbook, said in English for the file's author and in the reader's language on the screen."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Wrong:
    """A sentence with open places and what fills them. `str` says it in English."""

    sentence: str
    figures: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence % self.figures

    def in_words(self) -> str:
        """In the reader's language."""
        return gettext(self.sentence) % self.figures


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place of the file (`classes[3].cycle.max`)."""

    place: str
    what: Wrong


def fault(place: str, sentence: str, **figures: Any) -> Fault:
    return Fault(place, Wrong(sentence, figures))


# What the parser says of a value of the wrong type, and how a person would say it: every named part of the pattern is a
# figure of the sentence.
_TYPES = {
    "int": _("a whole number"),
    "str": _("a text"),
    "bool": _("true or false"),
    "object": _("a part with named values"),
    "array": _("a list"),
    "null": _("nothing"),
    "float": _("a number with decimals"),
}
_PARSED = [
    (r"Object contains unknown field `(?P<name>.*)`", _("%(name)s is not known here")),
    (r"Object missing required field `(?P<name>.*)`", _("%(name)s is missing")),
    (r"Expected `int` >= (?P<least>-?\d+)", _("must be at least %(least)s")),
    (r"Expected `int` <= (?P<most>-?\d+)", _("must be at most %(most)s")),
    (r"Expected `(?P<wanted>[^`]*)`, got `(?P<got>[^`]*)`", _("%(wanted)s is expected here and not %(got)s")),
    (r"Invalid enum value (?P<value>.*)", _("%(value)s is none of the values that may stand here")),
    (r"Expected `array` of length >= (?P<least>\d+)", _("at least %(least)s must stand here")),
    (r"Expected `str` of length <= (?P<most>\d+)", _("at most %(most)s characters may stand here")),
    (r"Expected `str` matching regex .*\[01\].*", _("a time of day such as 08:30 is expected here")),
    (r"Expected `str` matching regex .*", _("only letters and digits may stand here")),
    (r"(?P<key>.*) stands twice, line (?P<line>\d+)", _("%(key)s stands twice, line %(line)s")),
]


@dataclass(frozen=True, slots=True)
class Parsed(Wrong):
    """What a parser said: kept in its own words, worded for the screen."""

    def __str__(self) -> str:
        return self.sentence

    def in_words(self) -> str:
        for pattern, sentence in _PARSED:
            found = re.fullmatch(pattern, self.sentence)
            if found:
                figures = {name: self._word(value) for name, value in found.groupdict().items()}
                return gettext(sentence) % figures
        return self.sentence

    @staticmethod
    def _word(value: str) -> str:
        kinds = [gettext(_TYPES[each.strip()]) if each.strip() in _TYPES else each.strip() for each in value.split("|")]
        return gettext(" or ").join(kinds)
