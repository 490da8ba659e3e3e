"""Reading what was typed into a custom field, and who may see and change it. Plain values in, answer out.

A value is kept as JSON has it: a text, a number and an amount of money as exact text (12.50; without decimals a whole
number), a day as 2026-11-24, the key of a choice, several keys in the order of the choices, yes or no, a person's key,
a phone as its subject writes it. Nothing is None, and is not kept.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from genjin.core.fields.definitions import LONGEST_SEARCHED, MOST_DIGITS, NUMBERS, Definition
from genjin.core.reasons import Reason

YES = frozenset({"yes", "true", "on", "1", "y", "是", "对", "有"})
NO = frozenset({"no", "false", "off", "0", "n", "否", "不是", "无", "没有"})
EARLIEST, LATEST = 1900, 2200
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?")
_BETWEEN = re.compile(r"[、,，;；|\n\r]+")
_MONEY = re.compile(r"^[¥￥$€]|[元圆]$")


def read(field: Definition, typed: Any, *, held: Any = None) -> Any:
    """The value of what was typed or chosen, None for nothing, or a Reason why it is no value of this field.

    `typed` is a text, a list of texts, a truth value or a plain value of a file (number, day). `held` is what stands
    already: it may stay, although its choice was retired or the bounds were narrowed. Codes: field_is_empty,
    field_takes_no_number (`typed`), field_has_decimals (`decimals`), field_too_low (`least`), field_too_high (`most`),
    field_too_long (`length`, `longest`), field_takes_no_day (`typed`), field_has_no_choice (`typed`),
    field_takes_yes_or_no (`typed`), field_takes_no_person, and those of the phone rule.
    """
    value = _READ[field.kind](field, _tidied(typed))
    if isinstance(value, Reason):
        return held if _is_held(held, typed) else value
    if value is None:
        return Reason("field_is_empty") if field.is_required else None
    return refusal(field, value, held=held) or value


def refusal(field: Definition, value: Any, *, held: Any = None) -> Reason | None:
    """Why a value as it is kept cannot stand in this field; None where it can. `held` may stay in any case."""
    if value is None:
        return Reason("field_is_empty") if field.is_required else None
    if value == held:
        return None
    return _REFUSALS[field.kind](field, value, held)


def may_see(field: Definition, role: str) -> bool:
    """Whether somebody of this role sees the field and what stands in it."""
    return not field.seen_by or role in field.seen_by


def may_change(field: Definition, role: str) -> bool:
    """Whether somebody of this role may fill it: who does not see it never does."""
    return may_see(field, role) and (not field.changed_by or role in field.changed_by) and not field.is_retired


def with_defaults(fields: Iterable[Definition], given: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in a new row: what was given, and the default of every field that nothing was said of."""
    values = {field.code: field.default for field in fields if not field.is_retired and field.default is not None}
    return {code: value for code, value in (values | dict(given)).items() if value is not None}


def merged(held: Mapping[str, Any] | None, given: Mapping[str, Any]) -> dict[str, Any] | None:
    """What stands after a change; None where nothing does any more. A given None empties its field."""
    values = {code: value for code, value in {**(held or {}), **given}.items() if value is not None}
    return values or None


def seen(values: Mapping[str, Any] | None, fields: Iterable[Definition]) -> dict[str, Any]:
    """Of a row's values those of these fields, in their order."""
    known = values or {}
    return {field.code: known[field.code] for field in fields if known.get(field.code) is not None}


def searched(values: Mapping[str, Any] | None, fields: Iterable[Definition], kind: str) -> list[str]:
    """The texts (or phones) by which a row with these values is to be found."""
    wanted = [field for field in fields if field.kind == kind and field.is_searchable and not field.seen_by]
    return [str(value)[:LONGEST_SEARCHED] for value in seen(values, wanted).values()]


def number(value: Any) -> Decimal:
    """A kept number or amount as the number it is."""
    return Decimal(str(value))


def _tidied(typed: Any) -> Any:
    if isinstance(typed, str):
        return typed.replace("\0", "").strip()
    if isinstance(typed, list | tuple | set | frozenset):
        return [each for each in map(_tidied, typed) if each not in ("", None)]
    return typed


def _is_held(held: Any, typed: Any) -> bool:
    """Whether what was typed is just what stands there."""
    if held is None or isinstance(held, list) != isinstance(typed, list | tuple):
        return False
    return [str(each) for each in typed] == held if isinstance(held, list) else str(typed) == str(held)


def _text(field: Definition, typed: Any) -> Any:
    return "\n".join(line.rstrip() for line in str(typed).splitlines()) or None if typed not in (None, []) else None


def _number(field: Definition, typed: Any) -> Any:
    if typed in (None, "", []):
        return None
    plain = unicodedata.normalize("NFKC", str(typed)).replace(",", "").replace(" ", "").replace("_", "")
    if field.kind == "money":
        plain = _MONEY.sub("", plain).replace("CNY", "").replace("RMB", "").strip()
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return Reason("field_takes_no_number", {"typed": str(typed)[:40]})
    if not value.is_finite() or value.adjusted() >= MOST_DIGITS:
        return Reason("field_takes_no_number", {"typed": str(typed)[:40]})
    if value != value.quantize(Decimal(1).scaleb(-field.places)):
        return Reason("field_has_decimals", {"decimals": field.places})
    return kept_number(value, field.places)


