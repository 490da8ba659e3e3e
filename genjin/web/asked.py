"""What an address or a form says, of which nothing is trusted."""

from datetime import date

from django.utils.dateparse import parse_date


def key_in(text: str) -> int | None:
    """A primary key; nothing for whatever else stands there."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def day_in(text: str) -> date | None:
    """A day of this century in ISO form; nothing for whatever else stands there."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day is not None and 2000 <= day.year < 2100 else None
