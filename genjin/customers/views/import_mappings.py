"""Saved mappings of an import: take one, or forget one of one's own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genjin.core.transfer import mappings
from genjin.core.transfer.models import ImportRun, SavedMapping
from genjin.customers.views.importing import one_run
from genjin.web.htmx import redirect_to
from genjin.web.toasts import say


@require_POST
def import_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Match the columns as a saved mapping does."""
    run = one_run(request, pk)
    mappings.use_mapping(run=run, saved=_saved(request, run), by=request.user)
    return redirect_to(request, reverse("import_columns", args=[run.pk]))


@require_POST
def import_mapping_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a saved mapping; what was imported with it stays."""
    run = one_run(request, pk)
    saved = _saved(request, run)
    mappings.forget_mapping(saved=saved, by=request.user, at=timezone.now())
    say(request, _("The mapping “%(name)s” is deleted.") % {"name": saved.name})
    return redirect_to(request, reverse("import_columns", args=[run.pk]))


def _saved(request: HttpRequest, run: ImportRun) -> SavedMapping:
    """The one that was chosen, among those one may see."""
    key = request.POST.get("saved_mapping", "")
    visible = SavedMapping.objects.visible_to(request.user).filter(kind=run.kind)
    saved = visible.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 12 else None
    if saved is None:
        raise Http404
    return saved