def kept_number(value: Decimal, places: int) -> Any:
    """A number as JSON keeps it: whole, or as text with all its decimals."""
    return f"{value:.{places}f}" if places else int(value)


def _day(field: Definition, typed: Any) -> Any:
    if typed in (None, "", []):
        return None
    if isinstance(typed, date):
        return f"{typed:%Y-%m-%d}"
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", str(typed)))
    try:
        return date(*map(int, found.groups())).isoformat() if found else _no_day(typed)
    except ValueError:
        return _no_day(typed)


def _no_day(typed: Any) -> Reason:
    return Reason("field_takes_no_day", {"typed": str(typed)[:40]})


def _choice(field: Definition, typed: Any) -> Any:
    typed = next(iter(typed), None) if isinstance(typed, list) else typed
    return None if typed in (None, "") else _key_of(field, str(typed))


def _several(field: Definition, typed: Any) -> Any:
    parts = typed if isinstance(typed, list) else _parts(field, str(typed or ""))
    keys = [_key_of(field, str(part)) for part in parts]
    wrong = next((key for key in keys if isinstance(key, Reason)), None)
    return wrong or [choice.key for choice in field.choices if choice.key in keys] or None


def _parts(field: Definition, text: str) -> list[str]:
    """The choices that one text names; a label may have a comma of its own."""
    if isinstance(_key_of(field, text), str):
        return [text]
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _key_of(field: Definition, text: str) -> Any:
    """By its key, or by its label as people write it."""
    if field.choice(text):
        return text
    wanted = _folded(text)
    found = [choice for choice in field.choices if _folded(choice.label) == wanted]
    found.sort(key=lambda choice: choice.is_retired)
    return found[0].key if found else Reason("field_has_no_choice", {"typed": text[:40]})


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _yes_no(field: Definition, typed: Any) -> Any:
    if isinstance(typed, bool) or typed in (None, "", []):
        return typed if isinstance(typed, bool) else None
    said = _folded(str(typed)).removesuffix(".0")
    if said in YES or said in NO:
        return said in YES
    return Reason("field_takes_yes_or_no", {"typed": str(typed)[:40]})


def _person(field: Definition, typed: Any) -> Any:
    """By key: whoever reads a name looks the person up first."""
    if typed in (None, "", []):
        return None
    text = str(typed)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else Reason("field_takes_no_person")


def _phone(field: Definition, typed: Any) -> Any:
    if typed in (None, "", []):
        return None
    return field.as_phone(str(typed)) if field.as_phone else str(typed)


def _refuse_text(field: Definition, value: Any, held: Any) -> Reason | None:
    if not isinstance(value, str):
        return Reason("field_takes_text")
    if len(value) > field.longest:
        return Reason("field_too_long", {"length": len(value), "longest": field.longest})
    return None


def _refuse_number(field: Definition, value: Any, held: Any) -> Reason | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return Reason("field_takes_no_number", {"typed": str(value)[:40]})
    again = _number(field, value)
    if isinstance(again, Reason) or again != value:
        return again if isinstance(again, Reason) else Reason("field_takes_no_number", {"typed": str(value)[:40]})
    if field.least is not None and number(value) < field.least:
        return Reason("field_too_low", {"least": f"{field.least:f}"})
    if field.most is not None and number(value) > field.most:
        return Reason("field_too_high", {"most": f"{field.most:f}"})
    return None


def _refuse_day(field: Definition, value: Any, held: Any) -> Reason | None:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return _no_day(value)
    return None if day.isoformat() == value and EARLIEST <= day.year <= LATEST else _no_day(value)


def _refuse_choice(field: Definition, value: Any, held: Any) -> Reason | None:
    return _no_choice(field, [value], [held])


def _refuse_several(field: Definition, value: Any, held: Any) -> Reason | None:
    if not isinstance(value, list) or not value or len(set(map(str, value))) != len(value):
        return Reason("field_has_no_choice", {"typed": str(value)[:40]})
    return _no_choice(field, value, held or ())


def _no_choice(field: Definition, keys: Collection[Any], held: Collection[Any]) -> Reason | None:
    for key in keys:
        choice = field.choice(key)
        if choice is None:
            return Reason("field_has_no_choice", {"typed": str(key)[:40]})
        if choice.is_retired and key not in held:
            return Reason("field_choice_is_retired", {"choice": choice.label})
    return None


def _refuse_yes_no(field: Definition, value: Any, held: Any) -> Reason | None:
    return None if isinstance(value, bool) else Reason("field_takes_yes_or_no", {"typed": str(value)[:40]})


def _refuse_person(field: Definition, value: Any, held: Any) -> Reason | None:
    return None if type(value) is int and value > 0 else Reason("field_takes_no_person")


def _refuse_phone(field: Definition, value: Any, held: Any) -> Reason | None:
    again = _phone(field, value) if isinstance(value, str) else None
    if isinstance(again, Reason):
        return again
    return None if again is not None and again == value else Reason("field_takes_text")


_READ = {
    "text": _text, **dict.fromkeys(NUMBERS, _number), "date": _day, "choice": _choice, "several": _several,
    "yes_no": _yes_no, "person": _person, "phone": _phone,
}  # fmt: skip
_REFUSALS = {
    "text": _refuse_text, **dict.fromkeys(NUMBERS, _refuse_number), "date": _refuse_day, "choice": _refuse_choice,
    "several": _refuse_several, "yes_no": _refuse_yes_no, "person": _refuse_person, "phone": _refuse_phone,
}  # fmt: skip
