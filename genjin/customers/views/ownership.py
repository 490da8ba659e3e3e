"""Whose one customer is: assigning, claiming, releasing, lending."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.forms.verbs import AssignForm, LendForm, ReleaseForm
from genjin.customers.models import Collaboration, Customer
from genjin.customers.pools.claiming import just_taken
from genjin.customers.services import ownership
from genjin.customers.views import verbs
from genjin.customers.views.finding import customer_for, require_ability
from genjin.customers.views.standing import undo_address
from genjin.web.htmx import redirect_to, wants_fragment
from genjin.web.toasts import say, warn
from genjin.web.wording import word


def customer_assign(request: HttpRequest, pk: int) -> HttpResponse:
    row = _for(request, pk, "assign")
    lines = [_("History, promises and appointments go along. A due date stays as it is.")]
    asking = verbs.Asking(_("Assign to a colleague"), _("Assign"), _page(row), lines)

    def act(data: dict[str, Any]) -> verbs.Done:
        ownership.assign_customer(
            customer=row, to=data["to"], reason=data["reason"], by=request.user, at=timezone.now()
        )
        said = _("%(name)s is now with %(person)s") % {"name": row.name, "person": data["to"].name}
        return verbs.Done(said, undo_address(row, request))

    return verbs.answer(request, AssignForm(request.POST or None, actor=request.user), asking, act)


@require_POST
def customer_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the pool, for oneself. A limit refuses with its figures."""
    for _taken, why in just_taken([pk], by=request.user, at=timezone.now()):
        warn(request, word(why))
        return redirect_to(request, _where_it_was_claimed(request) or reverse("pool"))
    row = customer_for(request, pk)
    try:
        ownership.claim_customer(customer=row, by=request.user, at=timezone.now())
    except NotPermitted:
        raise
    except Refused as refused:
        warn(request, word(refused))
        gone = refused.reason.code == "claimed_by_another"
        where = _where_it_was_claimed(request)
        if where and not gone and wants_fragment(request):
            return HttpResponse()  # the list stays as it is, the sentence comes beside it
        return redirect_to(request, where or (reverse("pool") if gone else _page(row)))
    say(request, _("Claimed: %(name)s") % {"name": row.name}, undo=undo_address(row, request))
    return redirect_to(request, _page(row))


def _where_it_was_claimed(request: HttpRequest) -> str:
    """The list that the row was claimed on, with its conditions; "" when that was the record page."""
    page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    on_a_list = page.netloc == request.get_host() and page.path in (reverse("pool"), reverse("customers"))
    return f"{page.path}?{page.query}" if on_a_list else ""


def customer_release(request: HttpRequest, pk: int) -> HttpResponse:
    row = _for(request, pk, "release")
    form = ReleaseForm(request.POST or None, actor=request.user, initial={"pool": row.unit.pool})
    lines = [_("History and promises stay with it. Any colleague of this pool may claim it.")]
    asking = verbs.Asking(_("Put into the pool"), _("Put into the pool"), _page(row), lines)

    def act(data: dict[str, Any]) -> verbs.Done:
        ownership.release_customer(
            customer=row, to=data["pool"], reason=data["reason"], by=request.user, at=timezone.now()
        )
        said = _("%(name)s lies in %(pool)s") % {"name": row.name, "pool": data["pool"].name}
        return verbs.Done(said, undo_address(row, request))

    return verbs.answer(request, form, asking, act)


def customer_lend(request: HttpRequest, pk: int) -> HttpResponse:
    row = _for(request, pk, "lend")
    lines = [_("The owner stays the same. Reading shows everything; working also writes notes and moves dates.")]
    asking = verbs.Asking(_("Let a colleague in"), _("Let in"), _page(row), lines)

    def act(data: dict[str, Any]) -> verbs.Done:
        ownership.lend_customer(
            customer=row, to=data["to"], may_work=data["way"] == "work", ends_on=data["ends_on"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        return verbs.Done(_("%(person)s can see this customer now") % {"person": data["to"].name})

    return verbs.answer(request, LendForm(request.POST or None, actor=request.user), asking, act)


@require_POST
def lending_end(request: HttpRequest, pk: int, lending: int) -> HttpResponse:
    row = customer_for(request, pk)
    collaboration = get_object_or_404(Collaboration.objects.select_related("person"), pk=lending, customer=row)
    ownership.end_lending(collaboration=collaboration, by=request.user, at=timezone.now())
    say(request, _("%(person)s no longer sees this customer") % {"person": collaboration.person.name})
    return redirect_to(request, _page(row))


def _page(row: Customer) -> str:
    return reverse("customer", args=[row.pk])


def _for(request: HttpRequest, pk: int, ability: str) -> Customer:
    row = customer_for(request, pk)
    require_ability(ability, row, request.user, timezone.localdate())
    return row
