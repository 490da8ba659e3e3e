"""What a template may say, which rule answers a lead, and when a text may go out. Plain values in, answer out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from genjin.core.reasons import Reason

# What a template may name. Values are put in as they are and looked at no more.
NAMES = ("person", "company", "phone", "email", "city", "product", "wants", "form", "unit", "owner")
LONGEST_TEXT = {"mail": 5000, "sms": 300}  # (ours; a long SMS is charged as several of 67 characters)
LONGEST_VALUE = 200
QUIET_FROM, QUIET_TO = time(21), time(8, 30)  # an SMS that comes due in between waits until the morning (ours)
# What people answer who want no more.
STOP_WORDS = frozenset({"td", "t", "n", "r", "退订", "退訂", "取消订阅", "不要再发", "stop", "unsubscribe", "remove"})

_PLACE = re.compile(r"\{\{\s*([A-Za-z_]*)\s*(?:\|([^{}|]*))?\}\}")


def refusal_of_template(text: str) -> Reason | None:
    """Why a template cannot be filled: a name that is none, or braces that are left over."""
    for found in _PLACE.finditer(text):
        if found[1] not in NAMES:
            return Reason("reply_names_unknown", {"name": found[1] or "{{ }}"})
    rest = _PLACE.sub("", text)
    if "{{" in rest or "}}" in rest:
        return Reason("reply_braces_left")
    return None


def filled(text: str, values: Mapping[str, str]) -> str:
    """The template with a lead's values; `{{ person|friend }}` says what stands where there is none."""

    def value(found: re.Match[str]) -> str:
        return " ".join(values.get(found[1], "").split())[:LONGEST_VALUE] or (found[2] or "").strip()

    return _PLACE.sub(value, text)


def parameters(text: str, values: Mapping[str, str]) -> dict[str, str]:
    """What a template names, by name: for providers that keep the template themselves."""
    return {found[1]: filled(found[0], values) for found in _PLACE.finditer(text)}


@dataclass(frozen=True, slots=True)
class Case:
    """A lead as rules of replies see it. `form` is the form's key, or None; `units` are its unit and those above."""

    form: int | None
    product: str
    language: str
    in_working_hours: bool
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule answers; an empty text, or None, means always. `hours`: any, working or closed."""

    key: int
    unit: int
    form: int | None = None
    product: str = ""
    language: str = ""
    hours: str = "any"

    def holds(self, case: Case) -> bool:
        return (
            self.unit in case.units
            and self.form in (None, case.form)
            and self.product.strip().casefold() in ("", case.product.strip().casefold())
            and self.language in ("", case.language)
            and self.hours in ("any", "working" if case.in_working_hours else "closed")
        )


def first_match(conditions: Iterable[Condition], case: Case) -> int | None:
    """The key of the first that holds: those of the lead's own unit come before those of the units above it."""
    near = {unit: distance for distance, unit in enumerate(case.units)}
    holding = [each for each in conditions if each.holds(case)]
    return min(holding, key=lambda each: near[each.unit]).key if holding else None


def may_go_at(way: str, at: datetime, *, quiet_from: time = QUIET_FROM, quiet_to: time = QUIET_TO) -> datetime:
    """When it may go out: a letter at once, a text not at night. `at` is local time."""
    if way != "sms" or quiet_from == quiet_to:
        return at
    now = at.time()
    overnight = quiet_from > quiet_to
    is_quiet = (now >= quiet_from or now < quiet_to) if overnight else quiet_from <= now < quiet_to
    if not is_quiet:
        return at
    morning = at.replace(hour=quiet_to.hour, minute=quiet_to.minute, second=0, microsecond=0)
    return morning if morning > at else morning + timedelta(days=1)


def asks_to_stop(text: str) -> bool:
    """Whether an answer's first words say that somebody wants no more."""
    lines = [line.strip(" \t.,!。，！；;:：") for line in text.strip().splitlines() if line.strip()]
    return bool(lines) and lines[0].casefold() in STOP_WORDS
