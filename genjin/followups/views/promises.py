"""Promises to a customer: making one, and saying what became of it."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer
from genjin.followups.card import card_of
from genjin.followups.desk import customer_for, practice_for
from genjin.followups.models import Promise
from genjin.followups.services.agreements import end_promise, make_promise, reopen_promise
from genjin.web.htmx import redirect_to, respond, wants_fragment
from genjin.web.toasts import say
from genjin.web.wording import word


class PromiseForm(forms.Form):
    what = forms.CharField(
        label=lazy("What was promised"), max_length=200, widget=forms.TextInput(attrs={"class": "input"})
    )
    on = forms.DateField(
        label=lazy("By"), widget=forms.DateInput(attrs={"class": "input", "type": "date"}, format="%Y-%m-%d")
    )
    at = forms.TimeField(
        label=lazy("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"class": "input", "type": "time"}, format="%H:%M"),
    )

    def by_when(self) -> datetime:
        """The end of the working day where no time was named."""
        at = self.cleaned_data["at"] or time(18)
        return timezone.make_aware(datetime.combine(self.cleaned_data["on"], at))


@require_http_methods(["GET", "HEAD", "POST"])
def promise_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer's promises with the form for one more."""
    customer = customer_for(request.user, pk)
    form = PromiseForm(request.POST or None, initial={"on": _tomorrow(customer)})
    if request.method == "POST" and form.is_valid():
        try:
            make_promise(
                customer=customer, what=form.cleaned_data["what"], by_when=form.by_when(), by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except NotPermitted:
            raise
        except Refused as refusal:
            form.add_error("on" if refusal.reason.code == "date_before_today" else None, word(refusal))
        else:
            say(request, _("Promise noted"))
            return _shown(request, customer)
    context = _context(request, customer) | {"form": form, "place": "customers"}
    return respond(request, "followups/promise_add.html", context, status=422 if form.errors else 200)


@require_POST
def kept(request: HttpRequest, pk: int) -> HttpResponse:
    return _end(request, pk, kept=True)


@require_POST
def broken(request: HttpRequest, pk: int) -> HttpResponse:
    return _end(request, pk, kept=False)


@require_POST
def reopened(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a tick that was a slip."""
    promise = _promise(request, pk)
    reopen_promise(promise=promise, by=request.user, at=timezone.now())
    return _shown(request, customer_for(request.user, promise.customer_id))


def _end(request: HttpRequest, pk: int, *, kept: bool) -> HttpResponse:
    promise = _promise(request, pk)
    end_promise(promise=promise, kept=kept, by=request.user, at=timezone.now())
    return _shown(request, customer_for(request.user, promise.customer_id))


def _promise(request: HttpRequest, pk: int) -> Promise:
    return get_object_or_404(Promise.objects.visible_to(request.user), pk=pk)


def _tomorrow(customer: Customer) -> Any:
    return practice_for(customer).calendar.add(timezone.localdate(), 1)


def _context(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    return {"customer": customer, "card": card_of(customer, practice_for(customer), at=timezone.now())}


def _shown(request: HttpRequest, customer: Customer) -> HttpResponse:
    """The list of promises for htmx, else back to where one was."""
    if wants_fragment(request):
        return respond(request, "followups/_promises.html", _context(request, customer))
    back = request.POST.get("back", "")
    allowed = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect_to(request, back if allowed and back else reverse("today_customer", args=[customer.pk]))
