"""Importing a few rows in a test as a person would: send the file, look, say yes."""

from typing import Any

from genjin.core.transfer import runs
from genjin.core.transfer.models import ImportRun


def receive(by, at, text: str, name: str = "名单.csv", kind: str = "customer") -> ImportRun:
    return runs.receive(kind=kind, pieces=[text.encode()], file_name=name, by=by, at=at)


def checked(by, at, text: str, mapping: dict[str, str] | None = None, **options: Any) -> ImportRun:
    """The run after its dry run."""
    run = receive(by, at, text)
    options.setdefault("pool", by.unit.pool.pk)
    runs.choose(run=run, mapping={**run.mapping, **(mapping or {})}, options=options, by=by, at=at)
    run.refresh_from_db()
    runs.check(run, at=at)
    run.refresh_from_db()
    return run


def imported(by, at, text: str, mapping: dict[str, str] | None = None, **options: Any) -> ImportRun:
    """The run at its end."""
    run = checked(by, at, text, mapping, **options)
    runs.start(run=run, by=by, at=at)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    return run


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.rows, run.created, run.skipped, run.failed


def reasons(run: ImportRun) -> dict[int, tuple[str, str]]:
    """Row → column and code of its problem."""
    return {problem.row: (problem.column, problem.reason["code"]) for problem in run.problems.all()}
