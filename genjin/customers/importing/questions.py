"""What a dry run has to ask, or to say of what it settled by itself. Plain values in, answer out."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from genjin.core.transfer.models import ImportRun
from genjin.customers.importing.days import DayColumn

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
