"""The one search box: what every source finds, and what can be done. A fragment for the box, a page without it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from genjin.core.search.queries import parse
from genjin.core.search.registry import Answer, Source, sources_for, tabs_for
from genjin.web.commands import lines_for, lines_for_row
from genjin.web.htmx import respond, wants_fragment

IN_THE_BOX = 8
ON_THE_PAGE = 40
STEPS = 10_000  # more of a tab nobody has asked for; a larger number was made up


@dataclass(frozen=True, slots=True)
class Group:
    """One source's answer under its title."""

    source: Source
    answer: Answer


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was typed (`q`) found everywhere, or on one tab (`tab`, looked through from `step` on)."""
    actor: Any = request.user
    query = parse(request.GET.get("q", "").replace("\0", ""))
    limit = IN_THE_BOX if wants_fragment(request) else ON_THE_PAGE
    tabs = tabs_for(actor) if query.text else []
    tab = next((one for one in tabs if one.kind == request.GET.get("tab")), None)
    today = timezone.localdate()
    groups: list[Group] = []
    walked, lines = None, []
    if tab and len(query.text) > 1:
        walked = tab.answer(actor, query, limit, _step(request.GET.get("step", "")), today)
    elif not tab:
        if not query.is_too_short:
            groups = [Group(source, source.answer(actor, query, limit, today)) for source in sources_for(actor)]
            groups = [group for group in groups if group.answer.rows]
        if groups:
            lines = lines_for_row(actor, groups[0].source.kind, groups[0].answer.rows[0])
        lines += lines_for(actor, query)
    context = {"query": query, "groups": groups, "lines": lines, "tabs": tabs, "tab": tab, "walked": walked}
    return respond(request, "web/search.html", context, fragment="web/_search_results.html")


def _step(given: str) -> int:
    return min(int(given), STEPS) if given.isascii() and given.isdecimal() and len(given) < 9 else 0
