"""Importing contacts made before in a test as a person would: send the file, look, say yes."""

from typing import Any

from genjin.core.transfer import runs, undoing
from genjin.core.transfer.models import ImportRun


def checked(by, at, text: str, mapping: dict[str, str] | None = None, **options: Any) -> ImportRun:
    """The run after its dry run."""
    run = runs.receive(kind="touch", pieces=[text.encode()], file_name="联系记录.csv", by=by, at=at)
    runs.choose(run=run, mapping={**run.mapping, **(mapping or {})}, options={"again": True, **options}, by=by, at=at)
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


def undone(run: ImportRun, by, at) -> ImportRun:
    undoing.start_undo(run=run, by=by, at=at)
    undoing.carry_out_undo(run, at=at)
    run.refresh_from_db()
    return run
