"""回收记录: what the nights took back into the pools, why, and taking it back."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from genjin.core.permissions import require
from genjin.customers.listing import leads
from genjin.customers.views import verbs
from genjin.followups import jobs
from genjin.followups.recycling import giving_back, reading
from genjin.followups.recycling.forms import GiveBackForm
from genjin.followups.recycling.models import RecycledCustomer, RecycleRun
from genjin.organization.calendars import calendar_for
from genjin.web.formats import day_weekday, number
from genjin.web.htmx import respond
from genjin.web.paging import page_of

KEPT_DAYS = 5  # working days that the form proposes (ours)


@require_safe
def recycle_list(request: HttpRequest) -> HttpResponse:
    """`/recycling/`: the nights that one may see, and who goes tonight."""
    person, today = request.user, timezone.localdate()
    context = {
        "nights": reading.nights_for(person),
        "leads": leads(person),
        "tonight": reading.leaving_by(person, today, days=0),
        "rules": reading.rules_for(person, today),
        "is_on": reading.is_on(),
    }
    return respond(request, "followups/recycle_list.html", context)


@require_safe
def recycle_run(request: HttpRequest, pk: int) -> HttpResponse:
    """`/recycling/7/`: whom one night took in one unit."""
    run, at = _run(request, pk), timezone.now()
    listed = RecycledCustomer.objects.visible_to(request.user).filter(run=run).select_related("owner", "given_back_by")
    page = page_of(listed, ("pk",), request.GET.get("cursor", ""))
    counts = run.customers.aggregate(back=Count("pk", filter=Q(given_back_at__isnull=False)),
                                     left=Count("pk", filter=~Q(left_code="")))  # fmt: skip
    may = request.user.may("customers.keep") and request.user.scope.leads(run.unit_id)
    context = {
        "run": run,
        "page": page,
        "lines": reading.lines_of(page.rows, request.user),
        "counts": counts,
        "may_give_back": may and giving_back.may_still_be_given_back(run, at=at),
        "undo_days": giving_back.UNDO_DAYS,
    }
    return respond(request, "followups/recycle_run.html", context)


def recycled_return(request: HttpRequest, pk: int, listed: int) -> HttpResponse:
    """`/recycling/7/customers/12/return/`: one customer back to the owner it had."""
    run = _run(request, pk)
    require(request.user, "customers.keep")
    one = get_object_or_404(
        RecycledCustomer.objects.visible_to(request.user).select_related("owner", "run"), pk=listed, run=run
    )
    name = reading.names_of([one], request.user).get(one.customer_id, "")
    lines = [_("Back to %(person)s with its class, dates and promises as they stood.") % {"person": one.owner.name}]
    asking = verbs.Asking(_("Give back %(name)s") % {"name": name}, _("Give back"), _page(run), [*lines, _why_kept()])

    def act(data: dict[str, Any]) -> verbs.Done:
        giving_back.give_customer_back(listed=one, **data, by=request.user, at=timezone.now())
        said = _("%(name)s is back with %(person)s, kept until %(day)s")
        return verbs.Done(said % {"name": name, "person": one.owner.name, "day": day_weekday(data["until"])})

    return verbs.answer(request, _form(request, run), asking, act)


def recycle_run_return(request: HttpRequest, pk: int) -> HttpResponse:
    """`/recycling/7/return/`: the whole night back; many in the background."""
    run = _run(request, pk)
    require(request.user, "customers.keep")
    count = ngettext("%(n)s customer goes back to its owner.", "%(n)s customers go back to their owners.", run.moved)
    lines = [
        count % {"n": number(run.moved)},
        _("Who was claimed or touched since stays as they are and is listed."),
        _why_kept(),
    ]
    asking = verbs.Asking(_("Give the whole night back"), _("Give all back"), _page(run), lines)

    def act(data: dict[str, Any]) -> verbs.Done:
        begun = giving_back.begin_giving_back(run=run, **data, by=request.user, at=timezone.now())
        if run.moved > giving_back.AT_ONCE:
            jobs.give_back_night.later(run.pk)
            return verbs.Done(_("They are being given back; the page says how far it is."))
        giving_back.carry_on_giving_back(begun)
        back = run.customers.filter(given_back_at__isnull=False).count()
        said = ngettext("%(n)s customer is back with its owner", "%(n)s customers are back with their owners", back)
        return verbs.Done(said % {"n": number(back)})

    return verbs.answer(request, _form(request, run), asking, act)


def _form(request: HttpRequest, run: RecycleRun) -> GiveBackForm:
    until = calendar_for(run.unit).add(timezone.localdate(), KEPT_DAYS)
    return GiveBackForm(request.POST or None, initial={"until": until})


def _why_kept() -> str:
    return _("Their time has run out: until the day you name no night takes them again.")


def _run(request: HttpRequest, pk: int) -> RecycleRun:
    return get_object_or_404(RecycleRun.objects.visible_to(request.user).select_related("unit", "undo_by"), pk=pk)


def _page(run: RecycleRun) -> str:
    return reverse("recycle_run", args=[run.pk])
