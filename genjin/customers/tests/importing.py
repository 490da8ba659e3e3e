"""Importing a few rows in a test as a person would: send the file, look, say yes."""

from typing import Any

from genjin.core.transfer import runs
from genjin.core.transfer.models import ImportRun


def receive(by, at, text: str, name: str = "名单.csv", kind: str = "customer") -> ImportRun:
    return runs.receive(kind=kind, pieces=[text.encode()], file_name=name, by=by, at=at)


def checked(by, at, text: str, mapping: dict[str, str] | None = None, **options: Any) -> ImportRun:
    """The run after its dry run."""
    return judged(receive(by, at, text), by, at, mapping, {"pool": by.unit.pool.pk, **options})


def imported(by, at, text: str, mapping: dict[str, str] | None = None, **options: Any) -> ImportRun:
    """The run at its end."""
    return finished(checked(by, at, text, mapping, **options), by, at)


def judged(run: ImportRun, by, at, mapping: dict[str, str] | None, options: dict[str, Any]) -> ImportRun:
    """The run of any list, with what is chosen beside what was proposed, after its dry run."""
    runs.choose(run=run, mapping={**run.mapping, **(mapping or {})}, options=options, by=by, at=at)
    run.refresh_from_db()
    runs.check(run, at=at)
    run.refresh_from_db()
    return run


def finished(run: ImportRun, by, at) -> ImportRun:
    """The run, said yes to and carried out."""
    runs.start(run=run, by=by, at=at)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    return run


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.rows, run.created, run.skipped, run.failed


def reasons(run: ImportRun) -> dict[int, tuple[str, str]]:
    """Row → column and code of its problem."""
    return {problem.row: (problem.column, problem.reason["code"]) for problem in run.problems.all()}
