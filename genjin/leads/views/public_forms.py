"""A capture form as anybody on the internet sees it: without signing in, without cookies, without JavaScript."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from genjin.leads import jobs
from genjin.leads.capture import limits, rules
from genjin.leads.capture.asking import PUZZLE, STAMP, TRAP, Answers, came_along, kept_marks
from genjin.leads.capture.models import CaptureForm
from genjin.leads.capture.reading import form_at
from genjin.leads.capture.stamps import Stamp, key_of, read_stamp, stamp
from genjin.leads.capture.taking import PATIENCE, Sent, TooBusy, looks, take
from genjin.leads.rules import fingerprint
from genjin.organization.addresses import client_address

View = Callable[..., HttpResponse]


def of_a_form(view: View) -> View:
    """Open to everybody at the form's address, in its language; framed by the websites on its list and by no other."""

    @wraps(view)
    def shown(request: HttpRequest, slug: str) -> HttpResponse:
        form = form_at(slug)
        if form is None:
            raise Http404
        with translation.override(form.language):
            response = view(request, form)
        return dressed(response, form)

    return csrf_exempt(login_not_required(shown))


def dressed(response: Any, form: CaptureForm) -> HttpResponse:
    """The headers of a form's page."""
    add_never_cache_headers(response)
    response.headers["Content-Language"] = form.language
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    leads_to = rules.origin_of(form.redirect_to) if form.redirect_to else None
    # A browser applies form-action to where the answer redirects, too.
    response._csp_replace = {
        "frame-ancestors": form.origins or ["'none'"],
        "form-action": ["'self'", *([leads_to] if leads_to else [])],
    }
    response.xframe_options_exempt = bool(form.origins)
    return response


@of_a_form
@require_http_methods(["GET", "HEAD", "POST"])
def capture_form(request: HttpRequest, form: CaptureForm) -> HttpResponse:
    """The form; sent, it answers with where thanks are said, or with itself, what is wrong and all that was typed."""
    if request.method == "POST":
        return _sent(request, form)
    looks.count(form)
    if not form.takes_on(timezone.localdate()):
        return _closed(request, form, None)
    return _page(request, form, Answers(asked=form, auto_id="f-%s"))


@of_a_form
@require_safe
def capture_thanks(request: HttpRequest, form: CaptureForm) -> HttpResponse:
    """Thanks, the same for everybody: who is known here is told to nobody."""
    return render(request, "leads/capture_thanks.html", {"form": form})


def _sent(request: HttpRequest, form: CaptureForm) -> HttpResponse:
    at = timezone.now()
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > rules.LARGEST:
        return render(request, "leads/capture_too_large.html", {"form": form}, status=413)
    found = read_stamp(request.POST.get(STAMP, ""), form.slug, at=at)
    answers = Answers(request.POST, asked=form, auto_id="f-%s")
    again = _Again(request, form, answers, found)
    if not form.takes_on(timezone.localdate(at)):
        return _closed(request, form, answers)
    origin = _origin(request)
    if not rules.may_send(rules.Sender(origin, found is not None), own=request.get_host(), allowed=form.origins):
        return again(403, _("This website may not send to us. Check what you wrote and send it from here."))
    sent_before = limits.count(client_address(request) or "", form.pk, now=at.timestamp())
    if sent_before > form.most_by_address:
        looks.count(form, "too_many")
        left = limits.seconds_left(now=at.timestamp())
        return again(429, _("Too much came from your network. Send it again in a few minutes."), wait=left)
    if found is None and (form.has_puzzle or origin not in form.origins):
        return again(422, _("This page was open for a long time. Please send it once more."))
    if not answers.is_valid():
        return again(422, "")
    if form.has_puzzle and found is not None and (left := _seconds_to_wait(request, found)):
        return again(422, _("One moment: send it again in %(seconds)s seconds.") % {"seconds": left})
    given = answers.given()
    suspected = rules.reasons_for_spam(
        trap=request.POST.get(TRAP, ""), seconds=found.seconds if found else None, wants=given.get("wants", "")
    )
    kept: dict[str, Any] = {"key": key_of(found, fingerprint(given, form.slug))} if found else {}
    try:
        take(Sent(form, given, came_along(request, form), suspected=tuple(suspected), **kept), at=at)
    except TooBusy:
        return again(503, _("Very many are writing to us just now. Send it again in a moment."), wait=PATIENCE)
    jobs.settle_soon()
    return _to_thanks(form)


class _Again:
    """The form once more with everything that was typed, and a sentence of why."""

    def __init__(self, request: HttpRequest, form: CaptureForm, answers: Answers, found: Stamp | None) -> None:
        self.request, self.form, self.answers, self.found = request, form, answers, found

    def __call__(self, status: int, sentence: str, *, wait: int = 0) -> HttpResponse:
        response = _page(self.request, self.form, self.answers, sentence=sentence, found=self.found, status=status)
        if wait:
            response.headers["Retry-After"] = str(wait)
        return response


def _page(
    request: HttpRequest,
    form: CaptureForm,
    answers: Answers,
    *,
    sentence: str = "",
    found: Stamp | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "answers": answers,
        "sentence": sentence,
        "stamp": found.text if found else stamp(form.slug, at=timezone.now()),
        "hidden": list(kept_marks(request)),
        "trap": TRAP,
        "action": reverse("capture_form", args=[form.slug]),
        "seconds": rules.WITHOUT_PUZZLE,
        "bits": rules.PUZZLE_BITS,
        "is_preview": False,
    }
    return render(request, "leads/capture_form.html", context, status=status)


def _closed(request: HttpRequest, form: CaptureForm, answers: Answers | None) -> HttpResponse:
    """What was typed meanwhile is shown, to be copied."""
    return render(request, "leads/capture_closed.html", {"form": form, "answers": answers}, status=410)


def _origin(request: HttpRequest) -> str:
    """As the browser names it; where it does not, that of the page before."""
    origin: str = request.headers.get("Origin", "")
    return origin or rules.origin_of(request.headers.get("Referer", "")) or ""


def _seconds_to_wait(request: HttpRequest, found: Stamp) -> int:
    """Until it may be sent without the puzzle; 0 when it is solved or long enough was waited."""
    if rules.is_solved(found.text, request.POST.get(PUZZLE, "")):
        return 0
    return max(rules.WITHOUT_PUZZLE - int(found.seconds), 0)


def _to_thanks(form: CaptureForm) -> HttpResponse:
    response = HttpResponseRedirect(form.redirect_to or reverse("capture_thanks", args=[form.slug]))
    response.status_code = 303
    return response
