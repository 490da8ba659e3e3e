"""A service's refusal shown in its form: in place, with nothing typed lost."""

from typing import ClassVar

from genjin.core.reasons import Refused
from genjin.web import forms
from genjin.web.wording import word


class Form(forms.Form):
    """`refusals` says at which field a refusal's sentence stands; any other stands above the fields."""

    refusals: ClassVar[dict[str, str]] = {}

    def refuse(self, refused: Refused) -> None:
        """Show why the service would not do it."""
        field = self.refusals.get(refused.reason.code)
        self.add_error(field if field in self.fields else None, word(refused))
