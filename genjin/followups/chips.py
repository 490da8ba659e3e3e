"""The note's words (C6): a chip is kept by its code, whatever the person wrote beside it as it stands."""

from collections.abc import Iterable

from django.utils.translation import get_language

from genjin.playbooks.editions.current import current, word_of
from genjin.playbooks.variant import Variant

GROUPS = ("interests", "objections", "services", "bring_next", "miss_reasons")


def worded(group: str, value: str) -> str:
    """A noted value as the reader's language says it: the chip's word in any playbook, else the person's own."""
    found = (word_of(playbook, f"chips.{group}", value) for playbook in reversed(current()))
    words = next(filter(None, found), None)
    return words.in_language(get_language()) if words else value


def all_worded(group: str, values: Iterable[str]) -> list[str]:
    return [worded(group, value) for value in values]


def choices(playbook: Variant, group: str) -> list[tuple[str, str]]:
    """The chips of one group as pairs of code and word."""
    language = get_language()
    return [(chip.code, chip.in_language(language)) for chip in getattr(playbook.chips, group)]
