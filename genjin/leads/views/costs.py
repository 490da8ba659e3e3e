"""What source channels cost, and what informants get: the rows behind the yields."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer
from genjin.customers.views import verbs
from genjin.leads.sources import services
from genjin.leads.sources.forms import CostForm, RewardForm
from genjin.leads.sources.models import Reward, SourceCost
from genjin.web.asked import day_in, key_in
from genjin.web.htmx import redirect_to, respond
from genjin.web.paging import page_of
from genjin.web.toasts import say, warn
from genjin.web.wording import word


@require_safe
def cost_list(request: HttpRequest) -> HttpResponse:
    """`/leads/costs/?of=rewards`: newest first."""
    require(request.user, "leads.see_costs")
    of = "rewards" if request.GET.get("of") == "rewards" else "costs"
    cursor = request.GET.get("cursor", "")
    costs = SourceCost.objects.visible_to(request.user).select_related("source", "unit", "by")
    rewards = Reward.objects.visible_to(request.user).select_related("customer", "unit", "by")
    context: dict[str, Any] = {
        "of": of,
        "page": page_of(costs if of == "costs" else rewards, ["-on!", "-pk"], cursor),
        "may_keep": request.user.may("leads.keep_costs"),
        "today": timezone.localdate(),
    }
    return respond(request, "leads/cost_list.html", context)


def cost_new(request: HttpRequest) -> HttpResponse:
    require(request.user, "leads.keep_costs")
    form = CostForm(request.POST or None, actor=request.user, initial={"on": timezone.localdate()})
    asking = verbs.Asking(_("Note a cost"), _("Keep"), reverse("cost_list"), place="leads")

    def act(data: dict[str, Any]) -> verbs.Done:
        figures = {"amount": data["amount"] or 0, "hours": data["hours"] or 0}
        row = services.note_cost(**{**data, **figures}, by=request.user, at=timezone.now())
        return verbs.Done(_("Noted: %(what)s") % {"what": row.what_for}, reverse("cost_removed", args=[row.pk]))

    return verbs.answer(request, form, asking, act)


@require_POST
def cost_removed(request: HttpRequest, pk: int) -> HttpResponse:
    cost = get_object_or_404(SourceCost.objects.visible_to(request.user), pk=pk)
    services.remove_cost(cost=cost, by=request.user, at=timezone.now())
    say(request, _("Taken out: %(what)s") % {"what": cost.what_for})
    return redirect_to(request, reverse("cost_list"))


def reward_new(request: HttpRequest) -> HttpResponse:
    """`?customer=7`: for whom it is."""
    require(request.user, "leads.keep_costs")
    key = key_in(request.GET.get("customer", "") or request.POST.get("customer", ""))
    customer = get_object_or_404(Customer.objects.visible_to(request.user), pk=key) if key else None
    form = RewardForm(request.POST or None, actor=request.user, initial={"on": timezone.localdate()})
    lines = [customer.name] if customer else []
    hidden = [("customer", customer.pk)] if customer else []
    back = reverse("cost_list") + "?of=rewards"
    asking = verbs.Asking(_("Note a reward"), _("Keep"), back, lines, hidden=hidden, place="leads")

    def act(data: dict[str, Any]) -> verbs.Done:
        row = services.note_reward(**data, customer=customer, by=request.user, at=timezone.now())
        return verbs.Done(_("Noted: %(what)s") % {"what": row.informant})

    return verbs.answer(request, form, asking, act)


@require_POST
def reward_paid(request: HttpRequest, pk: int) -> HttpResponse:
    """`on` is the day, today without one; `taken_back` says that it is owed again."""
    reward = get_object_or_404(Reward.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    on = None if request.POST.get("taken_back") else day_in(request.POST.get("on", "")) or today
    try:
        services.pay_reward(reward=reward, on=on, by=request.user, at=timezone.now())
    except NotPermitted:
        raise
    except Refused as refused:
        warn(request, word(refused))
    else:
        say(request, _("Saved."))
    return redirect_to(request, reverse("cost_list") + "?of=rewards")
