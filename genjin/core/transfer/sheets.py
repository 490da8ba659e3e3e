"""Files that are written row by row in flat memory: CSV, and XLSX as a workbook of text cells."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from genjin.core.transfer.neutral import neutral

Cells = Sequence[str | int | None]

LONGEST_SHEET = 1_048_575  # rows of an XLSX sheet below its header
LONGEST_CELL = 32_767  # signs that a cell of an XLSX sheet takes


class Sheet(Protocol):
    """A file being written. `most` is how many rows below the header it takes; None for any number."""

    most: int | None

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def write(self, rows: Iterable[Cells]) -> None: ...


class CsvSheet:
    """UTF-8 with a byte order mark, which Excel needs to see that it is; formulas are made text."""

    most: int | None = None

    def __init__(self, path: Path, header: Sequence[str]) -> None:
        self.file = path.open("w", encoding="utf-8-sig", newline="")
        self.writer = csv.writer(self.file)
        self.writer.writerow([neutral(title) for title in header])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.file.close()

    def write(self, rows: Iterable[Cells]) -> None:
        self.writer.writerows([[neutral(cell) if cell and type(cell) is str else cell for cell in row] for row in rows])


class XlsxSheet:
    """A workbook of one sheet. A text cell is text whatever it begins with: nothing in it is ever run."""

    most: int | None = LONGEST_SHEET

    def __init__(self, path: Path, header: Sequence[str], name: str) -> None:
        import xlsxwriter

        # Only the row that is being written is held, the others lie in a temporary file beside the result.
        self.book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
        text = self.book.add_format({"num_format": "@"})
        self.sheet: Any = self.book.add_worksheet(name)
        self.sheet.set_column(0, len(header) - 1, 16, text)
        for place, title in enumerate(header):
            self.sheet.write_string(0, place, title, self.book.add_format({"bold": True, "num_format": "@"}))
        self.sheet.freeze_panes(1, 0)
        self.row = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.book.close()

    def write(self, rows: Iterable[Cells]) -> None:
        # Past `write_string`, which looks at every argument again: what is given here is text or a number.
        text, number = self.sheet._write_string, self.sheet._write_number
        for row in rows:
            self.row += 1
            for place, cell in enumerate(row):
                if cell is None or cell == "":
                    continue
                if type(cell) is int:
                    number(self.row, place, cell, None)
                else:
                    text(self.row, place, str(cell)[:LONGEST_CELL], None)
