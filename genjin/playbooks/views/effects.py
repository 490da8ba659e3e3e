"""What a draft would do to today's customers, and putting it into effect."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.playbooks.day_picture import picture_of
from genjin.playbooks.editions.canonical import from_plain
from genjin.playbooks.editions.effects import Effects, effects
from genjin.playbooks.editions.services import VERB, lost_classes, put_into_effect, units_without
from genjin.playbooks.forms import EffectForm
from genjin.playbooks.views.drafts import begun, draft_of, held
from genjin.playbooks.wording import class_words
from genjin.web.htmx import respond
from genjin.web.toasts import say

SHOWN = 20  # people by name, the most loaded first


def playbook_effects(request: HttpRequest, code: str) -> HttpResponse:
    """The figures before anything happens; with a note the draft becomes the next version."""
    require(request.user, VERB)
    now, draft = held(code), draft_of(request, code)
    if draft is None:
        return redirect("playbook_seen", code)
    wanted = from_plain(draft.content)
    form = EffectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        dates_too = form.cleaned_data["dates"] == "too"
        note, at = form.cleaned_data["note"], timezone.now()
        try:
            made = put_into_effect(draft=draft, note=note, dates_too=dates_too, by=request.user, at=at)
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("Version %(number)s is in effect.") % {"number": made.number})
            return redirect("playbook_versions", code)
    shown = begun(code, draft, wanted)
    # What contradicts itself is mended first: nothing can be counted by it.
    found = Effects() if shown["contradictions"] else effects(now, wanted, timezone.localdate())
    context = shown | {
        "form": form,
        "effects": found,
        "loads": found.loads[:SHOWN],
        "lost": [(each, found.merged.get(each, 0)) for each in lost_classes(now, wanted)],
        "without": units_without(wanted),
        "picture_before": picture_of(now),
        "picture_after": picture_of(wanted),
        "day_differs": (now.blocks, now.daily_slots) != (wanted.blocks, wanted.daily_slots),
        "retired": wanted.retired,
        "code": code,
        "class_words": class_words,
    }
    return respond(request, "playbooks/draft_effects.html", context, status=422 if form.errors else 200)
