"""Promises to a customer: making one, and saying what became of it."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from genjin.customers.models import Customer
from genjin.customers.views import verbs
from genjin.followups.card import agreements_of
from genjin.followups.desk import customer_for, practice_for
from genjin.followups.forms import within_ten_years
from genjin.followups.models import Promise
from genjin.followups.services.agreements import end_promise, make_promise, reopen_promise
from genjin.followups.views.returning import back_field, came_from_today, way_back
from genjin.web.forms import Form
from genjin.web.htmx import redirect_to, respond, wants_fragment


class PromiseForm(Form):
    what = forms.CharField(label=gettext_lazy("What was promised"), max_length=200)
    on = forms.DateField(label=gettext_lazy("By which day"), validators=[within_ten_years])
    at = forms.TimeField(label=gettext_lazy("By what time"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def promise_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise something to a customer; without a time by the end of the day named."""
    customer = customer_for(request.user, pk)
    tomorrow = practice_for(customer).calendar.add(timezone.localdate(), 1)
    form = PromiseForm(request.POST or None, initial={"on": tomorrow})
    asking = verbs.Asking(
        _("Promise to %(name)s") % {"name": customer.name}, _("Note the promise"), way_back(request, customer.pk),
        hidden=back_field(request),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> verbs.Done:
        by_when = timezone.make_aware(datetime.combine(given["on"], given["at"] or time(18)))
        make_promise(customer=customer, what=given["what"], by_when=by_when, by=request.user, at=timezone.now())
        return verbs.Done(_("Promise noted"))

    return verbs.answer(request, form, asking, act)


@require_safe
def agreements(request: HttpRequest, pk: int) -> HttpResponse:
    """What is promised to a customer and agreed with it: the panel of its page."""
    return _shown(request, customer_for(request.user, pk))


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
    return _answer(request, promise.customer_id)


def _end(request: HttpRequest, pk: int, *, kept: bool) -> HttpResponse:
    promise = _promise(request, pk)
    end_promise(promise=promise, kept=kept, by=request.user, at=timezone.now())
    return _answer(request, promise.customer_id)


def _promise(request: HttpRequest, pk: int) -> Promise:
    return get_object_or_404(Promise.objects.visible_to(request.user), pk=pk)


def _answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The promises as they are now for htmx, else back to where one was."""
    if wants_fragment(request):
        return _shown(request, customer_for(request.user, pk))
    return redirect_to(request, way_back(request, pk))


def _shown(request: HttpRequest, customer: Customer) -> HttpResponse:
    at = timezone.now()
    context = {
        "customer": customer,
        "agreed": agreements_of(customer, at=at),
        "at": at,
        "back": "today" if came_from_today(request) else "",
    }
    return respond(request, "followups/agreements.html", context, fragment="followups/_agreements.html")
