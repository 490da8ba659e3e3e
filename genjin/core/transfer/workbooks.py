"""A workbook is unpacked once, into a CSV file beside it, by a process of its own that may take so much and no more.

Whoever reads the table afterwards reads text in flat memory, and a workbook made to hurt hurts nobody but that process.
"""

import csv
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

from genjin.core.reasons import Refused

MAX_ROWS = 200_000
# The reader holds the whole rectangle of a sheet: 148 MB for 100,000 rows of 14 columns (measured), 4 million cells
# some 420 MB.
MAX_CELLS = 4_000_000
MAX_SHEET_BYTES = 400 * 1024 * 1024  # what a workbook may unpack to: a small file can hold a huge one
MAX_TEXTS_BYTES = 200 * 1024 * 1024
MEMORY = 1280 * 1024 * 1024
SECONDS = 120

_PIECE = 1 << 20
_CELL = re.compile(rb'<(?:\w+:)?c(?: r="([A-Z]{1,3})(\d{1,7})")?(?: [^>]*)?(?<!/)>')
_ROW_END = 10  # rows above the table that are no rows of it: notes and headers
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The sheet that was taken, and every filled one with its number of rows."""

    sheet: str
    sheets: list[tuple[str, int]]


def unpack(path: Path, sheet: str = "") -> Unpacked:
    """Write a sheet, or the first filled one that is shown, to `text_of(path)`. Refused with a file_… code."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused("file_is_damaged") from error
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise Refused("file_is_no_table")
    if sum(entry.file_size for entry in entries) > MAX_SHEET_BYTES or any(
        entry.file_size > MAX_TEXTS_BYTES for entry in entries if "worksheets/" not in entry.filename
    ):
        raise Refused("workbook_is_too_large", limit=MAX_ROWS)
    # Isolated: neither the folder one stands in nor the environment decides what is imported.
    root = str(Path(__file__).resolve().parents[3])
    start = f"import sys; sys.path.insert(0, {root!r}); from {__name__} import main; main(*sys.argv[1:])"
    command = [sys.executable, "-c", start, str(path), sheet, str(text_of(path))]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as expired:
        raise Refused("workbook_is_too_large", limit=MAX_ROWS) from expired
    if done.returncode != 0:
        text_of(path).unlink(missing_ok=True)
        raise Refused("file_is_damaged" if b"CalamineError" in done.stderr else "workbook_is_too_large", limit=MAX_ROWS)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["figures"])
    return Unpacked(answer["sheet"], [(name, rows) for name, rows in answer["sheets"]])


def text_of(path: Path) -> Path:
    """Where the unpacked sheet stands."""
    return path.with_name(f"{path.name}.sheet")


def main(path: str, sheet: str, out: str) -> None:
    """What the process of its own does: the answer goes to its output as JSON."""
    _bound()
    try:
        taken, sheets = _unpack(Path(path), sheet, Path(out))
        answer: dict[str, Any] = {"sheet": taken, "sheets": sheets}
    except Refused as refused:
        answer = {"refused": refused.reason.code, "figures": refused.reason.figures}
    sys.stdout.write(json.dumps(answer))


def _bound() -> None:
    """No more memory and time than the largest workbook needs; Windows has no such limits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _unpack(path: Path, sheet: str, out: Path) -> tuple[str, list[tuple[str, int]]]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    try:
        with zipfile.ZipFile(path) as archive:
            extents = _extents(archive)
    except (zipfile.BadZipFile, zipfile.zlib.error, EOFError, OSError, KeyError, Xml.ParseError) as error:  # type: ignore[attr-defined]
        raise Refused("file_is_damaged") from error
    filled = [(name, extent.rows) for name, extent in extents.items() if extent.rows]
    if not filled:
        raise Refused("file_is_empty")
    if sheet and sheet not in dict(filled):
        raise Refused("file_has_no_such_sheet", sheet=sheet[:60])
    if not sheet and len(filled) == 1:
        sheet = filled[0][0]
    if sheet:
        extents[sheet].refuse_too_large()
    book = CalamineWorkbook.from_path(str(path))
    hidden = {about.name for about in book.sheets_metadata if about.visible != SheetVisibleEnum.Visible}
    taken = sheet or next((name for name, _rows in filled if name not in hidden), filled[0][0])
    extents[taken].refuse_too_large()
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_rows(book.get_sheet_by_name(taken)))
    return taken, filled


@dataclass(slots=True)
class _Extent:
    """How far a sheet reaches. `rows` have a cell that holds something."""

    rows: int = 0
    last_row: int = 0
    last_column: int = 0

    def refuse_too_large(self) -> None:
        if self.rows > MAX_ROWS + _ROW_END:
            raise Refused("workbook_has_too_many_rows", rows=self.rows, limit=MAX_ROWS)
        if self.last_row * self.last_column > MAX_CELLS:
            raise Refused("workbook_is_too_large", limit=MAX_ROWS)


def _extents(archive: zipfile.ZipFile) -> dict[str, _Extent]:
    """Every sheet's, told by running over its XML without keeping any of it."""
    links = Xml.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = {}
    for sheet in Xml.fromstring(archive.read("xl/workbook.xml")).iter(_SHEET):  # noqa: S314
        target = targets.get(sheet.get(_LINK), "")
        name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if "worksheets/" in name:
            found[sheet.get("name", "")] = _extent(archive, name)
    return found


def _extent(archive: zipfile.ZipFile, name: str) -> _Extent:
    extent = _Extent()
    rows: set[bytes] = set()
    columns: set[bytes] = set()
    kept = b""
    with archive.open(name) as file:
        while piece := file.read(_PIECE):
            text = kept + piece
            cut = text.rfind(b"<")
            text, kept = (text[:cut], text[cut:]) if cut > 0 and len(text) - cut < _PIECE else (text, b"")
            cells = _CELL.findall(text)
            columns.update(column for column, _row in cells)
            rows.update(row for _column, row in cells)
            if len(rows) > 2 * MAX_ROWS:
                break  # more than can be read; how many more nobody needs to know
    numbers = [int(row) for row in rows if row]
    extent.rows = len(numbers) or bool(columns)
    extent.last_row = max(numbers, default=1)
    extent.last_column = max((_column_number(column) for column in columns if column), default=1)
    return extent


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rows(sheet: Any) -> Iterator[list[str]]:
    """Every row from the first of the sheet on, so that a row's place is its number."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield [*left, *map(_as_text, row)]


def _as_text(value: Any) -> str:
    """A cell as a person would have typed it: whole numbers without a fraction, days in ISO form."""
    if isinstance(value, str):
        return value.replace("\0", "")
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
