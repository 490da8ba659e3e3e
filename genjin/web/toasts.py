"""One sentence after the deed, with a way back: a view says it, the next page or the next htmx answer shows it."""

from django.contrib import messages
from django.http import HttpRequest


def say(request: HttpRequest, sentence: str, *, undo: str = "") -> None:
    """Tell the person what happened; `undo` is an address whose POST takes it back."""
    messages.success(request, sentence, extra_tags=undo)


def warn(request: HttpRequest, sentence: str) -> None:
    """Tell the person what did not happen, or what they should look at."""
    messages.warning(request, sentence)
