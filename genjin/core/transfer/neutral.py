"""Cells that a spreadsheet shows and does not run, and their way back. Plain text in, plain text out.

What begins as a formula does, or as what is marked so already, gets an apostrophe in front, which spreadsheets take as
"this is text"; reading takes one such apostrophe off. So whatever is written comes back as it was, and a phone with its
plus stays a phone.
"""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "'"
_RISKY = frozenset((*FORMULA, MARK))


def neutral(cell: str) -> str:
    """
    >>> neutral("=1+1"), neutral("+4930901820"), neutral("'=1"), neutral("it's")
    ("'=1+1", "'+4930901820", "''=1", "it's")
    """
    return MARK + cell if cell[:1] in _RISKY and cell.lstrip(MARK).startswith(FORMULA) else cell


def plain(cell: str) -> str:
    """
    >>> plain("'=1+1"), plain("''=1"), plain("'s-Hertogenbosch")
    ('=1+1', "'=1", "'s-Hertogenbosch")
    """
    return cell[1:] if cell[:1] == MARK and cell.lstrip(MARK).startswith(FORMULA) else cell
