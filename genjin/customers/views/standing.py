"""Where a customer stands: planning it, moving its class, confirming, closing, reopening, taking back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.customers.classes import rungs
from genjin.customers.forms.verbs import ClassForm, CloseForm, PlanForm
from genjin.customers.models import Customer
from genjin.customers.services import restoring, standing
from genjin.customers.views import verbs
from genjin.customers.views.finding import customer_for, require_ability
from genjin.web import formats
from genjin.web.forms import Form
from genjin.web.htmx import redirect_to, shown_anew
from genjin.web.toasts import say, warn
from genjin.web.wording import word


def undo_address(customer: Customer, request: HttpRequest) -> str:
    """Where one's own last verb on a customer is taken back; "" when it cannot be."""
    entry = Entry.objects.about("customer", customer.pk).first()
    if entry is None or entry.by_id != request.user.pk or entry.verb not in restoring.UNDOABLE:
        return ""
    return reverse("customer_undo", args=[entry.pk])


def customer_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day for the next contact."""
    row = _for(request, pk, "plan")
    form = PlanForm(request.POST or None, initial={"on": row.planned_on or row.due_on})
    lines = [word(row.due_why)] if row.due_why else []
    lines.append(
        _("Up to %(day)s any day will do; a later one needs a reason and moves the due date with it.")
        % {"day": formats.day_weekday(row.due_on)}
    )
    asking = verbs.Asking(_("Another day"), _("Plan"), _page(row), lines)

    def act(data: dict[str, Any]) -> verbs.Done:
        done = standing.plan_customer(
            customer=row, on=data["on"], reason=data["reason"], by=request.user, at=timezone.now()
        )
        said = _("Next contact on %(day)s") % {"day": formats.day_weekday(done.planned_on)}
        return verbs.Done(said, undo_address(row, request))

    return verbs.answer(request, form, asking, act)


def customer_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Another class by hand, with a reason."""
    row = _for(request, pk, "move_class")
    ladder = rungs(standing.practice_for(row).playbook)
    form = ClassForm(request.POST or None, rungs=ladder, initial={"to": row.class_code})
    lines = [_("The cycle begins anew today. Entry conditions are not asked for here: your word stands for them.")]
    asking = verbs.Asking(_("Move the class"), _("Move"), _page(row), lines, ladder=ladder)

    def act(data: dict[str, Any]) -> verbs.Done:
        standing.move_class(customer=row, to=data["to"], reason=data["reason"], by=request.user, at=timezone.now())
        badge = next(each.badge for each in ladder if each.value == data["to"])
        return verbs.Done(_("Moved to %(badge)s") % {"badge": badge}, undo_address(row, request))

    return verbs.answer(request, form, asking, act)


@require_POST
def customer_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """A team lead confirms what a class asks for."""
    row = _for(request, pk, "confirm")
    standing.confirm_condition(
        customer=row, condition=request.POST.get("condition", ""), by=request.user, at=timezone.now()
    )
    say(request, _("Confirmed"))
    return redirect_to(request, _page(row))


def customer_close(request: HttpRequest, pk: int) -> HttpResponse:
    row = _for(request, pk, "close")
    lines = [_("Nobody follows it up any more. Open promises and appointments end with it. It can be reopened.")]
    asking = verbs.Asking(_("Close this customer"), _("Close"), _page(row), lines, is_danger=True)

    def act(data: dict[str, Any]) -> verbs.Done:
        standing.close_customer(
            customer=row, kind=data["kind"], reason=data["reason"], by=request.user, at=timezone.now()
        )
        return verbs.Done(_("Closed: %(name)s") % {"name": row.name}, undo_address(row, request))

    return verbs.answer(request, CloseForm(request.POST or None), asking, act)


def customer_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    row = _for(request, pk, "reopen")
    lines = [_("It goes back to its former owner if they are still here, else into the unit's pool.")]
    asking = verbs.Asking(_("Reopen this customer"), _("Reopen"), _page(row), lines)

    def act(_data: dict[str, Any]) -> verbs.Done:
        standing.reopen_customer(customer=row, by=request.user, at=timezone.now())
        return verbs.Done(_("Reopened: %(name)s") % {"name": row.name}, undo_address(row, request))

    return verbs.answer(request, Form(request.POST if request.method == "POST" else None), asking, act)


@require_POST
def customer_undo(request: HttpRequest, entry: int) -> HttpResponse:
    """Take back one's own last verb, as long as nobody touched the customer since."""
    record = get_object_or_404(Entry, pk=entry, kind="customer")
    row = Customer.objects.visible_to(request.user).filter(pk=record.subject).first()
    if row is None and record.by_id != request.user.pk:
        raise Http404
    try:
        restoring.undo(entry=record, by=request.user, at=timezone.now())
    except Refused as refused:
        warn(request, word(refused))
    else:
        say(request, _("Taken back."))
    return shown_anew(request, reverse("customer", args=[record.subject]))


def _page(row: Customer) -> str:
    return reverse("customer", args=[row.pk])


def _for(request: HttpRequest, pk: int, ability: str) -> Customer:
    row = customer_for(request, pk)
    require_ability(ability, row, request.user, timezone.localdate())
    return row
