"""Adding public holidays and make-up days."""

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.core.calendar.models import CalendarDay
from genjin.organization.forms.refusable import Form


class CalendarDaysForm(Form):
    """One day, or several in a row."""

    kind = forms.ChoiceField(label=_("What"), choices=CalendarDay.Kind.choices, widget=forms.RadioSelect)
    first = forms.DateField(label=_("From"))
    last = forms.DateField(label=_("To"), required=False, help_text=_("Empty: one day."))
    name = forms.CharField(label=_("Name"), max_length=60, required=False)

    refusals = {"calendar_days_too_many": "last", "calendar_day_there_already": "first"}
