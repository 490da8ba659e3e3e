"""Backups: which there are, how old the newest is, one more now. For the owner only: a backup is everything."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genjin.core.backup import rules, services
from genjin.core.backup.jobs import back_up_now
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.web.htmx import respond
from genjin.web.toasts import say
from genjin.web.wording import word


@require_safe
def backup_list(request: HttpRequest) -> HttpResponse:
    """Every backup in the folder, newest first; a warning where none is younger than two days."""
    require(request.user, services.PERMISSION)
    return _page(request)


@require_POST
def backup_wanted(request: HttpRequest) -> HttpResponse:
    """Make one now, as a job: it may take minutes."""
    try:
        services.ask_for_one(by=request.user, at=timezone.now())
    except Refused as refused:
        if refused.reason.code != "backup_folder_cannot_be_written":
            raise
        return _page(request, refused=word(refused), status=422)
    back_up_now.later()
    say(request, _("The backup is being made."))
    return redirect("backup_list")


@require_POST
def backup_handed_out(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """The file itself. Only by a form: it leaves a record, and no link leads to it."""
    found = services.hand_out(name, by=request.user, at=timezone.now())
    if found is None:
        raise Http404
    return FileResponse(found.path.open("rb"), as_attachment=True, filename=found.name)


def _page(request: HttpRequest, *, refused: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    found = services.backups()
    failure = services.last_failure()
    context: dict[str, Any] = {
        "backups": found,
        "is_stale": rules.is_stale(found[0].made_at if found else None, now),
        "is_awaited": services.is_awaited(now),
        "failed_at": failure[0] if failure else None,
        "failed_why": word(failure[1]) if failure else "",
        "refused": refused,
        "folder": settings.BACKUP_FOLDER,
        "hour": settings.BACKUP_HOUR,
        "is_sealed": bool(settings.BACKUP_KEY),
        "kept": (settings.BACKUP_DAILY, settings.BACKUP_WEEKLY, settings.BACKUP_MONTHLY),
    }
    return respond(
        request, "organization/backup_list.html", context, fragment="organization/_backup_table.html", status=status
    )
