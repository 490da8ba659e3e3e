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


def settled_orders(days: Mapping[str, DayColumn], run: ImportRun, title: Callable[[str], str]) -> dict[str, Any]:
    """The run's options with the orders that the columns' own days have shown; nothing where none was in doubt."""
    settled = {
        title(name): {"order": column.seen.settles, "text": column.seen.first_text, "row": column.seen.first_row}
        for name, column in days.items()
        if not column.order and column.seen.settles
    }
    if not settled:
        return {}
    orders = {name: one["order"] for name, one in settled.items()}
    return {
        "day_orders": {**run.options.get("day_orders", {}), **orders},
        "days_settled": {**run.options.get("days_settled", {}), **settled},
    }


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
