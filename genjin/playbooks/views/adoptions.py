"""Choosing the playbook a unit works by."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.organization.models import Unit
from genjin.playbooks.forms import INHERIT, AdoptionForm, value_of
from genjin.playbooks.models import Adoption
from genjin.playbooks.services import adopt_playbook, inherit_playbook, playbook_for
from genjin.playbooks.variant import Variant
from genjin.web.htmx import respond
from genjin.web.toasts import say


def unit_playbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The playbook of a unit: its own choice, or that of the unit above."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user).select_related("parent"), pk=pk)
    require(request.user, "playbooks.adopt")
    form = AdoptionForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = _choose(request, unit, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            name = chosen.name.in_language(get_language())
            say(request, _("%(unit)s works by %(playbook)s.") % {"unit": unit.name, "playbook": name})
            return redirect("playbook_list")
    current = playbook_for(unit.pk)
    has_own = unit.parent_id is None or Adoption.objects.filter(unit=unit).exists()
    context = {
        "unit": unit,
        "form": form,
        "current": current,
        "above": playbook_for(unit.parent_id) if unit.parent_id else None,
        "inherit": INHERIT,
        "chosen": request.POST.get("choice") or (value_of(current) if has_own else INHERIT),
    }
    return respond(request, "playbooks/unit_playbook.html", context, status=422 if form.errors else 200)


def _choose(request: HttpRequest, unit: Unit, form: AdoptionForm) -> Variant:
    by, at = request.user, timezone.now()
    if form.chosen is None:
        return inherit_playbook(unit=unit, by=by, at=at)
    playbook, size, rhythm = form.chosen
    return adopt_playbook(unit=unit, playbook=playbook, size=size, rhythm=rhythm, by=by, at=at)
