"""Whether a definition makes sense, and what a new one is called. Plain values in, answer out."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace

from genjin.core.fields import rules
from genjin.core.fields.definitions import (
    KINDS,
    LONGEST_SEARCHED,
    LONGEST_TEXT,
    MOST_DECIMALS,
    NUMBERS,
    OF_CHOICES,
    SEARCHABLE,
    Definition,
)
from genjin.core.reasons import Reason
from genjin.core.search.pinyin import spell

MOST_FIELDS = 60  # of a subject, in use at once (ours)
MOST_CHOICES = 200  # of a field (ours)
LONGEST_LABEL = 40
LONGEST_CHOICE = 60
_CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")


def fault_of(field: Definition) -> Reason | None:
    """The first thing that makes no sense; None where all does."""
    if not field.label or len(field.label) > LONGEST_LABEL:
        return Reason("field_label_length", {"longest": LONGEST_LABEL})
    if field.kind not in KINDS:
        return Reason("field_kind_unknown", {"kind": field.kind})
    if not _CODE.fullmatch(field.code):
        return Reason("field_code_is_none", {"given": field.code[:40]})
    return _fault_of_choices(field) or _fault_of_bounds(field) or _fault_of_use(field)


def _fault_of_choices(field: Definition) -> Reason | None:
    if field.kind not in OF_CHOICES:
        return Reason("field_needs_no_choices") if field.choices else None
    if not any(not choice.is_retired for choice in field.choices):
        return Reason("field_needs_choices")
    if len(field.choices) > MOST_CHOICES:
        return Reason("field_has_too_many_choices", {"most": MOST_CHOICES})
    if wrong := next((choice.key for choice in field.choices if not _CODE.fullmatch(choice.key)), None):
        return Reason("field_code_is_none", {"given": wrong[:40]})
    if long := next((choice.label for choice in field.choices if not 0 < len(choice.label) <= LONGEST_CHOICE), None):
        return Reason("field_choice_length", {"choice": long[:LONGEST_CHOICE], "longest": LONGEST_CHOICE})
    labels = [choice.label.casefold() for choice in field.choices if not choice.is_retired]
    twice = next((label for label in labels if labels.count(label) > 1), None)
    keys = [choice.key for choice in field.choices]
    twice = twice or next((key for key in keys if keys.count(key) > 1), None)
    return Reason("field_choice_stands_twice", {"choice": twice}) if twice else None


def _fault_of_bounds(field: Definition) -> Reason | None:
    bounded = field.least is not None or field.most is not None
    if bounded and field.kind not in NUMBERS:
        return Reason("field_takes_no_bounds")
    if field.least is not None and field.most is not None and field.least > field.most:
        return Reason("field_bounds_run_backwards")
    if not 0 <= field.decimals <= MOST_DECIMALS:
        return Reason("field_too_many_decimals", {"most": MOST_DECIMALS})
    if not 1 <= field.longest <= LONGEST_TEXT:
        return Reason("field_length_out_of_bounds", {"longest": LONGEST_TEXT})
    return None


def _fault_of_use(field: Definition) -> Reason | None:
    if field.is_searchable and field.kind not in SEARCHABLE:
        return Reason("field_kind_is_not_searched")
    if field.is_searchable and field.seen_by:
        return Reason("field_search_tells_all")
    if field.is_searchable and field.kind == "text" and field.longest > LONGEST_SEARCHED:
        return Reason("field_too_long_to_search", {"longest": LONGEST_SEARCHED})
    if field.default is None:
        return None
    return rules.refusal(replace(field, is_required=False), field.default)


def code_from(label: str, taken: Collection[str], *, longest: int = 24) -> str:
    """A code for a label, read as it is spoken: 员工人数 is yuangongrenshu; the second of the same has a number."""
    spelled = "".join(spell(unicodedata.normalize("NFKC", label).casefold()))
    plain = re.sub(r"[^a-z0-9]+", "_", spelled).strip("_")[:longest].strip("_")
    if not plain[:1].isalpha():
        plain = f"f_{plain}".rstrip("_")[:longest]
    code, number = plain, 1
    while code in taken:
        number += 1
        code = f"{plain}_{number}"
    return code
