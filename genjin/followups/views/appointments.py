"""Appointments with a customer: agreeing a time, and saying what came of it."""

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from genjin.core.reasons import NotPermitted, Refused
from genjin.followups.desk import customer_for
from genjin.followups.models import Appointment
from genjin.followups.services.agreements import end_appointment, make_appointment
from genjin.web.htmx import redirect_to, respond
from genjin.web.navigation import address_of
from genjin.web.toasts import say
from genjin.web.wording import word


class AppointmentForm(forms.Form):
    on = forms.DateField(
        label=lazy("Day"), widget=forms.DateInput(attrs={"class": "input", "type": "date"}, format="%Y-%m-%d")
    )
    at = forms.TimeField(
        label=lazy("Time"), widget=forms.TimeInput(attrs={"class": "input", "type": "time"}, format="%H:%M")
    )
    kind = forms.ChoiceField(
        label=lazy("Kind"), choices=Appointment.Kind, initial=Appointment.Kind.CALL, widget=forms.RadioSelect
    )
    purpose = forms.CharField(
        label=lazy("Purpose"), max_length=200, required=False, widget=forms.TextInput(attrs={"class": "input"})
    )

    def when(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"]))


class EndForm(forms.Form):
    result = forms.CharField(
        label=lazy("What came of it"), max_length=200, widget=forms.TextInput(attrs={"class": "input"})
    )


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer's open appointments with the form for one more."""
    customer = customer_for(request.user, pk)
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = make_appointment(
                customer=customer, when=form.when(), kind=given["kind"], purpose=given["purpose"], by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except NotPermitted:
            raise
        except Refused as refusal:
            form.add_error("at" if refusal.reason.code == "time_is_past" else None, word(refusal))
        else:
            say(request, _("Appointment noted: %(day)s %(at)s") % _when(made.at))
            return _back(request, customer.pk)
    open_ones = Appointment.objects.open().filter(customer=customer).select_related("by")
    context = {"customer": customer, "form": form, "appointments": open_ones, "place": "customers"}
    return respond(request, "followups/appointment_add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Held with a result, moved, or fallen through: in the person's own words."""
    appointment = get_object_or_404(Appointment.objects.visible_to(request.user).select_related("customer"), pk=pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        end_appointment(appointment=appointment, result=form.cleaned_data["result"], by=request.user, at=timezone.now())
        say(request, _("Appointment ended"))
        return _back(request, appointment.customer_id)
    context = {"customer": appointment.customer, "appointment": appointment, "form": form, "place": "customers"}
    return respond(request, "followups/appointment_end.html", context, status=422 if form.errors else 200)


def _when(at: datetime) -> dict[str, str]:
    from genjin.web.formats import clock, day_weekday

    return {"day": day_weekday(at), "at": clock(at)}


def _back(request: HttpRequest, customer: int) -> HttpResponse:
    return redirect_to(request, address_of("customer_page", customer) or reverse("today_customer", args=[customer]))
