"""Reading a table from a file: CSV in any common spelling, a sheet of an XLSX workbook, or vCards."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from genjin.core.reasons import Reason, Refused
from genjin.core.transfer import encodings, vcards, workbooks
from genjin.core.transfer.headers import MAX_COLUMNS, Header, Knows, find_header
from genjin.core.transfer.neutral import MARK, plain

MAX_BYTES = 300 * 1024 * 1024
DELIMITERS = ",;\t|"
SAMPLE_ROWS = 200
FIRST_ROWS = 8  # shown so that a person can say which is the header
CARDS = "vCard"  # what stands for the sheet of a file of cards
CELLS_KEPT = 2 * MAX_COLUMNS  # of a row that is longer than any can be

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
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")  # no text has them
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|table|\?xml)", re.IGNORECASE)
_SEPARATOR_LINE = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
_SAMPLE_SIGNS = 1 << 18

Cells = list[str]


@dataclass(frozen=True, slots=True)
class Wish:
    """How a person wants a file read; what is left empty is told from the file."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 0
    header_depth: int = 0


AS_IT_IS = Wish()


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
    header_depth: int = 1
    sheets: list[tuple[str, int]] = field(default_factory=list)
    first: list[tuple[int, Cells]] = field(default_factory=list)

    def rows(self, skip: int = 0) -> Iterator[tuple[int, Cells]]:
        """Every filled row below the header with its number, as a spreadsheet numbers them; the first `skip` left out.

        A row has at least as many cells as the header; one with more keeps them, for the caller to refuse. Raises
        Refused("file_row_unreadable") where the file breaks off being a table, "file_quote_open" where a quotation mark
        has swallowed the rest of it.
        """
        width = len(self.header)
        numbered = enumerate(_rows_of(self.path, self.encoding, self.delimiter, self.sheet), start=1)
        filled = ((number, cells) for number, cells in numbered if number > self.header_row and any(cells))
        for number, cells in islice(filled, skip, None):
            if len(cells) < width:
                cells = [*cells, *[""] * (width - len(cells))]
            elif len(cells) > CELLS_KEPT:
                del cells[CELLS_KEPT:]
            yield number, cells


