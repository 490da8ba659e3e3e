"""Several leads of the list at once: each by itself, and what is refused is said."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from genjin.core.reasons import Refused
from genjin.customers.views import verbs
from genjin.leads.forms import EndForm, GiveForm, LayBackForm
from genjin.leads.merging.services import MOST as MOST_MERGED
from genjin.leads.models import Lead
from genjin.leads.services import ownership, pushes
from genjin.web.asked import key_in
from genjin.web.forms import Form
from genjin.web.htmx import redirect_to
from genjin.web.toasts import warn
from genjin.web.wording import word

MOST = 200  # leads of one deed (ours): each is a transaction of its own
Deed = Callable[[Lead], Any]


@require_POST
def lead_bulk(request: HttpRequest, verb: str) -> HttpResponse:
    """`/leads/bulk/give/`: asks what it needs to know for the chosen ones, then does it."""
    if verb not in TITLES:
        raise Http404
    rows = _chosen(request)
    if verb == "merge":
        return _merge(request, rows)
    sent = "sent" in request.POST or verb == "accept"
    form = _form(verb, request, request.POST if sent else None)
    count = ngettext("%(n)s lead", "%(n)s leads", len(rows)) % {"n": len(rows)}
    hidden = [("sent", "1"), *(("chosen", row.pk) for row in rows)]
    asking = verbs.Asking(
        TITLES[verb](), _("Do it"), reverse("leads"), [count], is_danger=verb == "end", hidden=hidden, place="leads"
    )
    if not sent:
        return verbs.show(request, form, asking)
    return verbs.answer(request, form, asking, lambda data: _do(request, rows, _deed(verb, data, request)))


def _merge(request: HttpRequest, rows: list[Lead]) -> HttpResponse:
    """Side by side, on a page of its own."""
    if not 2 <= len(rows) <= MOST_MERGED:
        warn(request, _("Choose two to %(most)s leads to merge.") % {"most": MOST_MERGED})
        return redirect_to(request, reverse("leads"))
    return redirect_to(request, reverse("lead_merge_new", args=["-".join(str(row.pk) for row in rows)]))


def _chosen(request: HttpRequest) -> list[Lead]:
    keys = [key for text in request.POST.getlist("chosen")[:MOST] if (key := key_in(text)) is not None]
    return list(Lead.objects.visible_to(request.user).filter(pk__in=keys).order_by("pk"))


def _form(verb: str, request: HttpRequest, given: Any) -> Form:
    if verb == "give":
        return GiveForm(given, actor=request.user)
    if verb == "back":
        return LayBackForm(given, actor=request.user)
    return EndForm(given, suffices=False) if verb == "end" else Form(given)


def _deed(verb: str, data: dict[str, Any], request: HttpRequest) -> Deed:
    by, at = request.user, timezone.now()
    deeds: dict[str, Deed] = {
        "accept": lambda lead: ownership.accept_lead(lead=lead, by=by, at=at),
        "give": lambda lead: ownership.give_lead(lead=lead, to=data["to"], by=by, at=at),
        "back": lambda lead: ownership.lay_back(lead=lead, queue=data["queue"], reason=data["reason"], by=by, at=at),
        "end": lambda lead: pushes.end_lead(
            lead=lead, outcome=data["outcome"], reason=data["reason"], by=by, at=at
        ),
    }  # fmt: skip
    return deeds[verb]


def _do(request: HttpRequest, rows: list[Lead], deed: Deed) -> verbs.Done:
    """Each in its own transaction. Why some were left is said once for each reason, with how many."""
    done, refused = 0, Counter[str]()
    for row in rows:
        try:
            deed(row)
        except Refused as why:
            refused[str(word(why))] += 1
        else:
            done += 1
    for sentence, count in refused.most_common(3):
        warn(request, f"{sentence} × {count}" if count > 1 else sentence)
    return verbs.Done(ngettext("%(n)s lead done", "%(n)s leads done", done) % {"n": done})


TITLES: dict[str, Callable[[], str]] = {
    "merge": lambda: _("Merge"),
    "accept": lambda: _("Accept the chosen ones"),
    "give": lambda: _("Give the chosen ones to a colleague"),
    "back": lambda: _("Lay the chosen ones into a queue"),
    "end": lambda: _("End the chosen ones"),
}
