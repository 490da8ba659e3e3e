"""The one search box: what every source finds, and what can be done. A fragment for the box, a page without it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from genjin.core.search.queries import parse
from genjin.core.search.registry import Answer, Source, sources_for
from genjin.web.commands import commands_for
from genjin.web.htmx import respond, wants_fragment

IN_THE_BOX = 8
ON_THE_PAGE = 40


@dataclass(frozen=True, slots=True)
class Group:
    """One source's answer under its title."""

    source: Source
    answer: Answer


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    actor: Any = request.user
    query = parse(request.GET.get("q", ""))
    limit = IN_THE_BOX if wants_fragment(request) else ON_THE_PAGE
    groups = []
    if not query.is_too_short:
        today = timezone.localdate()
        groups = [Group(source, source.answer(actor, query, limit, today)) for source in sources_for(actor)]
    context = {
        "query": query,
        "groups": [group for group in groups if group.answer.rows],
        "commands": commands_for(actor, query),
    }
    return respond(request, "web/search.html", context, fragment="web/_search_results.html")
