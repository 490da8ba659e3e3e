"""What happened, told to other apps. `config/wiring.py` lists every reaction; there are no signals."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def _reactions() -> dict[type, list[Any]]:
    return import_string(settings.EVENT_REACTIONS)


def emit(event: Any) -> None:
    """Run every reaction to this event now, in the caller's transaction: if one fails, nothing has happened."""
    for react in _reactions().get(type(event), ()):
        react(event)
