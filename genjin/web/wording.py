"""Rules and services give codes; here they become sentences. Each app registers its own in `wording.py`."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django.utils.translation import get_language

from genjin.core.reasons import Reason, Refused

Sentence = Any  # a lazy translation with %(name)s places, or a callable from figures to a sentence

_sentences: dict[str, Sentence] = {}


def register(sentences: Mapping[str, Sentence]) -> None:
    """Give codes their sentences. One code has one sentence in the whole product."""
    for code, sentence in sentences.items():
        if code in _sentences and _sentences[code] is not sentence:
            raise ValueError(f"the code {code} is worded twice")
        _sentences[code] = sentence


def registered() -> set[str]:
    return set(_sentences)


def word(reason: Reason | Refused | Mapping[str, Any] | None) -> str:
    """The sentence for a reason, in the reader's language. No reason is no sentence; an unworded code is a KeyError."""
    if isinstance(reason, Refused):
        reason = reason.reason
    elif isinstance(reason, Mapping):
        reason = Reason.from_json(dict(reason))
    if reason is None:
        return ""
    sentence = _sentences[reason.code]
    if isinstance(sentence, Callable):  # type: ignore[arg-type]
        return str(sentence(**reason.figures))
    return _in_language(reason.code, get_language()) % reason.figures


@cache
def _in_language(code: str, language: str | None) -> str:
    """The sentence with its places still open; `language` is the one that is spoken now."""
    return str(_sentences[code])


def line(reasons: Iterable[Reason], between: str) -> str:
    """Several reasons in one line, without their full stops."""
    return between.join(word(reason).strip("。.") for reason in reasons)
