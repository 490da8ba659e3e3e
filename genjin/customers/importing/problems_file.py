"""The rows that were not imported, as a file to mend and import again: in the format they came in."""

import csv
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from genjin.core.transfer.models import ImportProblem, ImportRun
from genjin.core.transfer.neutral import neutral
from genjin.web.wording import word

LANGUAGES = ("zh-hans", "en")
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand out: all of it, or its lines one after the other."""

    content: bytes | Iterator[bytes]
    content_type: str
    ending: str


def added_titles() -> list[str]:
    """The columns that are added behind the file's own."""
    return [_("Row"), _("Wrong column"), _("Reason")]


def titles_of_ours() -> frozenset[str]:
    """Those in every language: they are left out when the mended file comes back."""
    found: set[str] = set()
    for language in LANGUAGES:
        with translation.override(language):
            found.update(added_titles())
    return frozenset(found)


def written(run: ImportRun) -> File:
    """CSV with the file's delimiter and encoding, or XLSX."""
    if run.encoding:
        return File(_csv(run), f"text/csv; charset={run.encoding}", "csv")
    return File(_workbook(run), SPREADSHEET, "xlsx")


def _rows(run: ImportRun, shown: Callable[[str], str]) -> Iterator[list[str]]:
    """The header, then the cells of each row, the row's number, the column and the reason."""
    width = len(run.header)
    ours = titles_of_ours()
    kept = [place for place, title in enumerate(run.header) if title not in ours]
    yield [*(shown(run.header[place]) for place in kept), *added_titles()]
    for problem in ImportProblem.objects.filter(run=run).order_by("row").iterator(chunk_size=2000):
        cells = [shown(cell) for cell in problem.cells[:width]]
        if len(problem.cells) > width:
            cells[-1] = shown(" ".join(problem.cells[width - 1 :]))
        own = [cells[place] for place in kept]
        yield [*own, str(problem.row), problem.column, word(problem.reason)]


class _Line:
    """What csv writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def _csv(run: ImportRun) -> Iterator[bytes]:
    """UTF-8 with a byte order mark for Excel; where an encoding has no Chinese, the reasons are in English."""
    mark = {"utf-8": b"\xef\xbb\xbf", "utf-8-sig": b"\xef\xbb\xbf", "utf-16": b"\xff\xfe", "utf-16-le": b"\xff\xfe"}
    encoding = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(run.encoding, run.encoding)
    language = translation.get_language()
    if not _can_write("".join(added_titles()), encoding):
        language = "en"
    writer = csv.writer(_Line(), delimiter=run.delimiter or ",")
    yield mark.get(run.encoding, b"")
    rows = _rows(run, neutral)
    while True:
        # Not around a yield: the language of whoever reads the lines is not ours to change.
        with translation.override(language):
            row = next(rows, None)
        if row is None:
            return
        yield writer.writerow(row).encode(encoding, "replace")


def _can_write(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _workbook(run: ImportRun) -> bytes:
    import xlsxwriter

    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        book = xlsxwriter.Workbook(file.name, {"constant_memory": True})
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet()
        for number, row in enumerate(_rows(run, str)):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, place, cell, text)
        book.close()
        return file.read()
