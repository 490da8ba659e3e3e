"""One verb for many customers: those chosen on the page, or the whole list as its address states it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from genjin.core.reasons import Refused
from genjin.customers import jobs, listing
from genjin.customers.bulk import runs
from genjin.customers.bulk.forecast import forecast
from genjin.customers.bulk.models import BulkRun
from genjin.customers.bulk.verbs import VERBS
from genjin.customers.bulk.wording import done_in_words
from genjin.customers.classes import rungs
from genjin.customers.forms import bulk as forms
from genjin.customers.models import Customer, CustomerQuerySet
from genjin.customers.pools.claiming import just_taken
from genjin.customers.views import verbs
from genjin.customers.views.bulk_runs import refused_by_reason
from genjin.organization.models import Person
from genjin.playbooks.services import playbook_for, variant
from genjin.web.htmx import redirect_to, respond
from genjin.web.paging import COUNT_CAP, count_up_to_cap
from genjin.web.toasts import say, warn
from genjin.web.wording import word

MOST = 500  # customers of one page; more are chosen as the whole list
LOOKED_AT = 200  # customers whose playbook decides which classes are offered
Kind = BulkRun.Verb


@dataclass(frozen=True, slots=True)
class Choice:
    """Which customers: `query` is the list they are the whole of, "" for those that were ticked."""

    rows: CustomerQuerySet
    keys: list[int]
    query: str

    def counted(self) -> str:
        """12, or 1000+ where nobody counts on."""
        count = count_up_to_cap(self.rows)
        return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count)

    def playbook(self, by: Person) -> str:
        """The one most of the first of them work by; one's own when there are none."""
        first = list(self.rows.order_by("pk").values_list("playbook", flat=True)[:LOOKED_AT])
        return max(set(first), key=first.count) if first else playbook_for(by.unit_id).code


@dataclass(frozen=True, slots=True)
class Asked:
    """What a verb's form says and asks for."""

    title: Any
    submit: Any
    form: Callable[[Any, Person, Choice], Any]
    line: Any = ""
    is_danger: bool = False


def _class_form(filled: Any, by: Person, choice: Choice) -> forms.ClassManyForm:
    code = choice.playbook(by)
    return forms.ClassManyForm(filled, playbook=code, rungs=rungs(variant(code)))


ASKED: dict[str, Asked] = {
    Kind.ASSIGN: Asked(
        gettext_lazy("Assign to a colleague"), gettext_lazy("Assign"),
        lambda filled, by, choice: forms.AssignManyForm(filled, actor=by),
        gettext_lazy("History, promises and appointments go along. A due date stays as it is."),
    ),
    Kind.DEAL: Asked(
        gettext_lazy("Deal out"), gettext_lazy("Deal out"),
        lambda filled, by, choice: forms.DealManyForm(filled, actor=by),
        gettext_lazy("Nearest to payment first. Who is at a limit is passed over; what nobody has room for stays."),
    ),
    Kind.RELEASE: Asked(
        gettext_lazy("Put into the pool"), gettext_lazy("Put into the pool"),
        lambda filled, by, choice: forms.ReleaseManyForm(filled, actor=by),
        gettext_lazy("History and promises stay with it. Any colleague of this pool may claim it."),
    ),
    Kind.SHIFT: Asked(
        gettext_lazy("Move to another pool"), gettext_lazy("Move"),
        lambda filled, by, choice: forms.ShiftManyForm(filled, actor=by),
        gettext_lazy("Who sees the other pool sees them from then on. Days of rest and lock-out go along."),
    ),
    Kind.CLAIM: Asked(
        gettext_lazy("Claim"), gettext_lazy("Claim"), lambda filled, by, choice: forms.NothingToSayForm(filled)
    ),
    Kind.TAG: Asked(
        gettext_lazy("Tags"), gettext_lazy("Change the tags"), lambda filled, by, choice: forms.TagManyForm(filled)
    ),
    Kind.CLASS: Asked(
        gettext_lazy("Move the class"), gettext_lazy("Move"), _class_form,
        gettext_lazy("The cycle begins anew today; entry conditions are not asked for. Other playbooks' stay."),
    ),
    Kind.FILL: Asked(
        gettext_lazy("Set a field"), gettext_lazy("Fill in"),
        lambda filled, by, choice: forms.FillManyForm(filled, actor=by),
        gettext_lazy("What you leave empty stays as it is."),
    ),
    Kind.PLAN: Asked(
        gettext_lazy("Another day"), gettext_lazy("Plan"), lambda filled, by, choice: forms.PlanManyForm(filled),
        gettext_lazy("A day past the cycle of a customer needs a reason; its due date moves with it."),
    ),
    Kind.KEEP: Asked(
        gettext_lazy("Keep until a day"), gettext_lazy("Keep"), lambda filled, by, choice: forms.KeepManyForm(filled),
        gettext_lazy("Until then they stay with their owners, whatever the rules of going back say."),
    ),
    Kind.CLOSE: Asked(
        gettext_lazy("Close"), gettext_lazy("Close"), lambda filled, by, choice: forms.CloseManyForm(filled),
        gettext_lazy("Closed customers stand on no list and in no pool. The owner is kept."), is_danger=True,
    ),
}  # fmt: skip


