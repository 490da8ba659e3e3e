"""What a dry run has to ask, or to say of what it settled by itself. Plain values in, answer out."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from genjin.core.transfer.models import ImportRun
from genjin.customers.importing.days import DayColumn
from genjin.customers.importing.directory import LEFT_OUT

MOST_SHARE = 0.85  # so many ids of one length, and a few shorter: they may have begun with zeros


def day_questions(days: Mapping[str, DayColumn], run: ImportRun, title: Callable[[str], str]) -> list[dict[str, Any]]:
    """Every column with days that mean two things, or that its own days settled. `order` is "" until it is said."""
    settled = run.options.get("days_settled", {})
    found = []
    for name, column in days.items():
        seen = column.seen
        if not seen.unclear:
            continue
        one: dict[str, Any] = {
            "column": title(name), "order": column.order, "rows": seen.unclear, "row": seen.unclear_row,
            "text": seen.unclear_text, "is_mixed": bool(seen.dmy and seen.mdy),
        }  # fmt: skip
        if by := settled.get(title(name)):
            one |= {"settled_by": by["text"], "settled_in": by["row"]} if by["order"] == column.order else {}
        found.append(one)
    return found


def differing_lengths(lengths: Counter[int]) -> list[int]:
    """Shortest and longest of ids made of digits, where a few are shorter than nearly all; none when they look whole.

    An id that begins with zero (counted under 0) says that zeros were kept.
    """
    total = lengths.total()
    if lengths[0] or total < 20 or len(lengths) < 2:
        return []
    longest = max(lengths)
    return [min(lengths), longest] if longest >= 5 and MOST_SHARE <= lengths[longest] / total < 1 else []


@dataclass(frozen=True, slots=True)
class UnknownOwner:
    """A name in the owner column that gives nobody customers: `place` among all such, `code` why."""

    place: int
    name: str
    rows: int
    code: str


def owners_asked(run: ImportRun) -> list[UnknownOwner]:
    """Those that nobody has answered for yet, most rows first."""
    answered = run.options.get("owners", {})
    # A preview of long ago has no reason beside the name.
    found = [
        UnknownOwner(place, name, rows, *(why or ["owner_unknown"]))
        for place, (name, rows, *why) in enumerate(run.preview.get("unknown_owners", []))
    ]
    return [one for one in found if answered.get(one.name) != LEFT_OUT]


def owners_by_reason(asked: list[UnknownOwner]) -> list[tuple[str, list[UnknownOwner]]]:
    """The same in groups, the one with the most rows first."""
    groups: dict[str, list[UnknownOwner]] = {}
    for one in asked:
        groups.setdefault(one.code, []).append(one)
    return sorted(groups.items(), key=lambda group: -sum(one.rows for one in group[1]))
