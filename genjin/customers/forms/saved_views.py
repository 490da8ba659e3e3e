"""A list under a name: what it is called, who sees it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.customers.saved.models import SavedView
from genjin.customers.services.saved_views import SHARING
from genjin.organization.models import Person
from genjin.web.forms import Form


class SavedViewForm(Form):
    """Only who may share is asked with whom."""

    name = forms.CharField(label=_("name"), max_length=40)
    share = forms.ChoiceField(label=_("who sees it"), widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, actor: Person, view: SavedView | None = None, **named: Any) -> None:
        initial = {"name": view.name, "share": view.share} if view else {"share": SavedView.Share.PRIVATE}
        super().__init__(*arguments, initial=initial, **named)
        now = view.share if view else ""
        offered = [
            (value, label)
            for value, label in SavedView.Share.choices
            if value == now or value not in SHARING or actor.may(SHARING[SavedView.Share(value)])
        ]
        self.fields["share"].choices = offered
        if len(offered) == 1:
            self.fields["share"].widget = forms.HiddenInput()