def read_table(path: Path, wish: Wish = AS_IT_IS, knows: Knows = lambda title: False) -> Table:
    """What the file is, from its first bytes and rows. Refused with a file_… code when it is no table.

    `knows` tells a title that heads a column; it helps to find the header below notes.
    """
    size = path.stat().st_size
    if size == 0:
        raise Refused("file_is_empty")
    if size > MAX_BYTES:
        raise Refused("file_is_too_large", megabytes=size // 1024 // 1024 + 1, limit=MAX_BYTES // 1024 // 1024)
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(_ZIP):
        return _of_workbook(path, wish, knows)
    if vcards.BEGINS.match(start.replace(b"\0", b"").lstrip(b"\xff\xfe")):
        return _of_cards(path)
    if start.startswith(_OLD_WORKBOOK):
        raise Refused("file_is_old_workbook")
    if start.startswith(_OTHER_FORMATS):
        raise Refused("file_is_no_table")
    if _MARKUP.match(start):
        raise Refused("file_is_a_web_page")
    nuls = encodings.nuls_in(path)
    encoding = encodings.checked(path, wish.encoding) if wish.encoding else encodings.encoding_of(path)
    most = (
        size * encodings.MOST_NULS if _CONTROLS.search(start) else max(encodings.FEW_NULS, size * encodings.MOST_NULS)
    )
    if nuls > most and not encoding.startswith("utf-16"):
        raise Refused("file_is_no_table")
    if nuls and not encoding.startswith("utf-16"):
        encodings.drop_nuls(path)
    delimiter = wish.delimiter or _delimiter_of(path, encoding)
    header, first = _header_of(path, encoding, delimiter, "", wish, knows)
    notes = list(header.notes)
    if encoding not in ("utf-8", "utf-8-sig"):
        notes.append(Reason("file_read_as", {"encoding": encoding}))
    if nuls and not encoding.startswith("utf-16"):
        notes.append(Reason("file_had_nuls", {"count": nuls}))
    return Table(path, header.titles, encoding, delimiter, header.row, "", notes, header.depth, [], first)


def _of_workbook(path: Path, wish: Wish, knows: Knows) -> Table:
    unpacked = workbooks.unpack(path, wish.sheet)
    sheet = unpacked.sheet
    header, first = _header_of(path, "", "", sheet, wish, knows)
    notes = list(header.notes)
    if others := len(unpacked.sheets) - 1:
        notes.append(Reason("file_sheet_taken", {"sheet": sheet, "others": others}))
    return Table(path, header.titles, "", "", header.row, sheet, notes, header.depth, unpacked.sheets, first)


def _of_cards(path: Path) -> Table:
    """A vCard file: its cards are unpacked as a sheet is."""
    try:
        count = vcards.write_table(path, workbooks.text_of(path))
    except BaseException:
        workbooks.text_of(path).unlink(missing_ok=True)
        raise
    return Table(path, list(vcards.TITLES), sheet=CARDS, sheets=[(CARDS, count)])


def _header_of(
    path: Path, encoding: str, delimiter: str, sheet: str, wish: Wish, knows: Knows
) -> tuple[Header, list[tuple[int, Cells]]]:
    """The header and the first rows; a table that is empty, or without a row below its header, is refused."""
    raw = enumerate(_raw_rows(path, encoding, delimiter, sheet), start=1)
    filled = ((number, cells) for number, cells in raw if any(cell.strip("\0 \t\r\n\u3000\xa0") for cell in cells))
    sample: list[tuple[int, Cells]] = []
    for number, cells in islice(filled, max(SAMPLE_ROWS, wish.header_row)):
        if len(cells) > CELLS_KEPT:
            if not sample and sum(map(bool, cells)) > MAX_COLUMNS:
                raise Refused("file_has_too_many_columns", columns=len(cells), limit=MAX_COLUMNS)
            del cells[CELLS_KEPT:]
        sample.append((number, cells))
    if not sample:
        raise Refused("file_is_empty")
    header = find_header(sample, knows, wish.header_row, wish.header_depth)
    if sample[-1][0] <= header.row and next(filled, None) is None:
        raise Refused("file_has_header_only")
    first = [(number, [" ".join(cell.split())[:24] for cell in cells[:8]]) for number, cells in sample[:FIRST_ROWS]]
    return header, first


def _rows_of(path: Path, encoding: str, delimiter: str, sheet: str) -> Iterator[Cells]:
    rows = _raw_rows(path, encoding, delimiter, sheet)
    if sheet:
        return ([cell.strip() for cell in cells] for cells in rows)
    if encoding in ("utf-8", "utf-8-sig"):
        return (_unmarked([cell.strip() for cell in cells]) for cells in rows)
    return (_unmarked([_without_nul(cell) for cell in cells]) for cells in rows)


def _unmarked(cells: Cells) -> Cells:
    """Without the marks that an export puts before what looks like a formula."""
    return [plain(cell) for cell in cells] if MARK in "".join(cells) else cells


def _raw_rows(path: Path, encoding: str, delimiter: str, sheet: str) -> Iterator[Cells]:
    """The rows as they stand in the file."""
    if not encoding:
        path, encoding, delimiter = _unpacked(path, sheet), "utf-8", ","
    number = 0
    cells: Cells = []
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, skipinitialspace=True)
        try:
            for cells in reader:
                number += 1
                yield cells
        except (csv.Error, UnicodeDecodeError) as error:
            raise Refused("file_row_unreadable", row=number + 1) from error
    if cells and "\n" in cells[-1].replace("\r", "\n") and not _ends_quoted(path, encoding):
        raise Refused("file_quote_open", row=number)


def _ends_quoted(path: Path, encoding: str) -> bool:
    """Whether the last sign is a quotation mark: a last cell of several lines that ends otherwise was never closed."""
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, 64), io.SEEK_END)
        return file.read().decode(encoding, "ignore").rstrip("\0 \t\r\n,;|").endswith('"')


def _unpacked(path: Path, sheet: str) -> Path:
    text = workbooks.text_of(path)
    if not text.exists():
        vcards.write_table(path, text) if sheet == CARDS else workbooks.unpack(path, sheet)
    return text


def _without_nul(text: str) -> str:
    """No database keeps a NUL."""
    return text.replace("\0", "").strip()


def _delimiter_of(path: Path, encoding: str) -> str:
    """The sign that divides the beginning into the most rows of one width."""
    with path.open(encoding=encoding, newline="") as file:
        text = file.read(_SAMPLE_SIGNS)
        whole = not file.read(1)
    if named := _SEPARATOR_LINE.match(text):
        return named[1]
    if not whole and (cut := max(text.rfind("\n"), text.rfind("\r"))) > 0:
        text = text[:cut]

    def agreement(delimiter: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
        try:
            widths = [len(cells) for cells in islice(reader, SAMPLE_ROWS) if any(cells)]
        except csv.Error:
            return 0, 0
        if not widths:
            return 0, 0
        width, agreeing = Counter(widths).most_common(1)[0]
        return (agreeing / len(widths) if width > 1 else 0), width

    return max(DELIMITERS, key=agreement)
