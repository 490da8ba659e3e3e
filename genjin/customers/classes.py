"""A playbook's classes as screens show them: a badge on the ladder, a name, the definition behind it."""

from dataclasses import dataclass

from django.utils.translation import get_language

from genjin.playbooks.services import variant
from genjin.playbooks.variant import CustomerClass, Variant


@dataclass(frozen=True, slots=True)
class Rung:
    """One class for the components `class_badge` and `ladder`, in the reader's language."""

    value: str
    look: str
    badge: str
    title: str
    word: str


def rung(cls: CustomerClass) -> Rung:
    language = get_language()
    title = f"{cls.name.in_language(language)}：{cls.definition.in_language(language)}"
    return Rung(cls.code, cls.look, cls.badge.in_language(language), title, cls.aim.in_language(language))


def rung_of(playbook: str, code: str) -> Rung:
    """The class of a customer as its own playbook has it; a code that no playbook knows any more shows as itself."""
    try:
        return rung(variant(playbook).class_of(code))
    except KeyError:
        return Rung(code, "9", code, code, "")


def rungs(playbook: Variant, *, closing: bool = False) -> list[Rung]:
    """The classes one may choose from, nearest to payment first; those that close the customer only when asked for."""
    return [rung(cls) for cls in playbook.classes if closing or not cls.closes_as]
