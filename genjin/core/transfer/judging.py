"""The rows of a run by the batch, each batch with what becomes of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from genjin.core.reasons import Reason
from genjin.core.transfer import bulk, files
from genjin.core.transfer.kinds import Judged, Problem, Row, kind_of
from genjin.core.transfer.mapping import columns_of
from genjin.core.transfer.models import ImportProblem, ImportRun
from genjin.core.transfer.pace import Pace
from genjin.core.transfer.totals import is_total

PROBLEM_FIELDS = ("run", "row", "column", "reason", "cells", "is_skip")


@dataclass(slots=True)
class Batch:
    """Some rows of the file and what becomes of them. `items` are written, `problems` too, as rows of their table."""

    rows: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0
    totals: int = 0  # of the skipped those that only sum up
    items: Any = ()
    problems: list[tuple[Any, ...]] = field(default_factory=list)


def judged_batches(run: ImportRun, importer: Any, skip: int, pace: Pace) -> Iterator[Batch]:
    """The batches after the first `skip` rows, each judged when it is asked for."""
    table = files.table_of(run)
    columns = columns_of(run.mapping, run.header, kind_of(run).all_fields(run.by))
    rows = (Row(number, cells, columns) for number, cells in table.rows(skip))
    while some := list(islice(rows, pace.rows)):
        yield _judged(run, importer, some)


def write_problems(batch: Batch) -> None:
    """Store them, in the caller's transaction."""
    bulk.insert_rows(ImportProblem, PROBLEM_FIELDS, batch.problems)


def _judged(run: ImportRun, importer: Any, rows: list[Row]) -> Batch:
    """Rows that only sum up are left out, and rows whose cells do not fit the header: those stand in wrong columns."""
    width = len(run.header)
    whole: list[Row] = []
    broken: list[Problem] = []
    for row in rows:
        if len(row.cells) > width and any(row.cells[width:]):
            reason = Reason("row_has_more_cells", {"cells": len(row.cells), "columns": width})
            broken.append(Problem(row, "", reason))
        elif is_total(row.cells):
            broken.append(Problem(row, "", Reason("row_is_total"), is_skip=True))
        else:
            whole.append(row)
    judged: Judged = importer.judge(whole)
    judged.problems = broken + judged.problems
    return Batch(
        rows=len(rows),
        created=judged.created,
        updated=judged.updated,
        unchanged=judged.unchanged,
        skipped=judged.skipped,
        failed=judged.failed,
        totals=sum(problem.is_skip for problem in broken),
        items=judged.items,
        problems=[_stored(run, problem) for problem in judged.problems],
    )


def _stored(run: ImportRun, problem: Problem) -> tuple[Any, ...]:
    reason, cells = bulk.as_json(problem.reason.as_json()), bulk.as_json(problem.row.cells)
    return run.pk, problem.row.number, problem.column[:100], reason, cells, problem.is_skip
