"""`GET /healthz`: whether the product serves and its jobs run."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from genjin.core.jobs.worker import is_alive


def condition() -> dict[str, bool]:
    """Each part that serving needs, and whether it does its work."""
    try:
        worker = is_alive(at=timezone.now())
    except DatabaseError:
        return {"database": False, "worker": False}
    return {"database": True, "worker": worker}


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when every part works, else 503; the body names each."""
    parts = condition()
    answer = JsonResponse(parts, status=200 if all(parts.values()) else 503)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # asked every few seconds: no line in the log each time
    return answer
