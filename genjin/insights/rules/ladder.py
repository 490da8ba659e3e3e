"""How long something is overdue, on the steps of a playbook's ladder."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date


def on_steps(due: Mapping[date, int], marks: Sequence[date]) -> tuple[int, ...]:
    """How many are due on or before each mark: who stands on a later step stands on the earlier ones, too."""
    return tuple(sum(count for day, count in due.items() if day <= mark) for mark in marks)


def added(rows: Iterable[Sequence[int]], width: int) -> tuple[int, ...]:
    """Rows of so many figures each, added up column by column."""
    sums = [0] * width
    for row in rows:
        for place, figure in enumerate(row):
            sums[place] += figure
    return tuple(sums)
