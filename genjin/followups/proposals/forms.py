"""The answer to a proposal as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.customers.models import Pool
from genjin.followups.forms import within_ten_years
from genjin.followups.proposals.deciding import Wish
from genjin.web.forms import Form


class DecisionForm(Form):
    """`choice`: pool, close, keep, or move: and a class. A wrong one is the service's to refuse."""

    choice = forms.CharField(label=_("Decision"), max_length=10, error_messages={"required": _("Choose one.")})
    pool = forms.ChoiceField(label=_("Which pool"), required=False)
    next_on = forms.DateField(label=_("Next contact"), required=False, validators=[within_ten_years])
    reason = forms.CharField(label=_("Why"), max_length=200, required=False)

    def __init__(self, *args: Any, pools: list[Pool], **more: Any) -> None:
        super().__init__(*args, **more)
        self.pools = {str(pool.pk): pool for pool in pools}
        self.fields["pool"].choices = [("", ""), *((key, pool.name) for key, pool in self.pools.items())]

    def wish(self) -> Wish:
        given = self.cleaned_data
        way, _sep, to = given["choice"].partition(":")
        return Wish(
            way=way, to=to, pool=self.pools.get(given["pool"]), next_on=given["next_on"], reason=given["reason"]
        )


class AnswerForm(Form):
    """The team lead's: agreed, or sent back with words."""

    answer = forms.ChoiceField(
        label=_("Answer"), choices=[("agree", "agree"), ("send_back", "send_back")],
        error_messages={"required": _("Choose one.")},
    )  # fmt: skip
    reason = forms.CharField(label=_("Your words"), max_length=200, required=False)
