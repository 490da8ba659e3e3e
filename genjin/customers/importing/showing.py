"""An import as its pages show it: columns to match, what would happen, and which rows are wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import kind_of
from genjin.core.transfer.mapping import columns_of
from genjin.core.transfer.models import ImportRun
from genjin.core.transfer.reading import CARDS
from genjin.customers.importing.faces import face_of
from genjin.customers.importing.fields import NAME, PHONES, REMARKS_TITLED
from genjin.customers.importing.importer import NAMING, names_customers
from genjin.customers.importing.other_lists import what_else
from genjin.customers.importing.wording import ENCODINGS, FAMILY, MISTAKES, in_column
from genjin.organization.models import Person
from genjin.playbooks.services import variant
from genjin.web.formats import masked, number
from genjin.web.wording import word

SHOWN_PROBLEMS = 100
PREVIEWED = ("name", "contact_name", "phones", "region", "city", "owner", "class", "planned_on", "last_effective_on")
MOST_PREVIEWED = 6
_DIGITS = re.compile(r"(\d{3})\d{4}")


def masked_digits(text: str) -> str:
    """13812345678 as 138****5678: a list on a screen is read by who passes by."""
    masked = _DIGITS.sub(r"\1****", (bare := text.replace(" ", "")))
    return text if masked == bare else masked


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One line of the table in which columns are matched."""

    index: int
    title: str
    samples: list[str]
    field: str
    how: str


def column_rows(run: ImportRun) -> list[ColumnRow]:
    """The file's columns with what each goes to and how that was told."""
    proposed = run.options.get("columns", [])
    rows = []
    for index, column in enumerate(proposed):
        field = run.mapping.get(column["title"], "")
        hide = field.endswith(("phones", "_phone"))
        samples = [masked_digits(sample) if hide else sample for sample in column["samples"]]
        how = column["how"] if field == column["field"] else Reason("column_chosen")
        rows.append(ColumnRow(index, column["title"], samples, field, word(how)))
    return rows


def mapping_chosen(run: ImportRun, answers: Mapping[str, str]) -> dict[str, str]:
    """Column title → field, from a form with a select for every column.

    With `keep_rest` the filled columns that go nowhere are kept among the remarks, each with its title.
    """
    chosen = {title: answers.get(f"column-{index}", "") for index, title in enumerate(run.header)}
    if answers.get("keep_rest") == "1":
        chosen |= dict.fromkeys(left_over(run, chosen), REMARKS_TITLED)
    return chosen


def left_over(run: ImportRun, mapping: Mapping[str, str]) -> list[str]:
    """The filled columns that go nowhere, where there is a field that takes any."""
    if not any(field.name == REMARKS_TITLED for field in kind_of(run).all_fields(run.by)):
        return []
    ours = kind_of(run).ours()
    filled = {column["title"] for column in run.options.get("columns", []) if any(column["samples"])}
    return [title for title in run.header if title in filled and title not in ours and not mapping.get(title)]


def field_choices(run: ImportRun) -> list[tuple[str, Any]]:
    return [("", _("Leave out")), *((field.name, field.label) for field in kind_of(run).all_fields(run.by))]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file was read, and what else could have been chosen. `summary` is one line of it."""

    summary: str
    encodings: list[tuple[str, Any]]
    encoding: str
    delimiters: list[tuple[str, Any]]
    sheets: list[tuple[str, str]]
    header_rows: list[tuple[int, str]]
    first: list[tuple[int, list[str]]]


def reading(run: ImportRun) -> Reading:
    if run.options.get("sheet") == CARDS:
        return Reading("", [], "", [], [], [], [])  # there is nothing to be chosen of cards
    options = run.options
    delimiters = [(",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Vertical bar"))]
    sheets = [
        (name, _("%(sheet)s, %(rows)s rows") % {"sheet": name, "rows": number(rows)})
        for name, rows in options.get("sheets", [])
    ]
    first = [(place, [masked_digits(cell) for cell in cells]) for place, cells in options.get("first", [])]
    row, depth = options.get("header_row", 1), options.get("header_depth", 1)
    encoding = FAMILY.get(run.encoding, run.encoding)
    said = [str(ENCODINGS[encoding]), str(dict(delimiters).get(run.delimiter, run.delimiter))] if encoding else []
    if options.get("sheet"):
        said.append(_("sheet “%(sheet)s”") % {"sheet": options["sheet"]})
    said.append(
        _("header in rows %(first)d and %(last)d") % {"first": row - 1, "last": row}
        if depth == 2
        else _("header in row %(row)d") % {"row": row}
    )
    rows = sorted({*(place for place, _cells in first), row})
    return Reading(
        summary=" · ".join(said),
        encodings=list(ENCODINGS.items()) if encoding else [],
        encoding=encoding,
        delimiters=delimiters,
        sheets=sheets,
        header_rows=[(place, _("Row %(row)d") % {"row": place}) for place in rows],
        first=first,
    )


def stem(run: ImportRun) -> str:
    """What a customer without a name is called by, before its row."""
    return Path(run.file_name).stem[:40]


def owner_name(run: ImportRun) -> str:
    """The sign-in of the person who was chosen for the rows without an owner."""
    chosen = run.options.get("owner")
    return Person.objects.filter(pk=chosen).values_list("sign_in", flat=True).first() or "" if chosen else ""


def has_name(mapping: Mapping[str, str]) -> bool:
    return names_customers(mapping.values())


@dataclass(frozen=True, slots=True)
class Example:
    """One of the first customers that would be made."""

    number: int
    name: str
    contact: str
    phone: str
    whose: str
    look: str
    badge: str
    class_name: str
    due_on: str | None
    why: str
    planned_on: str | None


def people(run: ImportRun) -> list[dict[str, Any]]:
    """The first contact people that would be added, with their customers."""
    return [{**one, "phone": masked(one["phone"]) if one["phone"] else ""} for one in run.preview.get("people", [])]


def examples(run: ImportRun) -> list[Example]:
    """The first new customers as they will stand, with the last day of their cycle and why."""
    found = []
    for one in run.preview.get("examples", []):
        cls = variant(one["playbook"]).class_of(one["class"])
        language = get_language()
        found.append(
            Example(
                number=one["row"],
                name=one["name"],
                contact=one["contact"],
                phone=masked(one["phone"]) if one["phone"] else "",
                whose=one["whose"],
                look=cls.look,
                badge=cls.badge.in_language(language),
                class_name=cls.name.in_language(language),
                due_on=one["due_on"],
                why=word(one["due_why"]),
                planned_on=one["planned_on"],
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A row that is not imported: what it holds of the chief columns, and what is wrong."""

    number: int
    cells: list[Cell]
    what: str
    is_skip: bool


