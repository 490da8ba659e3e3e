"""Appointments with a customer: agreeing a time, and saying what came of it."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from genjin.customers.views import verbs
from genjin.followups.desk import customer_for
from genjin.followups.forms import within_ten_years
from genjin.followups.models import Appointment
from genjin.followups.services.agreements import end_appointment, make_appointment
from genjin.followups.views.returning import back_field, way_back
from genjin.web.formats import clock, day_weekday
from genjin.web.forms import Form


class AppointmentForm(Form):
    on = forms.DateField(label=gettext_lazy("Day"), validators=[within_ten_years])
    at = forms.TimeField(label=gettext_lazy("At what time"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Call or visit"),
        choices=Appointment.Kind,
        initial=Appointment.Kind.CALL,
        widget=forms.RadioSelect,
    )
    purpose = forms.CharField(label=gettext_lazy("Purpose"), max_length=200, required=False)


class EndForm(Form):
    result = forms.CharField(label=gettext_lazy("What came of it"), max_length=200)


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree an exact time: the customer stands on that day's list, at that time."""
    customer = customer_for(request.user, pk)
    form = AppointmentForm(request.POST or None)
    asking = verbs.Asking(
        _("Appointment with %(name)s") % {"name": customer.name}, _("Note the appointment"),
        way_back(request, customer.pk), hidden=back_field(request),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> verbs.Done:
        made = make_appointment(
            customer=customer, when=timezone.make_aware(datetime.combine(given["on"], given["at"])),
            kind=given["kind"], purpose=given["purpose"], by=request.user, at=timezone.now(),
        )  # fmt: skip
        said = _("Appointment noted: %(day)s %(at)s") % {"day": day_weekday(made.at), "at": clock(made.at)}
        return verbs.Done(said)

    return verbs.answer(request, form, asking, act)


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Held with a result, moved, or fallen through: in the person's own words."""
    appointment = get_object_or_404(Appointment.objects.visible_to(request.user).select_related("customer"), pk=pk)
    customer = appointment.customer
    form = EndForm(request.POST or None)
    agreed = f"{day_weekday(appointment.at)} {clock(appointment.at)} {appointment.get_kind_display()}"
    asking = verbs.Asking(
        _("End the appointment with %(name)s") % {"name": customer.name}, _("End it"), way_back(request, customer.pk),
        lines=[f"{agreed} {appointment.purpose}".strip(), _("Held, moved or fallen through: say it in a few words.")],
        hidden=back_field(request),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> verbs.Done:
        end_appointment(appointment=appointment, result=given["result"], by=request.user, at=timezone.now())
        return verbs.Done(_("Appointment ended"))

    return verbs.answer(request, form, asking, act)
