"""The rows that were not imported, as a file to mend and import again."""

import csv
from collections.abc import Iterator

from django.utils.translation import gettext as _

from genjin.core.transfer.models import ImportProblem, ImportRun
from genjin.web.wording import word

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run. Phones with a plus and negative figures stay as they are."""
    if cell.startswith(FORMULA) and not cell[1:].replace(" ", "").replace("-", "").replace(".", "").isdigit():
        return f"'{cell}"
    return cell


class _Line:
    """What csv writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def lines(run: ImportRun) -> Iterator[str]:
    """The file's own columns, then row, column and reason, with a byte order mark for Excel."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow([*map(safe, run.header), _("Row"), _("Wrong column"), _("Reason")])
    width = len(run.header)
    for problem in ImportProblem.objects.filter(run=run).order_by("row").iterator(chunk_size=2000):
        cells = [safe(cell) for cell in problem.cells[:width]]
        if len(problem.cells) > width:
            cells[-1] = safe(" ".join(problem.cells[width - 1 :]))
        yield writer.writerow([*cells, problem.row, problem.column, word(problem.reason)])
