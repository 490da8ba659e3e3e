"""Whoever got an automatic reply says that they want no more: open to everybody who has the link."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from genjin.leads.replies.reading import language_of
from genjin.leads.replies.services import want_no_more


@csrf_exempt  # the link is the key, and all it can do is to stop letters; mail programs post here by themselves
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply_unwanted(request: HttpRequest, token: UUID) -> HttpResponse:
    """A look changes nothing, for programs follow links, too; sent, it counts."""
    language = language_of(token)
    if language is None:
        raise Http404
    if request.method == "POST":
        want_no_more(token, at=timezone.now())
    with translation.override(language):
        response = render(request, "leads/reply_unwanted.html", {"is_done": request.method == "POST"})
    response.headers["Content-Language"] = language
    return response