@require_POST
def bulk_begin(request: HttpRequest, verb: str) -> HttpResponse:
    """The first POST brings the choice and shows the form; the second, with `sure`, does it."""
    by, back, asked = request.user, list_of(request), ASKED[verb]
    VERBS[verb].require_permission(by)
    try:
        choice = choice_of(request)
    except Refused as refused:
        warn(request, word(refused))
        return redirect_to(request, back)
    counted = choice.counted()
    taken = just_taken(choice.keys, by=by, at=timezone.now()) if verb == Kind.CLAIM else []
    if counted == "0" and not taken:
        warn(request, _("Choose at least one customer."))
        return redirect_to(request, back)
    asks = verb != Kind.CLAIM
    form = asked.form(request.POST if "sure" in request.POST or not asks else None, by, choice)
    if verb == Kind.DEAL and "preview" in request.POST and form.is_bound and form.is_valid():
        found = forecast(
            choice.rows, form.chosen_people(), way=form.options()["way"], by=by, today=timezone.localdate()
        )
        return _ask(request, form, asked, choice, counted, back, found=found)
    if not form.is_bound or not form.is_valid():
        return _ask(request, form, asked, choice, counted, back)
    try:
        run = runs.start(
            verb=verb, options=form.options(), rows=None if choice.query else choice.rows, query=choice.query,
            taken=taken, by=by, at=timezone.now(),
        )  # fmt: skip
    except Refused as refused:
        if not asks:
            raise
        form.add_error(None, word(refused))
        return _ask(request, form, asked, choice, counted, back)
    return _carried_out(request, run, back, is_small=counted.isdecimal() and int(counted) <= runs.AT_ONCE)


def _ask(
    request: HttpRequest, form: Any, asked: Asked, choice: Choice, counted: str, back: str, found: Any = None
) -> HttpResponse:
    if counted.isdecimal():
        number = int(counted)
        count = ngettext("%(n)d customer is chosen.", "%(n)d customers are chosen.", number) % {"n": number}
    else:
        count = _("More than %(n)d customers are chosen: the whole list.") % {"n": COUNT_CAP}
    hidden = [("chosen", key) for key in choice.keys] + [("sure", "1"), ("back", back)]
    if choice.query:
        hidden += [("whole", "1"), ("list", choice.query)]
    ladder = rungs(variant(form.playbook)) if isinstance(form, forms.ClassManyForm) else None
    lines = [count, *([asked.line] if asked.line else [])]
    asking = verbs.Asking(
        asked.title,
        asked.submit,
        back,
        lines,
        is_danger=asked.is_danger,
        ladder=ladder,
        hidden=hidden,
        previews=isinstance(form, forms.DealManyForm),
        forecast=found,
    )
    return verbs.show(request, form, asking, status=422 if form.is_bound and found is None else 200)


def _carried_out(request: HttpRequest, run: BulkRun, back: str, *, is_small: bool) -> HttpResponse:
    """A small run is done now and told; a large one goes on in the background and shows itself on its page."""
    page = reverse("bulk_run", args=[run.pk])
    if not is_small:
        jobs.carry_out_bulk_run.later(run.pk)
        return redirect_to(request, page)
    runs.carry_out(run)
    run.refresh_from_db()
    if run.state != BulkRun.State.DONE:
        return redirect_to(request, page)
    undo = reverse("bulk_undo", args=[run.pk]) if run.changed else ""
    if not run.refused:
        say(request, done_in_words(run), undo=undo)
        return redirect_to(request, back)
    context = {
        "run": run, "sentence": done_in_words(run), "groups": refused_by_reason(run, request.user), "back": back,
        "undo": undo,
    }  # fmt: skip
    return respond(request, "customers/bulk_done.html", context, fragment="customers/_bulk_done.html")


def choice_of(request: HttpRequest) -> Choice:
    by = request.user
    if "whole" in request.POST:
        wanted = listing.read(request.POST.get("list", ""), by)
        return Choice(wanted.whole(timezone.localdate()), [], wanted.query)
    keys = [int(key) for key in request.POST.getlist("chosen")[:MOST] if _is_key(key)]
    return Choice(Customer.objects.visible_to(by).filter(pk__in=keys), keys, "")


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def list_of(request: HttpRequest) -> str:
    """The list one came from."""
    address = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if safe and address.startswith("/") else reverse("customers")
