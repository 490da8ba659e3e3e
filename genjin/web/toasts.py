"""One sentence after the deed, with a way back: a view says it, its own answer to htmx or the next page shows it."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest


class Sayings(SessionStorage):
    """What was said and has not been shown. What waits for the next page is left to it by every other answer: a
    fragment may be on its way to a page that is being left, and nobody would read it there."""

    _queued_messages: list[Message]

    def take_own(self) -> list[Message]:
        """What this request itself said, for its own answer; it waits for no page then."""
        own, self._queued_messages = self._queued_messages, []
        self.added_new = False
        return own


def say(request: HttpRequest, sentence: str, *, undo: str = "") -> None:
    """Tell the person what happened; `undo` is an address whose POST takes it back."""
    messages.success(request, sentence, extra_tags=undo)


def warn(request: HttpRequest, sentence: str) -> None:
    """Tell the person what did not happen, or what they should look at."""
    messages.warning(request, sentence)


def take_own(request: HttpRequest) -> list[Message]:
    """What this request said until now."""
    said = messages.get_messages(request)
    return said.take_own() if isinstance(said, Sayings) else []
