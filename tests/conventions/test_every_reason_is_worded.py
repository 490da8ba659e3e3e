"""Rules and services give codes; each has its sentence, and no sentence outlives its code."""

import ast
import re

from genjin.core.reasons import Refused
from genjin.web import wording
from tests.conventions.source import called, nodes, python_files, short, text, text_patterns, texts

GIVEN_BY_CLASS = {"Outdated": "changed_since"}


def refusals() -> set[str]:
    """Reason, Refused and every class made from it."""
    kinds, waiting = {"Reason"}, [Refused]
    while waiting:
        kind = waiting.pop()
        kinds.add(kind.__name__)
        waiting += kind.__subclasses__()
    return kinds


def codes_given() -> dict[str, str]:
    """Every code that the code gives as a literal, with one file that does."""
    kinds = refusals()
    found = {}
    for path in python_files():
        for call in nodes(path, ast.Call):
            if called(call) not in kinds:
                continue
            code = text(call.args[0]) if call.args else None
            code = code or next((text(word.value) for word in call.keywords if word.arg == "code"), None)
            code = code or GIVEN_BY_CLASS.get(called(call))
            if code:
                found[code] = short(path)
    return found


def test_every_code_has_its_sentence():
    without = {code: where for code, where in codes_given().items() if code not in wording.registered()}
    assert without == {}


def test_no_sentence_is_left_without_its_code():
    """A code stands somewhere as a text, or an f-string can make it."""
    said, made = texts(), text_patterns()

    def is_given(code: str) -> bool:
        places = set(said.get(code, ())).union(*(where for like, where in made.items() if re.fullmatch(like, code)))
        return any(not where.endswith("wording.py") for where in places)

    assert {code for code in wording.registered() if not is_given(code)} == set()
