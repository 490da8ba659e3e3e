"""Words in both languages of the product, as the playbooks write them. No Django: screens choose the language."""

import msgspec


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same word in Chinese and in English."""

    zh: str
    en: str

    def in_language(self, code: str | None) -> str:
        """English for `en` and its variants, Chinese for everybody else."""
        return self.en if (code or "").startswith("en") else self.zh

    def __str__(self) -> str:
        return self.zh


class Chip(Words, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word of the note form that is chosen with one tap; `code` stays when the wording changes."""

    code: str
