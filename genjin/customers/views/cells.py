"""A cell of a list edited in place: a small form in the cell, then the row as it is now."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.core.reasons import NotPermitted, Outdated, Refused
from genjin.customers import listing
from genjin.customers.forms.cells import EDITS, CellForm
from genjin.customers.history import Told, tell
from genjin.customers.models import Customer
from genjin.customers.views.finding import customer_for, require_ability
from genjin.customers.views.lists import customers_table
from genjin.customers.views.standing import undo_address
from genjin.web.htmx import respond, wants_fragment
from genjin.web.toasts import say
from genjin.web.wording import word

FORM, ROW = "customers/_cell_form.html", "customers/_customer_table.html"


def customer_cell(request: HttpRequest, pk: int, column: str) -> HttpResponse:
    """`list` is the list the cell stands in, so that the row comes back with its columns. On a page of its own a
    cell is nothing: the record page does it."""
    if column not in EDITS:
        raise Http404
    row = customer_for(request, pk)
    require_ability(EDITS[column].ability, row, request.user, timezone.localdate())
    if not wants_fragment(request):
        return redirect("customer", row.pk)
    form = EDITS[column].form(request.POST or None, customer=row, actor=request.user, auto_id=f"cell_{row.pk}_%s")
    if request.method == "POST" and form.is_valid():
        return _save(request, row, form)
    return _show(request, row, form)


def _save(request: HttpRequest, row: Customer, form: CellForm) -> HttpResponse:
    """Who was slower is shown what changed, keeps what they typed, and may save again."""
    changed: Sequence[Told] = ()
    try:
        saved = form.save(timezone.now())
    except NotPermitted:
        raise
    except Outdated as outdated:
        changed = tell(outdated.changes, row, request.user)
        typed = request.POST.copy()
        typed["version"] = str(row.version)
        form.data = typed
    except Refused as refused:
        form.add_error(None, word(refused))
    else:
        if saved.version != row.version:
            say(request, _("Changed: %(name)s") % {"name": row.name}, undo=undo_address(row, request))
        return _row(request, row)
    return _show(request, row, form, changed)


def _row(request: HttpRequest, row: Customer) -> HttpResponse:
    """The row in its list's columns, also when it no longer belongs to that list; of who is gone, nothing."""
    wanted = listing.read(request.POST.get("list", ""), request.user)
    return respond(request, ROW, customers_table(request, wanted, timezone.localdate(), only=row.pk), fragment=ROW)


def _show(request: HttpRequest, row: Customer, form: CellForm, changed: Sequence[Told] = ()) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "changed": changed,
        "list_query": (request.POST or request.GET).get("list", ""),
        "title": row.name,
    }
    response = respond(request, FORM, context, fragment=FORM, status=422 if form.is_bound else 200)
    if form.is_bound:  # the form stays in its cell: only who is saved gives the row
        response["HX-Retarget"], response["HX-Reswap"], response["HX-Reselect"] = "this", "outerHTML", "form"
    return response
