"""Leads side by side before they are made one."""

from collections.abc import Sequence
from typing import Any

from genjin.customers.merging.side_by_side import Line, described_rows, lines_of
from genjin.leads.history import label_of, names_in, worded
from genjin.leads.merging.services import LONG, TYPED, Chosen
from genjin.leads.models import Lead
from genjin.organization.models import Person

# What is found again by itself.
NOT_CHOSEN = ("matched_id", "language")


def leads_compared(rows: Sequence[Lead], chosen: Chosen, actor: Person) -> list[Line]:
    """The fields of which one has a value at least; the first of the leads is the kept one."""
    fields = [field for field in TYPED if field not in NOT_CHOSEN]
    names = names_in({field: [getattr(row, field) for row in rows]} for field in fields)
    lines: list[tuple[str, Any, list[str], list[Any], bool]] = []
    for field in fields:
        values = [getattr(row, field) for row in rows]
        words = [worded(field, value, names) for value in values]
        lines.append((field, label_of(field), words, values, field == LONG))
    return lines_of(rows, [*lines, *described_rows(rows, "lead", actor)], chosen)
