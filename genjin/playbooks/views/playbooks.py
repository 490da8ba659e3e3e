"""The playbooks as tables in plain words, and which unit works by which."""

from django.http import Http404, HttpRequest, HttpResponse

from genjin.organization.models import Unit
from genjin.organization.shown_tree import in_tree_order
from genjin.playbooks import rules
from genjin.playbooks.day_picture import picture_of
from genjin.playbooks.editions.current import current, number_of
from genjin.playbooks.editions.services import VERB
from genjin.playbooks.models import Adoption
from genjin.playbooks.services import playbooks_for, variant
from genjin.playbooks.under_way import under_way
from genjin.playbooks.views.drafts import OCCASIONS, RUNGS, draft_of
from genjin.playbooks.wording import class_words, cycle_words
from genjin.web.htmx import respond


def playbook_list(request: HttpRequest) -> HttpResponse:
    """Every unit one may see with its playbook, and the playbooks there are."""
    units = list(in_tree_order(Unit.objects.visible_to(request.user)))
    working_by = playbooks_for(unit.pk for unit, _depth in units)
    context = {
        "rows": [(unit, depth, working_by[unit.pk]) for unit, depth in units],
        "own": set(Adoption.objects.values_list("unit_id", flat=True)),
        "playbooks": [variant(code) for code in current()],
        "under_way": under_way(request.user),
        "may_adopt": request.user.may("playbooks.adopt"),
    }
    return respond(request, "playbooks/playbook_list.html", context)


def playbook_seen(request: HttpRequest, code: str) -> HttpResponse:
    """One playbook with its figures, in the number set and rhythm that the address names."""
    size, rhythm = request.GET.get("size", ""), request.GET.get("rhythm", "")
    try:
        playbook = variant(code, size, rhythm)
    except KeyError as unknown:
        raise Http404 from unknown
    source = current()[code]
    full = rules.full_stock(playbook)
    context = {
        "playbook": playbook,
        "sizes": source.sizes,
        "rhythms": source.rhythms,
        "holdings": {code: each for each in rules.stock(playbook, {}) for code in each.classes},
        "load": rules.load_arithmetic(playbook, full),
        "full": full,
        "number": number_of(code),
        "draft": draft_of(request, code),
        "may_change": request.user.may(VERB),
        "occasions": OCCASIONS,
        "rungs": RUNGS,
        "picture": picture_of(source),
        "class_words": class_words,
        "cycle_words": cycle_words,
    }
    return respond(request, "playbooks/playbook_seen.html", context)
