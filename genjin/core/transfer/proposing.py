"""What a run keeps of its file, and what is proposed for every column: by its name, as last time, or as saved."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from genjin.core.reasons import Reason
from genjin.core.transfer import mappings
from genjin.core.transfer.kinds import kind_of
from genjin.core.transfer.mapping import Column, match_columns
from genjin.core.transfer.models import ImportRun
from genjin.core.transfer.reading import SAMPLE_ROWS, Table


def take_shape(run: ImportRun, table: Table, rows: int) -> None:
    """What a run keeps of a table, with a proposal for every column."""
    fields = kind_of(run).all_fields(run.by)
    sample = [cells for _number, cells in islice(table.rows(), SAMPLE_ROWS)]
    columns = match_columns(table.header, sample, fields, kind_of(run).ours())
    last = _last_with_header(run.kind, run.by, table.header)
    if last is not None:
        columns = [_as_last_time(column, last.mapping) for column in columns]
    saved = None if last is not None else mappings.fitting(run.kind, run.by, table.header)
    if saved is not None:
        columns = [mappings.as_saved(column, saved) for column in columns]
    run.encoding, run.delimiter, run.header, run.rows = table.encoding, table.delimiter, table.header, rows
    run.mapping = {column.title: column.field for column in columns}
    run.options = {
        **(last.options if last is not None else saved.options if saved is not None else {}),
        "again": False,
        **run.options,
        "header_row": table.header_row,
        "header_depth": table.header_depth,
        "sheet": table.sheet,
        "sheets": table.sheets,
        "first": table.first,
        "notes": [note.as_json() for note in table.notes],
        "columns": [
            {
                "title": c.title,
                "field": c.field,
                "how": c.how.as_json(),
                "samples": [sample[:60] for sample in c.samples],
            }
            for c in columns
        ],
    }


def _last_with_header(kind: str, by: Any, header: list[str]) -> ImportRun | None:
    """The person's last finished import of a file with the same columns: it is read the same way again."""
    done = ImportRun.objects.filter(kind=kind, by=by.pk, state=ImportRun.State.DONE).order_by("-pk")[:20]
    return next((run for run in done if run.header == header), None)


def _as_last_time(column: Column, mapping: Mapping[str, str]) -> Column:
    before = mapping.get(column.title, column.field)
    return column if before == column.field else replace(column, field=before, how=Reason("column_as_last_time"))
