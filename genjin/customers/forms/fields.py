"""Fields that several forms here share."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.core.reasons import Reason
from genjin.customers.rules import phones_in
from genjin.web.wording import word

_BETWEEN = re.compile(r"[、,，;；\n\r]+")


class PhonesField(forms.CharField):
    """Several numbers in one box, normalised, each once."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("phone"))
        options.setdefault("help_text", _("Several with a comma or one to a line"))
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))
        super().__init__(required=False, max_length=400, **options)

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        numbers = phones_in(text) if text else []
        if isinstance(numbers, Reason):
            raise forms.ValidationError(word(numbers))
        return numbers


class WordsField(forms.CharField):
    """Several words in one box, each once, at most 30 characters each."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=400, **options)

    def clean(self, value: Any) -> list[str]:
        words = [word.strip() for word in _BETWEEN.split(super().clean(value))]
        long = next((word for word in words if len(word) > 30), None)
        if long:
            raise forms.ValidationError(_("At most 30 characters to a tag."))
        return list(dict.fromkeys(word for word in words if word))


def joined(words: Sequence[str]) -> str:
    """Several values as the boxes above show them."""
    return "、".join(words)
