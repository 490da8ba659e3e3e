"""Small pieces of HTML and addresses that templates cannot spell themselves."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

KEY_NAMES = {"mod": "Ctrl", "enter": "↵", "escape": "Esc", "up": "↑", "down": "↓", "shift": "Shift", "alt": "Alt"}


def attributes(mapping: Mapping[str, Any]) -> SafeString:
    """` name="value"` for every pair: True stands bare, None and False are left out, everything else is escaped."""
    written = []
    for name, value in mapping.items():
        if value is None or value is False:
            continue
        name = conditional_escape(name)
        written.append(f" {name}" if value is True else f' {name}="{conditional_escape(value)}"')
    return mark_safe("".join(written))  # noqa: S308  every part was escaped above


# A day within a sentence as `formats.day_weekday` writes it: 11-24, 2026-11-24, 11-24 周二, 11-24 Tue.
DAY_IN_SENTENCE = re.compile(r"\b(?:\d{4}-)?\d\d-\d\d\b(?: (?:周.|[A-Z][a-z]{2}\b))?")


def unbroken(sentence: str) -> SafeString:
    """The sentence escaped, no day in it broken at the end of a line: browsers would break 11-24 after its hyphen."""
    escaped = str(conditional_escape(sentence))  # of what a template gives, sub would escape each part once more
    return mark_safe(DAY_IN_SENTENCE.sub(r'<span class="nowrap">\g<0></span>', escaped))  # noqa: S308  escaped above


def key_name(key: str) -> str:
    """What stands on the key cap: `mod+enter` is Ctrl ↵, `e` is E."""
    return " ".join(
        gettext("Space") if part == "space" else KEY_NAMES.get(part, part.upper()) for part in key.split("+")
    )


def with_query(request: HttpRequest, **changes: Any) -> str:
    """The page's own address with some of its conditions changed; None or "" drops one, a list gives several.

    Another condition begins a list anew, so the place in it (`cursor`) is dropped unless it is what changes.
    """
    query = request.GET.copy()
    query.pop("cursor", None)
    for name, value in changes.items():
        values = value if isinstance(value, list | tuple) else [value]
        query.setlist(name, [str(each) for each in values if each not in (None, "")])
    written = query.urlencode()
    return f"{request.path}?{written}" if written else request.path
