"""Which row of a table names its columns: below notes, in one row or in two. Plain rows in, answer out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from genjin.core.reasons import Reason, Refused

MAX_COLUMNS = 200
LOOKED_AT = 50

Cells = Sequence[str]
Numbered = tuple[int, list[str]]
Knows = Callable[[str], bool]

_FIGURES = re.compile(r"[\d\s.,:/%+-]+")


@dataclass(frozen=True, slots=True)
class Header:
    """`row` is the number of the last row of the header, `depth` how many rows it has; `titles` are unique."""

    row: int
    depth: int
    titles: list[str]
    notes: list[Reason]


def find_header(rows: Sequence[Numbered], knows: Knows, row: int = 0, depth: int = 0) -> Header:
    """The header among the first filled rows, whose cells are as they stand in the file.

    `knows` tells a title that a field is known by; `row` and `depth` are given where a person has said so.
    """
    place = next((at for at, (number, _cells) in enumerate(rows) if number == row), None)
    if place is None:
        place = _header_place(rows, knows)
        if not depth:
            depth, place = _depth(rows, place, knows)
    depth = min(depth or 1, place + 1)
    number, cells = rows[place]
    notes: list[Reason] = []
    titles = [cell.strip() for cell in cells]
    if depth == 2:
        titles = _joined([cell.strip() for cell in rows[place - 1][1]], titles, knows)
        notes.append(Reason("file_two_headers", {"row": number}))
    above = place + 1 - depth
    if above:
        notes.append(Reason("file_notes_above", {"rows": above, "row": number}))
    spaced = [cell.strip() for cell in cells if cell.strip() and cell != cell.strip() and not cell.isspace()]
    names, twice = _unique(titles)
    # A file that writes a space after every comma has them everywhere; that is no finding about a title.
    if spaced and len(spaced) < max(2, len(names) // 2):
        notes.append(Reason("file_header_spaces", {"names": "、".join(spaced[:5])}))
    return Header(number, depth, names, notes + twice)


def _filled(cells: Cells) -> int:
    return sum(1 for cell in cells if cell and not cell.isspace())


def _known(cells: Cells, knows: Knows) -> int:
    return sum(1 for cell in cells if cell and knows(cell))


def _header_place(rows: Sequence[Numbered], knows: Knows) -> int:
    """The first row that names two columns, or fills half of what the rows usually fill; else the first."""
    sample = rows[:LOOKED_AT]
    usual = sorted(_filled(cells) for _number, cells in sample)[len(sample) // 2]
    for place, (_number, cells) in enumerate(sample[:20]):
        known = _known(cells, knows)
        if known >= 2 or _filled(cells) >= max(1 if usual < 2 else 2, usual / 2):
            return 0 if known == 0 and _known(sample[0][1], knows) else place
    return 0


def _depth(rows: Sequence[Numbered], place: int, knows: Knows) -> tuple[int, int]:
    """Whether the header has two rows, and the place of the last one."""
    titles = [cell.strip() for cell in rows[place][1]]
    if place + 2 < len(rows):  # titles below titles: under a group that spans columns, or in a second language
        below = [cell.strip() for cell in rows[place + 1][1]]
        filled = [cell for cell in below if cell]
        known = _known(filled, knows)
        gaps = any(cell and (at >= len(titles) or not titles[at]) for at, cell in enumerate(below))
        both = known >= 2 and known * 2 >= len(filled) and _known(titles, knows) >= 2
        if known * 2 >= len(filled) > 0 and (gaps or both) and not any(map(_FIGURES.fullmatch, filled)):
            return 2, place + 1
    named = [title for title in titles if title]
    if place and len(set(named)) < len(named) and _filled(rows[place - 1][1]) >= 2:
        return 2, place  # the same title under two groups
    return 1, place


def _joined(groups: list[str], titles: list[str], knows: Knows) -> list[str]:
    """One title a column out of two rows; a group stands over the columns up to the next one."""
    wide = max(len(groups), len(titles))
    groups, titles = [*groups, *[""] * (wide - len(groups))], [*titles, *[""] * (wide - len(titles))]
    twice = {title for title in titles if title and titles.count(title) > 1}
    joined, group = [], ""
    for at, (own, title) in enumerate(zip(groups, titles, strict=True)):
        group = own or (group if title else "")
        both = f"{group} {title}".strip()
        spans = at + 1 < wide and not groups[at + 1] and titles[at + 1]
        if not title or not group or (own and not spans and knows(own) and knows(title) and title not in twice):
            joined.append(group or title)
        elif title in twice or knows(both.replace(" ", "")) or not knows(title):
            joined.append(both)
        else:
            joined.append(title)
    return joined


def _unique(cells: list[str]) -> tuple[list[str], list[Reason]]:
    """One name per column: on one line, numbered where it is empty or stands twice."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > MAX_COLUMNS:
        raise Refused("file_has_too_many_columns", columns=len(cells), limit=MAX_COLUMNS)
    names: list[str] = []
    notes: list[Reason] = []
    for position, cell in enumerate(cells, start=1):
        name = " ".join(cell.replace("\0", "").split())[:100] or f"#{position}"
        if name in names:
            notes.append(Reason("file_header_twice", {"name": name}))
            count = 2
            while f"{name} ({count})" in names:
                count += 1
            name = f"{name} ({count})"
        names.append(name)
    return names, notes
