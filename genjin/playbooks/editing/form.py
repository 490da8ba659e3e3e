"""One section of a playbook as a form: values by their places, and what is wrong at each of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language

from genjin.playbooks.editing.filled import Sent, filled
from genjin.playbooks.editing.places import steps, value_at
from genjin.playbooks.editions.canonical import faults_of, from_plain
from genjin.playbooks.schema import Playbook, PlaybookError
from genjin.playbooks.wrong import Fault

# The parts of the file that each section changes, in the order of the sections.
SECTIONS: dict[str, tuple[str, ...]] = {
    "classes": ("classes", "rhythms"),
    "stock": ("sizes",),
    "day": ("daily_slots", "blocks", "rest", "mix", "mixes", "end_of_day", "week"),
    "misses": ("retry", "give_up", "proposals"),
    "order": ("pool", "recycle", "ladder"),
    "words": ("chips",),
    "talk": ("classes",),
}


class SectionForm:
    """What stands in a section, or what a person has sent for it. `playbook` is what came of it, once it is right."""

    def __init__(self, raw: Mapping[str, Any], section: str, sent: Sent | None = None) -> None:
        self.section, self.roots = section, SECTIONS[section]
        self.raw = dict(raw) if sent is None else filled(raw, sent, self.roots)
        self.playbook: Playbook | None = None
        self.faults: list[Fault] = []
        try:
            found = from_plain(self.raw)
        except PlaybookError as error:
            self.faults = [Fault(error.place, error.wrong)]
        else:
            self.faults = [each for each in faults_of(found) if self._is_here(each.place)]
            self.playbook = None if self.faults else found

    def _is_here(self, place: str) -> bool:
        way = steps(place)
        return way is not None and way[0] in self.roots

    def value(self, place: str) -> Any:
        """What stands at a place, "" where nothing does."""
        found = value_at(self.raw, place)
        return "" if found is None else found

    def wrong(self, place: str) -> str:
        """What is wrong there in words; "" where nothing is."""
        return next((each.what.in_words() for each in self.faults if each.place == place), "")

    def said(self, place: str) -> str:
        """Words that stand at a place, in the reader's language."""
        found = value_at(self.raw, place)
        language = "en" if (get_language() or "").startswith("en") else "zh"
        return str(found.get(language) or "") if isinstance(found, dict) else ""

    def entries(self, place: str, blank: int = 0) -> range:
        """The numbers of the entries of a list, and of as many empty rows for new ones."""
        found = value_at(self.raw, place)
        return range((len(found) if isinstance(found, list) else 0) + blank)


def section_of(place: str) -> str:
    """The section in which a place is changed; "" for what no section changes (code, name, conditions, comes_from)."""
    root = (steps(place) or ("",))[0]
    return next((name for name, roots in SECTIONS.items() if root in roots), "")


def sections_of(places: Iterable[str]) -> set[str]:
    return {section_of(place) for place in places} - {""}
