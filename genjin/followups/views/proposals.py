"""What is proposed: the list of what is to be decided, one proposal with its evidence, the answer, and undoing it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.followups.desk import customer_for
from genjin.followups.models import Proposal
from genjin.followups.proposals import deciding, reading
from genjin.followups.proposals.forms import AnswerForm, DecisionForm
from genjin.followups.proposals.reassigning import give_away, leave
from genjin.followups.proposals.receiving import colleagues_of
from genjin.followups.views.returning import came_from_today, way_back
from genjin.organization.models import Person
from genjin.web.asked import key_in
from genjin.web.htmx import redirect_to, respond, shown_anew
from genjin.web.toasts import say, warn
from genjin.web.wording import word

PAGE, FRAGMENT = "followups/proposal_list.html", "followups/_proposal.html"


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What is to be decided: one's own, what waits for one's word, what one's people have."""
    return _page(request, None, None)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal, beside the others; POST decides it."""
    found = _found(request, pk)
    if request.method != "POST":
        return _page(request, found, None)
    chosen = reading.shown([found], request.user)[0]
    form = _form(request, chosen)
    if form is None:
        warn(request, word(Refused("proposal_is_decided", name=found.customer.name)))
        return redirect_to(request, _after(request, found))
    if form.is_valid():
        try:
            done = _act(request, found, form)
        except NotPermitted:
            raise
        except Refused as refusal:
            form.add_error("reason" if refusal.reason.code == "decision_needs_a_reason" else None, word(refusal))
        else:
            say(request, _sentence(done), undo=reverse("proposal_undo", args=[done.pk]))
            return redirect_to(request, _after(request, done))
    return _page(request, found, form, status=422)


@require_POST
def reassigned(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the customer to the person chosen, or leave it with a reason."""
    found, to = _found(request, pk), request.POST.get("to", "")
    require(request.user, "followups.approve_proposals")
    reason = request.POST.get("reason", "")
    try:
        if to == "keep":
            done = leave(proposal=found, reason=reason, by=request.user, at=timezone.now())
        else:
            people = Person.objects.visible_to(request.user)
            person = people.filter(pk=to).first() if key_in(to) else None
            if person is None:
                raise Refused("decision_not_offered")
            done = give_away(proposal=found, to=person, reason=reason, by=request.user, at=timezone.now())
    except NotPermitted:
        raise
    except Refused as refused:
        warn(request, word(refused))
        return redirect_to(request, reverse("proposal", args=[pk]) + "?of=approve")
    name = {"name": found.customer.name}
    told = _("%(name)s: kept on") % name if to == "keep" else _("%(name)s: given to somebody else") % name
    say(request, told, undo=reverse("proposal_undo", args=[done.pk]))
    return redirect_to(request, reverse("proposals") + "?of=approve")


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own last decision."""
    found = _found(request, pk, gone_too=True)
    try:
        deciding.undo_decision(proposal=found, by=request.user, at=timezone.now())
    except Refused as refused:
        warn(request, word(refused))
    else:
        say(request, _("Taken back."))
    return shown_anew(request, reverse("proposal", args=[pk]))


@require_POST
def accepted(request: HttpRequest) -> HttpResponse:
    """Several class moves as they are proposed; whoever cannot be moved stays in the list and is named."""
    require(request.user, "customers.work")
    keys = [key for text in request.POST.getlist("chosen") if (key := key_in(text)) is not None]
    rows = reading.with_customers(Proposal.objects.visible_to(request.user).filter(pk__in=keys[: reading.AT_ONCE]))
    safe = set(reading.safe_to_accept(reading.shown(rows, request.user)))
    done = 0
    for each in rows:
        if each.pk not in safe:
            continue
        try:
            deciding.decide(proposal=each, wish=deciding.Wish(way="move"), by=request.user, at=timezone.now())
            done += 1
        except Refused as refused:
            warn(request, word(refused))
    if done:
        say(request, ngettext("%(n)s customer moved", "%(n)s customers moved", done) % {"n": done})
    else:
        warn(request, _("Nobody was chosen."))
    return redirect_to(request, reverse("proposals"))


@require_safe
def of_customer(request: HttpRequest, pk: int) -> HttpResponse:
    """What is proposed for a customer: the panel of its page."""
    customer = customer_for(request.user, pk)
    context = {"customer": customer, "standing": reading.of_customer(customer, request.user), "back": ""}
    return respond(request, "followups/customer_proposals.html", context, fragment="followups/_customer_proposals.html")


def _found(request: HttpRequest, pk: int, *, gone_too: bool = False) -> Proposal:
    """The proposal, within what one may see; who decided it may still take it back once the customer is gone."""
    rows = reading.with_customers(Proposal.objects.visible_to(request.user))
    found = rows.filter(pk=pk).first()
    if found is None and gone_too:
        found = reading.with_customers(reading.decided_by(request.user)).filter(pk=pk).first()
    return found or get_object_or_404(rows, pk=pk)


def _lists(request: HttpRequest) -> dict[str, Any]:
    person = request.user
    found = {"mine": reading.mine(person), "approve": reading.for_approval(person), "team": reading.of_team(person)}
    return {name: rows for name, rows in found.items() if name == "mine" or person.may("followups.see_team")}


def _page(
    request: HttpRequest, found: Proposal | None, form: DecisionForm | AnswerForm | None, *, status: int = 200
) -> HttpResponse:
    """The list with one chosen; for htmx the chosen alone."""
    person = request.user
    lists = _lists(request)
    counts = {name: rows.count() for name, rows in lists.items()}
    of = request.GET.get("of", "")
    if of not in lists:
        of = next((name for name in ("approve", "mine", "team") if counts.get(name)), "mine")
    rows = lists[of]
    units = reading.counts_by_unit(rows) if of == "team" else []
    unit, owner = _key(request, "unit"), _key(request, "owner")
    if of == "team" and unit:
        rows = rows.filter(customer__unit=unit)
    people = reading.counts_by_person(rows) if of == "team" else []
    if of == "team" and owner:
        rows = rows.filter(owner=owner)
    is_chosen = found is not None
    listed = list(reading.with_customers(rows).order_by("customer__class_rank", "made_at", "pk")[: reading.AT_ONCE])
    found = found or next(iter(listed), None)
    every = reading.shown([*listed, *([found] if found and found not in listed else [])], person)
    chosen = next((each for each in every if found and each.proposal.pk == found.pk), None)
    context = {
        "of": of,
        "unit": unit,
        "owner": owner,
        "counts": counts,
        "units": units if len(units) > 1 else [],
        "people": people,
        "rows": every[: len(listed)],
        "safe": reading.safe_to_accept(every[: len(listed)]),
        "chosen": chosen,
        "is_chosen": is_chosen,
        "back": request.POST.get("back") or request.GET.get("back") or "",
        "place": "team" if of == "team" else "today",
        **_asking(request, chosen, form),
    }
    return respond(request, PAGE, context, fragment=FRAGMENT, status=status)


def _key(request: HttpRequest, name: str) -> int | None:
    """A key in the address; nothing for whatever else stands there."""
    return key_in(request.GET.get(name, ""))


def _asking(
    request: HttpRequest, chosen: reading.ShownProposal | None, form: DecisionForm | AnswerForm | None
) -> dict[str, Any]:
    if chosen is None:
        return {"form": None, "pools": []}
    if chosen.answers == "reassign":
        found = colleagues_of(chosen.customer, request.user, today=timezone.localdate())
        return {"form": None, "pools": [], "colleagues": found}
    pools = reading.pools_for(request.user, chosen.customer) if chosen.proposal.kind == "give_up" else []
    return {"form": form or _form(request, chosen, posted=False, pools=pools), "pools": pools}


def _form(
    request: HttpRequest, chosen: reading.ShownProposal, *, posted: bool = True, pools: Sequence[Any] | None = None
) -> DecisionForm | AnswerForm | None:
    given = request.POST if posted else None
    if chosen.answers == "approve":
        return AnswerForm(given)
    if chosen.answers == "decide":
        found = reading.pools_for(request.user, chosen.customer) if pools is None else list(pools)
        return DecisionForm(given, pools=found)
    return None


def _act(request: HttpRequest, found: Proposal, form: DecisionForm | AnswerForm) -> Proposal:
    by, at = request.user, timezone.now()
    if isinstance(form, DecisionForm):
        return deciding.decide(proposal=found, wish=form.wish(), by=by, at=at)
    if form.cleaned_data["answer"] == "agree":
        return deciding.agree(proposal=found, by=by, at=at)
    return deciding.send_back(proposal=found, words=form.cleaned_data["reason"], by=by, at=at)


def _after(request: HttpRequest, done: Proposal) -> str:
    """Back where one came from; from the list to what is left of it."""
    if came_from_today(request):
        return way_back(request, done.customer_id) if _still_seen(request, done) else reverse("today")
    if request.POST.get("back") == "customer" and _still_seen(request, done):
        return reverse("customer", args=[done.customer_id])
    return reverse("proposals")


def _still_seen(request: HttpRequest, done: Proposal) -> bool:
    return Proposal.objects.visible_to(request.user).filter(pk=done.pk).exists()


def _sentence(done: Proposal) -> str:
    name = done.customer.name
    if done.state == Proposal.State.WAITING:
        return _("%(name)s: the team lead is asked") % {"name": name}
    if done.state == Proposal.State.OPEN:
        return _("%(name)s: sent back") % {"name": name}
    if done.state == Proposal.State.DECLINED:
        return _("%(name)s: kept on") % {"name": name}
    if done.kind == Proposal.Kind.CLASS:
        return _("%(name)s: class moved") % {"name": name}
    return _("%(name)s: given up") % {"name": name}
