"""Importing contacts made before in a test as a person would: send the file, look, say yes."""

from typing import Any

from genjin.core.transfer import undoing
from genjin.core.transfer.models import ImportRun
from genjin.customers.tests.importing import finished, judged, receive


def checked(by, at, text: str, mapping: dict[str, str] | None = None, **options: Any) -> ImportRun:
    """The run after its dry run."""
    run = receive(by, at, text, "联系记录.csv", "touch")
    return judged(run, by, at, mapping, {"again": True, **options})


def imported(by, at, text: str, mapping: dict[str, str] | None = None, **options: Any) -> ImportRun:
    """The run at its end."""
    return finished(checked(by, at, text, mapping, **options), by, at)


def undone(run: ImportRun, by, at) -> ImportRun:
    undoing.start_undo(run=run, by=by, at=at)
    undoing.carry_out_undo(run, at=at)
    run.refresh_from_db()
    return run
