"""Who made a contact, as a file names them: a colleague, also one who left, or nobody here."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from genjin.organization.models import Person

LONGEST = 60


class Authors:
    """Colleagues by name, sign-in and e-mail, those who left among them; only whom the importer may see.

    A name that is nobody's, or several people's, stays as it is written: a contact is never laid to somebody else.
    `unknown` counts these, `ambiguous` those of several people.
    """

    def __init__(self, importer: Any) -> None:
        self._by_word: dict[str, set[int]] = defaultdict(set)
        people = Person.objects.visible_to(importer).values_list("pk", "name", "sign_in", "email")
        for pk, *words in people:
            for word in words:
                if word:
                    self._by_word[_plain(word)].add(pk)
        self.unknown: Counter[str] = Counter()
        self.ambiguous: Counter[str] = Counter()

    def whose(self, text: str) -> tuple[int | None, str]:
        """The colleague's key and "", or None and the file's words; nothing at all for an empty cell."""
        words = " ".join(text.split())[:LONGEST]
        if not words:
            return None, ""
        found = self._by_word.get(_plain(words), set())
        if len(found) == 1:
            return next(iter(found)), ""
        return None, words

    def is_known(self, text: str) -> bool:
        """Whether somebody here is called so."""
        return bool(self._by_word.get(_plain(text)))

    def count(self, words: str) -> None:
        """A contact of somebody whom these words name and nobody here is."""
        if words:
            (self.ambiguous if self._by_word.get(_plain(words)) else self.unknown)[words] += 1

    def as_json(self) -> dict[str, Any]:
        """The names for the preview, the most frequent first."""
        several: Mapping[str, int] = dict(self.ambiguous.most_common(10))
        return {
            "unknown_authors": self.unknown.most_common(10),
            "unknown_author_rows": self.unknown.total(),
            "ambiguous_authors": list(several.items()),
        }


def _plain(word: str) -> str:
    return word.strip().casefold()
