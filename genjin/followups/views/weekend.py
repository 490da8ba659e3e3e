"""The weekend's messages: the list, the words, and ticking off what was sent."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.followups.models import WeekendMessage
from genjin.followups.register import rules, services
from genjin.followups.register.reading import weekend_of
from genjin.followups.reports.rules import first_day
from genjin.web.asked import key_in
from genjin.web.forms import Form
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say, warn
from genjin.web.wording import word


class WordsForm(Form):
    text = forms.CharField(widget=forms.Textarea, max_length=rules.LONGEST)


class ClassWordsForm(WordsForm):
    playbook = forms.CharField(max_length=20)
    class_code = forms.CharField(max_length=4)


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """This week's messages."""
    require(request.user, "customers.work")
    context = {"weekend": weekend_of(request.user, at=timezone.now()), "limit": rules.LONGEST}
    return respond(request, "followups/weekend.html", context)


@require_POST
def proposed(request: HttpRequest) -> HttpResponse:
    """List them now, before the week's last day does it by itself."""
    made = services.propose_weekend(person=request.user, at=timezone.now())
    say(request, ngettext("%(num)d customer listed", "%(num)d customers listed", len(made)) % {"num": len(made)})
    return redirect_to(request, reverse("weekend"))


@require_POST
def sent(request: HttpRequest) -> HttpResponse:
    """The chosen ones, or all that wait, went out by WeChat or SMS."""
    week = first_day("week", timezone.localdate())
    rows = WeekendMessage.objects.visible_to(request.user).filter(week=week).waiting()
    chosen = [key for key in request.POST.getlist("chosen") if key_in(key) is not None]
    if "all" not in request.POST:
        rows = rows.filter(pk__in=chosen)
    messages = list(rows)
    try:
        done = services.note_sent(
            messages=messages, channel=request.POST.get("channel", ""), by=request.user, at=timezone.now()
        )
    except NotPermitted:
        raise
    except Refused as refused:
        warn(request, word(refused))
        return redirect_to(request, reverse("weekend"))
    if done:
        sentence = ngettext("%(num)d message noted as sent", "%(num)d messages noted as sent", done) % {"num": done}
        say(request, sentence, undo=reverse("weekend_undone", args=[messages[0].pk]))
    else:
        warn(request, _("Choose to whom it was sent."))
    return redirect_to(request, reverse("weekend"))


@require_POST
def undone(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was ticked off together."""
    done = services.undo_sent(message=_one(request, pk), by=request.user, at=timezone.now())
    say(request, ngettext("%(num)d waits again", "%(num)d wait again", done) % {"num": done})
    return redirect_to(request, reverse("weekend"))


@require_POST
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words for one customer."""
    message = _one(request, pk)
    form = WordsForm(request.POST)
    try:
        services.change_text(message=message, text=form["text"].value() or "", by=request.user)
    except NotPermitted:
        raise
    except Refused as refused:
        warn(request, word(refused))
    return redirect_to(request, reverse("weekend"))


@require_POST
def class_text(request: HttpRequest) -> HttpResponse:
    """Other words for all of a class, now and in the weeks to come."""
    form = ClassWordsForm(request.POST)
    if not form.is_valid():
        warn(request, str(next(iter(form.errors.values()))[0]))
        return redirect_to(request, reverse("weekend"))
    week = first_day("week", timezone.localdate())
    done = services.change_class_text(week=week, **form.cleaned_data, by=request.user)
    say(request, ngettext("%(num)d message says it now", "%(num)d messages say it now", done) % {"num": done})
    return redirect_to(request, reverse("weekend"))


def _one(request: HttpRequest, pk: int) -> WeekendMessage:
    return get_object_or_404(WeekendMessage.objects.visible_to(request.user), pk=pk)
