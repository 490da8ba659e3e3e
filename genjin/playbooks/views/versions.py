"""The versions of a playbook: who changed what when, and each of them as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from genjin.core.reasons import Refused
from genjin.playbooks.editions import current
from genjin.playbooks.editions.canonical import as_plain, as_yaml
from genjin.playbooks.editions.differences import differences
from genjin.playbooks.editions.models import Edition
from genjin.playbooks.editions.services import VERB, content_of, version
from genjin.playbooks.place_words import in_words
from genjin.playbooks.schema import shipped
from genjin.playbooks.views.drafts import held
from genjin.web.htmx import respond

SHOWN = 30  # versions on the page, the newest first


def playbook_versions(request: HttpRequest, code: str) -> HttpResponse:
    """Every version with what it changed, the newest first; the last line is the shipped file."""
    now = held(code)
    rows = list(Edition.objects.filter(playbook=code).select_related("made_by")[: SHOWN + 1])
    lines = []
    books = {each.number: content_of(each) for each in rows} | {0: shipped()[code]}
    for each in rows[:SHOWN]:
        before, after = books[each.made_from], books[each.number]
        changed = in_words(differences(before, after), as_plain(before), as_plain(after))
        lines.append((each, changed))
    context = {
        "code": code,
        "name": now.name.in_language(get_language()),
        "number": current.number_of(code),
        "lines": lines,
        "has_more": len(rows) > SHOWN,
        "may_change": request.user.may(VERB),
    }
    return respond(request, "playbooks/playbook_versions.html", context)


def version_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version as the file that can be edited and uploaded again."""
    if code not in shipped():
        raise Http404(code)
    try:
        text = as_yaml(version(code, number))
    except Refused as absent:
        raise Http404 from absent
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}-{number}.yaml"'
    return response
