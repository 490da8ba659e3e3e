"""Reading a table from a file: CSV in any common spelling, or the first filled sheet of an XLSX workbook."""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from genjin.core.reasons import Reason, Refused
from genjin.core.transfer.encodings import encoding_of

MAX_BYTES = 300 * 1024 * 1024
MAX_SHEET_BYTES = 1024 * 1024 * 1024  # what a workbook may unpack to: a small file can hold a huge one
MAX_COLUMNS = 200
DELIMITERS = ",;\t"
SAMPLE_ROWS = 200

csv.field_size_limit(1_000_000)

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_OTHER_FORMATS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"PAR1",
    b"SQLite format 3",
)
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|table|\?xml)", re.IGNORECASE)

Cells = list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's shape. `header` has one unique, stripped name per column; `notes` say what was taken as what."""

    path: Path
    header: list[str]
    encoding: str = ""  # empty for a workbook
    delimiter: str = ""
    header_row: int = 1
    sheet: str = ""
    notes: list[Reason] = field(default_factory=list)

    def rows(self, skip: int = 0) -> Iterator[tuple[int, Cells]]:
        """Every filled row below the header with its number, as a spreadsheet numbers them; the first `skip` left out.

        A row has at least as many cells as the header; one with more keeps them, for the caller to refuse. Raises
        Refused("file_row_unreadable") where the file breaks off being a table.
        """
        width = len(self.header)
        numbered = _numbered(self.path, self.encoding, self.delimiter, self.sheet)
        filled = ((number, cells) for number, cells in numbered if number > self.header_row and any(cells))
        for number, cells in islice(filled, skip, None):
            if len(cells) < width:
                cells = [*cells, *[""] * (width - len(cells))]
            yield number, cells


def read_table(path: Path) -> Table:
    """What the file is, from its first bytes and rows. Refused with a file_… code when it is no table."""
    size = path.stat().st_size
    if size == 0:
        raise Refused("file_is_empty")
    if size > MAX_BYTES:
        raise Refused("file_is_too_large", megabytes=size // 1024 // 1024 + 1, limit=MAX_BYTES // 1024 // 1024)
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(_ZIP):
        return _shaped(path, "", "", _first_filled_sheet(path))
    if start.startswith(_OLD_WORKBOOK):
        raise Refused("file_is_old_workbook")
    if start.startswith(_OTHER_FORMATS):
        raise Refused("file_is_no_table")
    if _MARKUP.match(start):
        raise Refused("file_is_a_web_page")
    encoding = encoding_of(path)
    if encoding != "utf-16" and _has_nul(path):
        raise Refused("file_is_no_table")
    return _shaped(path, encoding, _delimiter_of(path, encoding), "")


def _shaped(path: Path, encoding: str, delimiter: str, sheet: str) -> Table:
    """The table with its header found; an empty one, or one without a row below the header, is refused."""
    filled = ((number, cells) for number, cells in _numbered(path, encoding, delimiter, sheet) if any(cells))
    number, cells = next(filled, (0, []))
    if not cells:
        raise Refused("file_is_empty")
    if next(filled, None) is None:
        raise Refused("file_has_header_only")
    header, notes = _header(cells)
    if encoding in ("gb18030", "cp1252", "utf-16"):
        notes.append(Reason("file_read_as", {"encoding": encoding}))
    if sheet and (others := [name for name in _sheet_names(path) if name != sheet]):
        notes.append(Reason("file_sheet_taken", {"sheet": sheet, "others": len(others)}))
    return Table(path, header, encoding, delimiter, number, sheet, notes)


def _header(cells: Cells) -> tuple[list[str], list[Reason]]:
    """One name per column: stripped, numbered where it is empty or stands twice."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > MAX_COLUMNS:
        raise Refused("file_has_too_many_columns", columns=len(cells), limit=MAX_COLUMNS)
    names: list[str] = []
    notes: list[Reason] = []
    for position, cell in enumerate(cells, start=1):
        name = " ".join(cell.split())[:100] or f"#{position}"
        if name in names:
            notes.append(Reason("file_header_twice", {"name": name}))
            count = 2
            while f"{name} ({count})" in names:
                count += 1
            name = f"{name} ({count})"
        names.append(name)
    return names, notes


def _numbered(path: Path, encoding: str, delimiter: str, sheet: str) -> Iterator[tuple[int, Cells]]:
    rows = _csv_rows(path, encoding, delimiter) if encoding else _sheet_rows(path, sheet)
    return enumerate(rows, start=1)


def _csv_rows(path: Path, encoding: str, delimiter: str) -> Iterator[Cells]:
    number = 0
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        try:
            for cells in reader:
                number += 1
                yield [cell.strip() for cell in cells] if encoding != "utf-16" else [_without_nul(c) for c in cells]
        except csv.Error as error:
            raise Refused("file_row_unreadable", row=number + 1) from error


def _without_nul(text: str) -> str:
    """Only UTF-16 and workbooks can hold a NUL at all; no database keeps one."""
    return text.replace("\0", "").strip()


def _has_nul(path: Path) -> bool:
    with path.open("rb") as file:
        return any(b"\0" in piece for piece in iter(lambda: file.read(1 << 20), b""))


def _delimiter_of(path: Path, encoding: str) -> str:
    """The sign that divides the sample into the most columns that agree with the header."""

    def agreement(delimiter: str) -> tuple[float, int]:
        try:
            sample = [cells for cells in islice(_csv_rows(path, encoding, delimiter), SAMPLE_ROWS) if any(cells)]
        except Refused:
            return 0, 0
        if not sample:
            return 0, 0
        width = len(sample[0])
        agreeing = sum(len(cells) == width for cells in sample) / len(sample)
        return (agreeing if width > 1 else 0), width

    return max(DELIMITERS, key=agreement)


# Workbooks


def _workbook(path: Path) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Refused("file_is_damaged") from error
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise Refused("file_is_no_table")
    if sum(entry.file_size for entry in entries) > MAX_SHEET_BYTES:
        raise Refused("file_is_too_large", megabytes=path.stat().st_size // 1024 // 1024 + 1, limit=50)
    try:
        return CalamineWorkbook.from_path(str(path))
    except CalamineError as error:
        raise Refused("file_is_damaged") from error


def _sheet_names(path: Path) -> list[str]:
    """Sheets that hold anything."""
    book = _workbook(path)
    return [name for name in book.sheet_names if book.get_sheet_by_name(name).total_height]


def _first_filled_sheet(path: Path) -> str:
    names = _sheet_names(path)
    if not names:
        raise Refused("file_is_empty")
    return names[0]


def _sheet_rows(path: Path, sheet: str) -> Iterator[Cells]:
    values: Iterable[list[Any]] = _workbook(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    for row in values:
        yield [_as_text(value) for value in row]


def _as_text(value: Any) -> str:
    """A cell as a person would have typed it: whole numbers without a fraction, days in ISO form."""
    if isinstance(value, str):
        return _without_nul(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
