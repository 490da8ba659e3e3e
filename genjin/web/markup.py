"""Small pieces of HTML and addresses that templates cannot spell themselves."""

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
