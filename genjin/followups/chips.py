"""The note's words (C6): a chip is kept by its code, whatever the person wrote beside it as it stands."""

from collections.abc import Iterable
from functools import cache

from django.utils.translation import get_language

from genjin.playbooks.schema import shipped
from genjin.playbooks.variant import Variant
from genjin.playbooks.words import Words

GROUPS = ("interests", "objections", "services", "bring_next", "miss_reasons")


@cache
def _known() -> dict[tuple[str, str], Words]:
    """Every chip of every playbook: a customer that changed its playbook keeps its old notes readable."""
    return {
        (group, chip.code): chip
        for playbook in shipped().values()
        for group in GROUPS
        for chip in getattr(playbook.chips, group)
    }


def worded(group: str, value: str) -> str:
    """A noted value as the reader's language says it: the chip's word, else the person's own."""
    words = _known().get((group, value))
    return words.in_language(get_language()) if words else value


def all_worded(group: str, values: Iterable[str]) -> list[str]:
    return [worded(group, value) for value in values]


def choices(playbook: Variant, group: str) -> list[tuple[str, str]]:
    """The chips of one group as pairs of code and word."""
    language = get_language()
    return [(chip.code, chip.in_language(language)) for chip in getattr(playbook.chips, group)]
