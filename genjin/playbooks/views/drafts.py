"""Changing a playbook: a draft of one's own, section by section or as a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.playbooks.day_picture import picture_of
from genjin.playbooks.editing.form import SECTIONS, SectionForm, section_of
from genjin.playbooks.editing.leaving_out import without_class
from genjin.playbooks.editions import current
from genjin.playbooks.editions.canonical import as_plain, faults_of, from_plain
from genjin.playbooks.editions.differences import differences
from genjin.playbooks.editions.models import Draft, Edition
from genjin.playbooks.editions.services import (
    VERB,
    begin_draft,
    change_draft,
    discard_draft,
    is_outdated,
    version,
)
from genjin.playbooks.forms import FileForm, NewClassForm
from genjin.playbooks.place_words import in_words, place_words
from genjin.playbooks.schema import Playbook, PlaybookError, load
from genjin.web.htmx import respond
from genjin.web.toasts import say, warn
from genjin.web.wording import word

TITLES = {
    "classes": gettext_lazy("Classes and cycles"),
    "stock": gettext_lazy("Stock"),
    "day": gettext_lazy("How a day goes"),
    "misses": gettext_lazy("Misses and giving up"),
    "order": gettext_lazy("Pool and overdue"),
    "words": gettext_lazy("Chips"),
    "talk": gettext_lazy("Talk tracks"),
}
OCCASIONS = {
    "payment_promise_lapsed": gettext_lazy("payment promise lapsed"),
    "window_passed": gettext_lazy("close window passed"),
    "low_willingness": gettext_lazy("low willingness"),
}
RUNGS = {
    "seller": gettext_lazy("the seller"),
    "lead": gettext_lazy("the team lead's board"),
    "reassign": gettext_lazy("proposal to reassign"),
    "region": gettext_lazy("the region's manager"),
}


def held(code: str) -> Playbook:
    """The current version; a playbook that does not exist is not there."""
    found = current.current().get(code)
    if found is None:
        raise Http404(code)
    return found


def draft_of(request: HttpRequest, code: str) -> Draft | None:
    return Draft.objects.filter(person=request.user, playbook=code).first()


def begun(code: str, draft: Draft | None, wanted: Playbook | None) -> dict[str, Any]:
    """What every page of a draft shows: where it comes from, what differs by now, and what contradicts itself."""
    now = held(code)
    base = version(code, draft.made_from) if draft and is_outdated(draft) else now
    before, after = as_plain(base), draft.content if draft else as_plain(now)
    changed = differences(base, wanted) if wanted else []
    language = get_language()
    return {
        "playbook": now,
        "name": now.name.in_language(language),
        "number": current.number_of(code),
        "draft": draft,
        "newer": newer_than(draft),
        "sections": TITLES,
        "changed": in_words(changed, before, after),
        "touched": {section_of(each.section) for each in changed},
        "contradictions": [
            (place_words(each.place, after), each.what.in_words(), section_of(each.place))
            for each in (faults_of(wanted) if wanted else ())
        ],
    }


def newer_than(draft: Draft | None) -> Edition | None:
    """The version that somebody has made since the draft was begun."""
    if draft is None or not is_outdated(draft):
        return None
    made = Edition.objects.filter(playbook=draft.playbook, number__gt=draft.made_from).select_related("made_by")
    return made.order_by("-number").first()


@require_POST
def draft_begun(request: HttpRequest, code: str) -> HttpResponse:
    """Begin with the current version, or with an older one that is to come back."""
    held(code)
    number = request.POST.get("number", "")
    older = int(number) if number.isdecimal() else None
    begin_draft(playbook=code, number=older, by=request.user, at=timezone.now())
    if older is not None:
        return redirect("playbook_effects", code)
    return redirect("playbook_draft", code, "classes")


@require_POST
def draft_discarded(request: HttpRequest, code: str) -> HttpResponse:
    discard_draft(playbook=code, by=request.user)
    say(request, _("The draft is thrown away."))
    return redirect("playbook_seen", code)


def draft_section(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """One section of the draft as a form. What is wrong stands at its field, and nothing typed is lost."""
    require(request.user, VERB)
    if section not in SECTIONS:
        raise Http404(section)
    held(code)
    draft = draft_of(request, code)
    begun_from = _begun_from(request, code)
    raw = draft.content if draft else as_plain(version(code, begun_from))
    form = SectionForm(raw, section, request.POST if request.method == "POST" else None)
    # The key Enter presses the form's first button, whatever it is pressed in: what was typed of a class says it, too.
    adds = section == "classes" and any(request.POST.get(name) for name in ("add_class", "class_name", "class_badge"))
    upon = form.playbook or _readable(raw) or held(code)
    new_class = NewClassForm(request.POST if adds else None, playbook=upon)
    if request.method == "POST" and form.playbook and (not adds or new_class.is_valid()):
        content = new_class.added() if adds else form.playbook
        if adds:
            say(request, _("Added to the draft. Look through its cycle, its blocks and its talk track."))
        change_draft(
            playbook=code, content=content, made_from=begun_from, by=request.user, at=timezone.now()
        )  # fmt: skip
        return redirect("playbook_effects", code) if "on" in request.POST else redirect("playbook_draft", code, section)
    wanted = _readable(raw)
    context = begun(code, draft, wanted) | {
        "section_name": section,
        "new_class": new_class,
        "begun_from": draft.made_from if draft else begun_from,
        "form": form,
        "faults": [(place_words(each.place, form.raw), each.what.in_words(), each.place) for each in form.faults]
        if request.method == "POST"
        else [],
        "classes": form.playbook.classes if form.playbook else (wanted or held(code)).classes,
        "picture": picture_of(form.playbook or wanted or held(code)) if section == "day" else None,
        "won_class": upon.won_class,
        "occasions": OCCASIONS,
        "rungs": RUNGS,
    }
    return respond(
        request, "playbooks/draft_section.html", context, status=422 if context["faults"] or new_class.errors else 200
    )


def _begun_from(request: HttpRequest, code: str) -> int:
    """The version that the page was drawn from: somebody may have made another one while it was being filled in."""
    number, now = request.POST.get("made_from", ""), current.number_of(code)
    return int(number) if number.isdecimal() and int(number) < now else now


def _readable(raw: Any) -> Playbook | None:
    try:
        return from_plain(raw)
    except PlaybookError:
        return None


@require_POST
def class_left_out(request: HttpRequest, code: str) -> HttpResponse:
    """Leave a class out of the draft; its customers will be of another one."""
    draft = draft_of(request, code)
    wanted = from_plain(draft.content) if draft else held(code)
    try:
        content = without_class(wanted, request.POST.get("class", ""), request.POST.get("became", ""))
    except KeyError:
        warn(request, _("Choose a class, and another one that its customers become."))
    else:
        change_draft(playbook=code, content=content, by=request.user, at=timezone.now())
        say(request, _("Left out of the draft."))
    return redirect("playbook_draft", code, "classes")


def draft_file(request: HttpRequest, code: str) -> HttpResponse:
    """Upload a playbook as a file: it becomes the draft, or is refused with the place that is wrong."""
    require(request.user, VERB)
    form = FileForm(request.POST or None, request.FILES or None)
    wrong: tuple[str, str] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            content = load(form.cleaned_data["file"], "")
            change_draft(playbook=code, content=content, by=request.user, at=timezone.now())
        except PlaybookError as error:
            wrong = (error.place.removeprefix(": "), error.wrong.in_words())
        except Refused as refused:
            form.add_error("file", word(refused))
        else:
            return redirect("playbook_effects", code)
    draft = draft_of(request, code)
    context = begun(code, draft, _readable(draft.content) if draft else None) | {
        "form": form,
        "wrong": wrong,
        "back": reverse("playbook_seen", args=[code]),
    }
    return respond(request, "playbooks/draft_file.html", context, status=422 if wrong or form.errors else 200)
