"""Importing customers: choose a file, match its columns, look at what would happen, say yes, watch or leave."""

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.core.transfer import jobs, mappings, runs, undoing
from genjin.core.transfer.kinds import CellWrong
from genjin.core.transfer.models import ImportRun, SavedMapping
from genjin.core.transfer.reading import MAX_BYTES
from genjin.customers.forms.people import are_few
from genjin.customers.importing import contacts, faces, problems_file, showing
from genjin.customers.importing.directory import Directory
from genjin.customers.importing.kept import SHOWN_KEPT, kept_of
from genjin.customers.importing.kind import KIND
from genjin.customers.importing.questions import owners_asked
from genjin.customers.importing.template import workbook
from genjin.customers.importing.updating.showing import change_examples, meeting, rules_chosen
from genjin.customers.models import Customer, Pool
from genjin.organization.models import Person, Unit
from genjin.playbooks.services import playbook_for
from genjin.web.formats import number
from genjin.web.htmx import redirect_to, refresh, respond
from genjin.web.toasts import say

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = ImportRun.State
COUNTED = ("rows", "create", "change", "same", "skip", "error")


@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """Choose a file; below it one's own imports."""
    require(request.user, KIND.permission)
    if request.method == "POST":
        try:
            pieces, name = _sent(request)
            run = runs.receive(
                kind=_kind_chosen(request, name), pieces=pieces, file_name=name, by=request.user, at=timezone.now()
            )
        except Refused as refused:
            return _list(request, refused=refused, status=422)
        return redirect_to(request, reverse("import_columns", args=[run.pk]))
    return _list(request)


def kinds_here() -> list[str]:
    """What is imported on these pages: customers, their contact people, and what apps to the right bring."""
    return [KIND.name, contacts.KIND.name, *(face.kind for face in faces.registered())]


def _kind_chosen(request: HttpRequest, name: str) -> str:
    """What the person says the file holds; one of vCards always holds people."""
    asked = request.POST.get("holds", "")
    if name.casefold().endswith(".vcf"):
        return contacts.KIND.name
    return asked if asked in kinds_here() else KIND.name


def _sent(request: HttpRequest) -> tuple[Iterable[bytes], str]:
    """A file, or the cells that were pasted into the text area."""
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        return file.chunks(), file.name or ""
    if text := request.POST.get("text", "").strip("\r\n"):
        return [text.encode()], ""
    raise Refused("file_missing")