def previewed(run: ImportRun) -> list[tuple[str, int, str]]:
    """The chief columns of this file: title, place, field."""
    columns = columns_of(run.mapping, run.header, kind_of(run).all_fields(run.by))
    face = face_of(run)
    chief = face.chief if face else PREVIEWED
    found = [(run.header[place], place, name) for name in chief for place in columns.get(name, [])[:1]]
    return found[:MOST_PREVIEWED]


def problem_rows(run: ImportRun, *, skips: bool) -> list[ProblemRow]:
    """The first rows that would be left out, as duplicates or as wrong."""
    chief = previewed(run)
    shown = {title for title, _place, _name in chief}
    rows = []
    for problem in run.problems.filter(is_skip=skips).order_by("row")[:SHOWN_PROBLEMS]:
        wrong = {problem.column, *(one["column"] for one in problem.reason.get("wrong", ()))}
        cells = [
            Cell(
                masked_digits(problem.cells[place]) if name == PHONES else problem.cells[place][:60],
                title in wrong,
            )
            for title, place, name in chief
        ]
        what = word(problem.reason)
        if problem.column and problem.column not in shown and len(wrong) == 1:
            what = in_column(problem.column, what)
        rows.append(ProblemRow(problem.row, cells, what, problem.is_skip))
    return rows


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in many rows of one column, and what helps against it."""

    text: str
    rows: int


def mistakes(run: ImportRun) -> list[Mistake]:
    """The most frequent ones, and what a spreadsheet has done to a column."""
    found = []
    for one in run.preview.get("reasons", []):
        sentence = MISTAKES.get(one["code"])
        if sentence and one["column"]:
            found.append(Mistake(str(sentence) % {"column": one["column"]}, one["rows"]))
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the bar that shows what becomes of the rows; `start` and `width` in thousandths."""

    name: str
    start: int
    width: int


PARTS = (("new", "create"), ("change", "change"), ("same", "same"), ("ask", "skip"), ("err", "error"))


def parts(counts: Mapping[str, int]) -> list[Part]:
    """The bar: new ones, duplicates, wrong ones. Whatever there is of a kind is seen, however little."""
    total = sum(counts[key] for _name, key in PARTS)
    drawn: list[Part] = []
    start = 0
    for name, key in PARTS:
        if counts[key]:
            width = max(8, round(1000 * counts[key] / total))
            drawn.append(Part(name, start, width))
            start += width + 4
    return drawn


def likely_kind(run: ImportRun) -> str:
    """What the customers are until somebody says so: whose name comes in parts, or not at all, are persons."""
    return "org" if NAME in run.mapping.values() else "person"


def notes(run: ImportRun) -> list[str]:
    """What was taken as what when the file was read."""
    return [word(Reason.from_json(note)) for note in run.options.get("notes", [])]


def warning(run: ImportRun) -> str:
    """That the rows look like something else than customers, "" where they do not."""
    other = other_list(run) if run.kind == "customer" else None
    return word(other) if other else ""


def other_list(run: ImportRun) -> Reason | None:
    """What the rows are when they are orders or opportunities."""
    return what_else(run.header, names_customers=bool({*NAMING, PHONES}.intersection(run.mapping.values())))


def seconds_left(run: ImportRun) -> int | None:
    speed = run.rows_a_second
    return None if not speed else max(1, round((run.rows - run.done) / speed))
