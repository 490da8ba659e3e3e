"""Going on with a draft after somebody else has made a version: what they changed, and what both did."""

from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.playbooks.editions.canonical import as_plain, from_plain
from genjin.playbooks.editions.differences import differences
from genjin.playbooks.editions.merging import Clash, Side
from genjin.playbooks.editions.services import VERB, carried_over, carry_draft_over, is_outdated, version
from genjin.playbooks.place_words import badges_of, difference_words, in_words, value_words, worn
from genjin.playbooks.views.drafts import begun, draft_of, held
from genjin.web.htmx import respond
from genjin.web.toasts import say
from genjin.web.wording import word

FIELD = "side "  # before the place, as the form names the choice


@dataclass(frozen=True, slots=True)
class Asked:
    """A place that both changed, in words. `chosen` is the side that was sent."""

    field: str
    place: str
    before: str
    mine: str
    theirs: str
    chosen: Side | Literal[""]


def carried(request: HttpRequest, code: str) -> HttpResponse:
    """What differs is brought together; which of the two it shall be is asked where both changed the same place."""
    require(request.user, VERB)
    now, draft = held(code), draft_of(request, code)
    if draft is None:
        return redirect("playbook_seen", code)
    if not is_outdated(draft):
        return redirect("playbook_effects", code)
    wanted, base = from_plain(draft.content), version(code, draft.made_from)
    clashes = carried_over(draft).clashes
    chosen = {each.place: side for each in clashes if (side := _side(request, each))}
    wrong = ""
    if request.method == "POST":
        seen = request.POST.get("number", "")
        number = int(seen) if seen.isdecimal() else -1
        try:
            carry_draft_over(playbook=code, number=number, chosen=chosen, by=request.user, at=timezone.now())
        except Refused as refused:
            wrong = word(refused)
        else:
            say(request, _("Your changes stand upon the current version now."))
            return redirect("playbook_effects", code)
    before, mine, theirs = as_plain(base), draft.content, as_plain(now)
    badges = badges_of(mine, theirs, before)
    both = {each.place for each in clashes}
    context = begun(code, draft, wanted) | {
        "wrong": wrong,
        "asked": [
            Asked(
                field=FIELD + each.place,
                place=difference_words(each.place, before, mine if each.mine is not None else theirs),
                before=value_words(worn(each.place, each.before, badges)),
                mine=value_words(worn(each.place, each.mine, badges)),
                theirs=value_words(worn(each.place, each.theirs, badges)),
                chosen=chosen.get(each.place, ""),
            )
            for each in clashes
        ],
        "others": in_words([each for each in differences(base, now) if each.place not in both], before, theirs),
        "own": in_words([each for each in differences(base, wanted) if each.place not in both], before, mine),
    }
    return respond(request, "playbooks/draft_carried.html", context, status=422 if wrong else 200)


def _side(request: HttpRequest, clash: Clash) -> Side | None:
    sent = request.POST.get(FIELD + clash.place)
    return "mine" if sent == "mine" else "theirs" if sent == "theirs" else None
