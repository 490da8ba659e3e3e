"""The note form on its own page, its live preview, and saving."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from genjin.core.reasons import NotPermitted, Outdated, Refused
from genjin.customers.history import tell
from genjin.customers.models import Customer
from genjin.followups.card import agreements_of, card_of
from genjin.followups.day import day_of
from genjin.followups.desk import customer_for, desk_context, note_context, practice_for
from genjin.followups.forms import NoteForm
from genjin.followups.note_reading.reading import news_for
from genjin.followups.preview import preview_of
from genjin.followups.services.touches import Saved, save_touch
from genjin.web.drafts import confirm
from genjin.web.formats import day_weekday
from genjin.web.htmx import redirect_to, respond, wants_fragment
from genjin.web.toasts import say, warn
from genjin.web.wording import word

FORM = "followups/_note_form.html"
FIELD_OF = {
    "reason_needed_past_cycle": "next_reason",
    "date_before_today": "next_on",
    "time_is_past": "next_time",
    "promise_needs_a_day": "promise_on",
    "payment_is_positive": "paid_amount",
    "won_needs_a_payment": "paid_amount",
    "decision_needs_a_reason": "decision_reason",
}


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note on any customer one may see; saved from the list it opens the next."""
    customer = customer_for(request.user, pk)
    if request.method == "POST":
        return _save(request, customer)
    return _page(request, customer, None)


@require_safe
def note_next(request: HttpRequest, pk: int) -> HttpResponse:
    """What saving would do, computed anew while the form is filled in: next contact, class, third miss."""
    customer = customer_for(request.user, pk)
    practice, at = practice_for(customer), timezone.now()
    form = NoteForm(request.GET, practice=practice, at=at)
    context = note_context(customer, request.user, practice, at=at, form=form, pick=request.GET.get("pick", ""))
    return respond(request, "followups/note_next.html", context)


def _page(
    request: HttpRequest, customer: Customer, form: NoteForm | None, *, status: int = 200, pick: str = "",
    changes: Any = (),
) -> HttpResponse:  # fmt: skip
    """The form again with all that was typed: within the list when it came from there, else on its own page."""
    at = timezone.now()
    if request.POST.get("back") == "today":
        day = day_of(request.user, at=at)
        context = desk_context(request.user, day, at=at, pk=customer.pk, form=form, pick=pick)
        context |= {"changes": changes, "news": news_for(request.user)}
        return _in_place(request, respond(request, "followups/today.html", context, fragment=FORM, status=status))
    practice = practice_for(customer)
    context = note_context(customer, request.user, practice, at=at, form=form, pick=pick)
    context |= {
        "card": card_of(customer, practice, at=at),
        "agreed": agreements_of(customer, at=at),
        "changes": changes,
        "place": "customers",
    }
    return _in_place(request, respond(request, "followups/note_new.html", context, fragment=FORM, status=status))


def _in_place(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """After a POST only the form is put back; the customer beside it stays."""
    if request.method != "POST":
        return response
    response["HX-Retarget"], response["HX-Reswap"] = "#note", "outerHTML"
    return response


def _save(request: HttpRequest, customer: Customer) -> HttpResponse:
    at = timezone.now()
    form = NoteForm(request.POST, practice=practice_for(customer), at=at)
    if "pick" in request.POST:
        return _page(request, customer, form, pick=request.POST["pick"])
    if not form.is_valid():
        return _page(request, customer, form, status=422)
    typed = form.note(next_on=_shown_day(request, customer, form))
    if form.says_nothing(typed):
        form.add_error("outcome", _("Effective or not? Choose one, or note an interest or an objection."))
        return _page(request, customer, form, status=422)
    try:
        saved = save_touch(customer=customer, note=typed, by=request.user, at=at, version=form.cleaned_data["version"])
    except Outdated as outdated:
        return _outdated(request, customer.pk, outdated)
    except NotPermitted:
        raise
    except Refused as refusal:
        form.refuse(refusal, FIELD_OF.get(refusal.reason.code))
        return _page(request, customer, form, status=422)
    return _saved(request, saved)


def _shown_day(request: HttpRequest, customer: Customer, form: NoteForm) -> date | None:
    """The engine's day that the form showed beside a time without a day of its own."""
    if not form.cleaned_data["next_time"] or form.cleaned_data["next_on"]:
        return None
    shown = preview_of(customer, form.practice, form.note(), by=request.user, at=form.at)
    return shown.row.planned_on


def _outdated(request: HttpRequest, pk: int, outdated: Outdated) -> HttpResponse:
    """Somebody else changed the customer: say what, keep what was typed, and let it be saved on top."""
    customer = customer_for(request.user, pk)
    typed = request.POST.copy()
    typed["version"] = str(customer.version)
    form = NoteForm(typed, practice=practice_for(customer), at=timezone.now())
    return _page(request, customer, form, status=422, changes=tell(outdated.changes, customer, request.user))


def _saved(request: HttpRequest, saved: Saved) -> HttpResponse:
    """The next of the list, or the customer's own page; a toast says what was saved, with the way back."""
    if not saved.again:
        say(request, _sentence(saved), undo=reverse("touch_undo", args=[saved.touch.pk]))
        for reason in saved.said:
            if reason.code != "customer_closed_by_class":
                warn(request, word(reason))
    if request.POST.get("back") == "today":
        response = _next_of_the_list(request)
    else:
        response = redirect_to(request, reverse("customer", args=[saved.customer.pk]))
    confirm(request, f"note-{saved.customer.pk}")
    return response


def _next_of_the_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    wanted = request.POST.get("following", "")
    if not wants_fragment(request):
        following = _key(wanted)
        return redirect_to(request, reverse("today_customer", args=[following]) if following else reverse("today"))
    day = day_of(request.user, at=at)
    listed = {row.customer for row in day.rows}
    following = _key(wanted) if _key(wanted) in listed else day.first()
    context = desk_context(request.user, day, at=at, pk=following)
    response = respond(request, "followups/note_done.html", context)
    response["HX-Push-Url"] = reverse("today_customer", args=[following]) if following else reverse("today")
    return response


def _key(text: str) -> int | None:
    """A primary key as the form carries it; nothing for whatever else stands there."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _sentence(saved: Saved) -> str:
    """昆山辰光叉车租赁 已存，11-26 周四再打."""
    row = saved.customer
    if not row.is_open:
        return _("%(name)s saved and closed") % {"name": row.name}
    if row.owner_id is None:
        return _("%(name)s saved, now in the pool") % {"name": row.name}
    if row.planned_on == timezone.localdate(saved.touch.at):
        return _("%(name)s saved, once more today") % {"name": row.name}
    return _("%(name)s saved, next on %(day)s") % {"name": row.name, "day": day_weekday(row.planned_on)}
