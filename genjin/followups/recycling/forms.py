"""Until when what is given back is kept, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.web.forms import Form


class GiveBackForm(Form):
    until = forms.DateField(label=_("kept until"))
    reason = forms.CharField(label=_("reason"), max_length=200)
