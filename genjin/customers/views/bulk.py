"""The same verb for many chosen customers: each is done or refused on its own, and the refused are listed with why."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from genjin.core.permissions import require
from genjin.customers.forms.verbs import AssignForm, DealForm, ReleaseForm
from genjin.customers.models import Customer
from genjin.customers.services import ownership
from genjin.customers.services.ownership import Outcome
from genjin.customers.views import verbs
from genjin.web.forms import Form
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say, warn
from genjin.web.wording import word

MOST = 500


@require_POST
def bulk_assign(request: HttpRequest) -> HttpResponse:
    require(request.user, "customers.assign")

    def act(rows: list[Customer], data: dict[str, Any]) -> Outcome:
        return ownership.assign_customers(customers=rows, to=data["to"], by=request.user, at=timezone.now())

    form = AssignForm(_filled(request), actor=request.user)
    del form.fields["reason"]
    return _bulk(request, form, _("Assign to a colleague"), _("Assign"), act, _assigned)


@require_POST
def bulk_deal(request: HttpRequest) -> HttpResponse:
    """Evenly, one each in turn, the best first."""
    require(request.user, "customers.assign")

    def act(rows: list[Customer], data: dict[str, Any]) -> Outcome:
        return ownership.deal_out(customers=rows, among=list(data["among"]), by=request.user, at=timezone.now())

    form = DealForm(_filled(request), actor=request.user)
    return _bulk(request, form, _("Deal out evenly"), _("Deal out"), act, _assigned)


@require_POST
def bulk_release(request: HttpRequest) -> HttpResponse:
    require(request.user, "customers.release")

    def act(rows: list[Customer], data: dict[str, Any]) -> Outcome:
        return ownership.release_customers(
            customers=rows, reason=data["reason"], to=data["pool"], by=request.user, at=timezone.now()
        )

    form = ReleaseForm(_filled(request), actor=request.user, initial={"pool": request.user.unit.pool})
    return _bulk(request, form, _("Put into the pool"), _("Put into the pool"), act, _released)


@require_POST
def bulk_claim(request: HttpRequest) -> HttpResponse:
    """Nothing to fill in: claiming is done at once."""
    require(request.user, "customers.claim")
    rows, at = _chosen(request), timezone.now()
    back = _back(request)
    taken = [(row.name, why) for row, why in ownership.just_taken(_keys(request), by=request.user, at=at)]
    if not rows and not taken:
        warn(request, _("Choose at least one customer."))
        return redirect_to(request, back)
    outcome = ownership.claim_customers(customers=rows, by=request.user, at=at)
    known = {name for name, _why in outcome.refused}
    outcome = Outcome(outcome.done, outcome.refused + [each for each in taken if each[0] not in known])
    return _told(request, outcome, _claimed(len(outcome.done)), back)


def _assigned(number: int) -> str:
    return ngettext("%(n)d customer assigned", "%(n)d customers assigned", number) % {"n": number}


def _released(number: int) -> str:
    return ngettext("%(n)d customer put into the pool", "%(n)d customers put into the pool", number) % {"n": number}


def _claimed(number: int) -> str:
    return ngettext("%(n)d customer claimed", "%(n)d customers claimed", number) % {"n": number}


def _bulk(
    request: HttpRequest,
    form: Form,
    title: str,
    submit: str,
    act: Callable[[list[Customer], dict[str, Any]], Outcome],
    said: Callable[[int], str],
) -> HttpResponse:
    """The first POST brings the chosen rows and shows the form; the second, with `sure`, does it."""
    rows = _chosen(request)
    back = _back(request)
    if not rows:
        warn(request, _("Choose at least one customer."))
        return redirect_to(request, back)
    count = ngettext("%(n)d customer is chosen.", "%(n)d customers are chosen.", len(rows)) % {"n": len(rows)}
    hidden = [("chosen", row.pk) for row in rows] + [("sure", "1"), ("back", back)]
    asking = verbs.Asking(title, submit, back, [count], hidden=hidden)
    if not form.is_bound:
        return verbs.show(request, form, asking)
    if not form.is_valid():
        return verbs.show(request, form, asking, status=422)
    outcome = act(rows, form.cleaned_data)
    return _told(request, outcome, said(len(outcome.done)), back)


def _told(request: HttpRequest, outcome: Outcome, sentence: str, back: str) -> HttpResponse:
    if not outcome.refused:
        say(request, sentence)
        return redirect_to(request, back)
    refused = [(name, word(reason)) for name, reason in outcome.refused]
    context = {"sentence": sentence, "refused": refused, "back": back}
    return respond(request, "customers/bulk_done.html", context, fragment="customers/_bulk_done.html")


def _filled(request: HttpRequest) -> Any:
    return request.POST if "sure" in request.POST else None


def _chosen(request: HttpRequest) -> list[Customer]:
    rows = Customer.objects.visible_to(request.user).filter(pk__in=_keys(request)).select_related("unit", "owner")
    return list(rows.order_by("pk"))


def _keys(request: HttpRequest) -> list[int]:
    return [int(key) for key in request.POST.getlist("chosen")[:MOST] if _is_key(key)]


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def _back(request: HttpRequest) -> str:
    """The list one came from."""
    address = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if safe and address.startswith("/") else reverse("customers")