def _list(request: HttpRequest, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    found = ImportRun.objects.visible_to(request.user).filter(kind__in=kinds_here()).select_related("by")[:30]
    context = {
        "runs": found,
        "refused": refused,
        "limit": MAX_BYTES // 1024 // 1024,
        "text": request.POST.get("text", ""),
        "holds": [
            (KIND.name, _("Customers")),
            (contacts.KIND.name, _("Contact people of customers")),
            *((face.kind, face.label) for face in faces.registered()),
        ],
    }
    return respond(request, "customers/import_list.html", context, status=status)


@require_GET
def import_template(request: HttpRequest) -> HttpResponse:
    """A workbook to fill, with an example from one's own team."""
    require(request.user, KIND.permission)
    colleague = Person.objects.visible_to(request.user).holding_customers().order_by("role", "pk").last()
    owner = colleague or request.user
    content = workbook(owner.name, playbook_for(owner.unit_id).entry_class.code, request.user)
    response = HttpResponse(content, content_type=SPREADSHEET)
    response["Content-Disposition"] = "attachment; filename*=UTF-8''%E5%AF%BC%E5%85%A5%E5%AE%A2%E6%88%B7.xlsx"
    return response


@require_http_methods(["GET", "POST"])
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Match the file's columns; saying so begins the dry run."""
    run = one_run(request, pk)
    if run.started_at is not None or run.state in (State.QUEUED, State.RUNNING, State.DONE):
        return redirect_to(request, reverse("import_run", args=[run.pk]))
    refused = None
    if request.method == "POST":
        mapping = showing.mapping_chosen(run, request.POST)
        face = faces.face_of(run)
        options = _options(request) | {"rules": rules_chosen(run, mapping, request.POST)}
        options |= face.options(request.POST) if face else {}
        try:
            runs.choose(run=run, mapping=mapping, options=options, by=request.user, at=timezone.now())
            _save_mapping(request, run)
            jobs.check_run.later(run.pk)
            return redirect_to(request, reverse("import_run", args=[run.pk]))
        except Refused as found:
            refused = found
            run.mapping, run.options = mapping, {**run.options, **options}
    return columns_page(request, run, refused)


def _save_mapping(request: HttpRequest, run: ImportRun) -> None:
    """Under the name that was typed, if one was."""
    if name := request.POST.get("mapping_name", "").strip():
        run.refresh_from_db()
        is_shared = request.POST.get("mapping_shared") == "1"
        mappings.save_mapping(run=run, name=name, is_shared=is_shared, by=request.user, at=timezone.now())


def few_owners(actor: Person) -> list[tuple[int, str]]:
    """Who may be given customers, to choose from; nobody where they are many, whose name is then typed."""
    people = Person.objects.visible_to(actor).holding_customers()
    return list(people.values_list("pk", "name")) if are_few(people) else []


def owner_called(actor: Person, text: str) -> int | None:
    """The colleague whose name, sign-in or e-mail was typed; None when it is nobody's, or several people's."""
    try:
        found = Directory(actor).owner(text.strip()) if text.strip() else None
    except CellWrong:
        return None
    return found.pk if found else None


def columns_page(request: HttpRequest, run: ImportRun, refused: Refused | None = None) -> HttpResponse:
    """How the file was read and what its columns go to, with a refusal where there is one."""
    rows = showing.column_rows(run)
    before = runs.imported_before(run)
    units = Unit.objects.visible_to(request.user)
    context = {
        "run": run,
        "rows": rows,
        "known": sum(bool(row.field) for row in rows),
        "choices": showing.field_choices(run),
        "left_over": showing.left_over(run, run.mapping),
        "notes": showing.notes(run),
        "warning": showing.warning(run),
        "likely_kind": showing.likely_kind(run),
        "reading": showing.reading(run),
        **what_it_holds(run),
        "by_row": run.options.get("name_from_row", showing.other_list(run) is None),
        "saved": SavedMapping.objects.visible_to(request.user).filter(kind=run.kind).values_list("pk", "name"),
        "may_share": request.user.may(KIND.sharing),
        "meeting": meeting(run),
        "has_name": showing.has_name(run.mapping),
        "stem": showing.stem(run),
        "pools": Pool.objects.visible_to(request.user).filter(unit__in=units).values_list("pk", "name"),
        "own_pool": run.options.get("pool") or request.user.unit.pool.pk,
        "people": few_owners(request.user),
        "owner_name": showing.owner_name(run),
        "refused": refused,
        "before": before,
        "may_open_before": before is not None
        and ImportRun.objects.visible_to(request.user).filter(pk=before.pk).exists(),
    }
    return respond(request, "customers/import_columns.html", context, status=422 if refused else 200)


def what_it_holds(run: ImportRun) -> dict[str, Any]:
    """What of the pages is other than for a list of customers."""
    face = faces.face_of(run)
    return {"holds_people": run.kind == contacts.KIND.name, "face": face, **(face.seen(run) if face else {})}


def _options(request: HttpRequest) -> dict[str, Any]:
    """How the rows are to be taken."""
    asked = request.POST

    def key(name: str) -> int | None:
        return int(asked[name]) if asked.get(name, "").isdecimal() else None

    give_to = asked.get("give_to", "column")
    return {
        "kind": asked.get("kind") if asked.get("kind") in Customer.Kind.values else "org",
        "give_to": give_to if give_to in ("column", "pool", "person", "deal") else "column",
        "pool": key("pool"),
        "owner": owner_called(request.user, asked.get("owner_name", "")) or key("owner"),
        "name_from_row": asked.get("name_from_row") == "1",
        "unmatched": "make" if asked.get("unmatched") == "make" else "leave",
        "again": asked.get("again") == "1",
        "mode": asked.get("mode", ""),
        "key": asked.get("key", ""),
    }


@require_GET
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Where an import stands: being checked, to be looked at, running, done or stopped."""
    run = one_run(request, pk)
    if run.state == State.MAPPING:
        return redirect_to(request, reverse("import_columns", args=[run.pk]))
    watched = request.GET.get("watched")
    if watched and watched != run.state and not run.is_working:
        return refresh()
    context: dict[str, Any] = {"run": run, "left": showing.seconds_left(run)}
    if run.is_working:
        return respond(request, "customers/import_run.html", context, fragment="customers/_import_progress.html")
    if run.state == State.UNDONE:
        context["kept"] = kept_of(run, run.kept_records.all()[:SHOWN_KEPT], request.user)
        context |= {"foreseen": run.preview.get("undo"), **what_it_holds(run)}
        return respond(request, "customers/import_undone.html", context)
    counts = _counts(run)
    show = _shown(request.GET.get("show", ""), counts, begun=run.started_at is not None)
    context |= {
        "counts": counts,
        "parts": showing.parts(counts),
        "show": show,
        "tabs": _tabs(counts, show, begun=run.started_at is not None),
        "heads": [title for title, _place, _name in showing.previewed(run)],
        "problems": showing.problem_rows(run, skips=show == "skips") if show in ("errors", "skips") else [],
        "examples": showing.examples(run) if show == "new" else [],
        "changes": change_examples(run, request.user) if show == "changes" else [],
        "shown": showing.SHOWN_PROBLEMS,
        "notes": showing.notes(run),
        "warning": showing.warning(run),
        **what_it_holds(run),
        "first_people": showing.people(run),
        "mistakes": showing.mistakes(run),
        "people": few_owners(request.user),
        "unknown": owners_asked(run),
        "can_be_undone": undoing.can_be_undone(run),
    }
    return respond(request, "customers/import_run.html", context)


def _shown(asked: str, counts: dict[str, int], *, begun: bool) -> str:
    """The tab asked for; else what a person has to look at: errors, duplicates, the first new ones."""
    if asked in ("errors", "skips") or (asked in ("new", "changes") and not begun):
        return asked
    if counts["error"] or begun:
        return "errors" if counts["error"] or not counts["skip"] else "skips"
    if counts["change"] and not counts["create"]:
        return "changes"
    return "new" if counts["create"] else "skips"


def _tabs(counts: dict[str, int], show: str, *, begun: bool) -> list[dict[str, Any]]:
    names = [("new", _("New"), "create"), ("changes", _("Changed"), "change"), ("errors", _("Errors"), "error")]
    names.append(
        (
            "skips",
            _("Duplicates and others left out") if counts["change"] or counts["totals"] else _("Duplicates"),
            "skip",
        )
    )
    return [
        {"label": label, "href": f"?show={name}", "current": name == show, "count": number(counts[key])}
        for name, label, key in names
        if (name != "new" or not begun) and (name != "changes" or (counts[key] and not begun))
    ]


def _counts(run: ImportRun) -> dict[str, int]:
    """What has become of the rows, or before the import what would."""
    if run.started_at is not None:
        found = (run.rows, run.created, run.updated, run.unchanged, run.skipped, run.failed)
        totals = min(run.skipped, run.preview.get("counts", {}).get("totals", 0))
        return {**dict(zip(COUNTED, found, strict=True)), "totals": totals}
    return {**dict.fromkeys(COUNTED, 0), "totals": 0, "rows": run.rows, **run.preview.get("counts", {})}


@require_POST
def import_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Import what the preview shows, or carry on."""
    run = one_run(request, pk)
    options = {"excess_to_pool": request.POST.get("excess_to_pool") == "1"}
    runs.start(run=run, options=options, by=request.user, at=timezone.now())
    jobs.carry_out_run.later(run.pk)
    return redirect_to(request, reverse("import_run", args=[run.pk]))


@require_POST
def import_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it where it stands."""
    run = one_run(request, pk)
    runs.stop(run=run, by=request.user)
    return redirect_to(request, reverse("import_run", args=[run.pk]))


@require_POST
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a file that was not imported."""
    run = one_run(request, pk)
    runs.discard(run=run, by=request.user)
    say(request, _("%(file)s is thrown away; nothing was imported.") % {"file": run.file_name})
    return redirect_to(request, reverse("import_customers"))


@require_GET
def import_problems(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows that were left out, with their reasons, in the format of the file they came in."""
    run = one_run(request, pk)
    file = problems_file.written(run)
    whole = isinstance(file.content, bytes)
    answer = HttpResponse if whole else StreamingHttpResponse
    response = answer(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="import-{run.pk}-errors.{file.ending}"'
    return response


def one_run(request: HttpRequest, pk: int) -> ImportRun:
    """One of the person's own imports; a stranger's is not found."""
    require(request.user, KIND.permission)
    run = ImportRun.objects.visible_to(request.user).filter(pk=pk, kind__in=kinds_here()).first()
    if run is None:
        raise Http404
    return run
