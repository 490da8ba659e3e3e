"""What the preview of an import asked: in which order days are written, and whom an unknown owner's name means."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from genjin.core.transfer import jobs, runs
from genjin.core.transfer.models import ImportRun
from genjin.customers.importing import faces
from genjin.customers.importing.directory import LEFT_OUT, NOBODY
from genjin.customers.importing.questions import owners_asked, owners_by_reason
from genjin.customers.importing.wording import UNKNOWN_OWNERS
from genjin.customers.views.importing import one_run, owner_called
from genjin.organization.models import Person
from genjin.web.htmx import redirect_to, respond

OFFERED = 1000


@require_POST
def import_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the answers and go through the file anew; or forget those that were given, and ask again."""
    run = one_run(request, pk)
    if request.POST.get("forget") == "1":
        return _gone_through_again(request, run, {"owners": {}, "owners_rest": None})
    options = {"day_orders": _day_orders(request, run), "owners": _owners(request, run)}
    if face := faces.face_of(run):
        options |= face.options(request.POST)
    rest = _answer(request, request.POST.get("owner-all", ""), request.POST.get("owner-all-name", ""))
    return _gone_through_again(request, run, options if rest is None else options | {"owners_rest": rest})


@require_http_methods(["GET", "POST"])
def import_owners(request: HttpRequest, pk: int) -> HttpResponse:
    """All the owners nobody knows on a page of their own, and one answer for the rest."""
    run = one_run(request, pk)
    if run.state != ImportRun.State.CHECKED:
        return redirect_to(request, reverse("import_run", args=[run.pk]))
    asked = owners_asked(run)
    typed = {one.place: request.POST.get(f"owner-name-{one.place}", "").strip() for one in asked}
    wrong = {place for place, text in typed.items() if text and owner_called(request.user, text) is None}
    rest = request.POST.get("owner-all-name", "").strip()
    rest_is_wrong = bool(rest) and owner_called(request.user, rest) is None
    if request.method == "POST" and not wrong and not rest_is_wrong:
        return import_answers(request, pk)
    context = {
        "run": run,
        "groups": [(UNKNOWN_OWNERS[code], some) for code, some in owners_by_reason(asked)],
        "count": len(asked),
        "more": run.preview.get("rows_of_more_owners", 0),
        "typed": typed,
        "wrong": wrong,
        "nobody": {one.place for one in asked if request.POST.get(f"owner-{one.place}") == "0"},
        "rest": {"name": rest, "answer": request.POST.get("owner-all", ""), "is_wrong": rest_is_wrong},
        "colleagues": _colleagues(request.user),
    }
    return respond(request, "customers/import_owners.html", context, status=422 if wrong or rest_is_wrong else 200)


def _gone_through_again(request: HttpRequest, run: ImportRun, options: dict[str, Any]) -> HttpResponse:
    runs.choose(run=run, mapping=run.mapping, options=options, by=request.user, at=timezone.now())
    jobs.check_run.later(run.pk)
    return redirect_to(request, reverse("import_run", args=[run.pk]))


def _colleagues(actor: Person) -> list[str]:
    """Names to choose from while typing; of several with one name the sign-in."""
    people = Person.objects.visible_to(actor).holding_customers().values_list("name", "sign_in")[:OFFERED]
    often = Counter(name for name, _sign_in in people)
    return [sign_in if often[name] > 1 else name for name, sign_in in people]


def _day_orders(request: HttpRequest, run: ImportRun) -> dict[str, str]:
    orders = dict(run.options.get("day_orders", {}))
    for place, asked in enumerate(run.preview.get("days", [])):
        if (order := request.POST.get(f"days-{place}")) in ("dmy", "mdy"):
            orders[asked["column"]] = order
    return orders


def _owners(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    """Name → a colleague's key, or `NOBODY` or `LEFT_OUT`; what is left open is not kept."""
    owners = dict(run.options.get("owners", {}))
    for one in owners_asked(run):
        typed = request.POST.get(f"owner-name-{one.place}", "")
        answer = _answer(request, request.POST.get(f"owner-{one.place}", ""), typed)
        if answer is not None:
            owners[one.name] = answer
    return owners


def _answer(request: HttpRequest, chosen: str, typed: str) -> int | None:
    """What was answered, by choosing or by typing a name; None for nothing, or nobody one may give customers to."""
    if (called := owner_called(request.user, typed)) is not None:
        return called
    if chosen in (str(NOBODY), str(LEFT_OUT)):
        return int(chosen)
    if not chosen.isdecimal() or len(chosen) > 12:
        return None
    people = Person.objects.visible_to(request.user).holding_customers()
    return int(chosen) if people.filter(pk=int(chosen)).exists() else None
