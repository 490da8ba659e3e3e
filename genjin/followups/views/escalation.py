"""What slipped and how far: by person for who leads, customer by customer behind each figure."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from genjin.core.permissions import require
from genjin.followups.escalation.reading import MOST, Slipped, overdue_rows, slipped
from genjin.organization.models import Person, Unit
from genjin.organization.rules import Tree
from genjin.web.asked import key_in
from genjin.web.htmx import respond

RUNGS = ("seller", "lead", "reassign", "region")


@require_safe
def escalation(request: HttpRequest) -> HttpResponse:
    """Who has how many on each rung, in the units one sees; who leads nobody goes to their own list."""
    if not request.user.may("followups.see_team"):
        return redirect("escalation_list")
    units, chosen = _units(request)
    found = slipped(units, today=timezone.localdate())
    people = Person.objects.visible_to(request.user).in_bulk([each.owner for each in found])
    context = {
        "lines": [(people[each.owner], each) for each in found if each.owner in people],
        "rungs": _rungs(found),
        "units": Unit.objects.visible_to(request.user),
        "chosen": chosen,
    }
    return respond(request, "followups/escalation.html", context)


@require_safe
def escalation_list(request: HttpRequest) -> HttpResponse:
    """The customers behind a figure: of one person or of a unit, from one rung on, the longest overdue first."""
    leads = request.user.may("followups.see_team")
    if not leads:
        require(request.user, "customers.work")
    rung = request.GET.get("rung", "")
    rung = rung if rung in RUNGS else "seller"
    units, chosen = _units(request)
    owner: Person | None = request.user if not leads or request.GET.get("mine") else _person(request)
    rows = overdue_rows(request.user, units, today=timezone.localdate(), who=rung, owner=owner)
    context = {
        "rows": rows,
        "rung": rung,
        "owner": owner,
        "is_own": owner is not None and owner.pk == request.user.pk,
        "leads": leads,
        "chosen": chosen,
        "is_cut": len(rows) == MOST,
        "most": MOST,
    }
    return respond(request, "followups/escalation_list.html", context)


def _units(request: HttpRequest) -> tuple[list[Unit], Unit | None]:
    """The units asked for with all below them; 404 for one that the person does not see."""
    visible = {unit.pk: unit for unit in Unit.objects.visible_to(request.user)}
    given = request.GET.get("unit", "")
    if key_in(given) is None:
        return list(visible.values()), None
    chosen = get_object_or_404(Unit.objects.visible_to(request.user), pk=given)
    within = Tree({pk: unit.parent_id for pk, unit in visible.items()}).below(chosen.pk)
    return [unit for pk, unit in visible.items() if pk in within], chosen


def _person(request: HttpRequest) -> Person | None:
    given = request.GET.get("person", "")
    return get_object_or_404(Person.objects.visible_to(request.user), pk=given) if key_in(given) is not None else None


def _rungs(found: Iterable[Slipped]) -> list[tuple[str, str]]:
    """The rungs in use with their working days: more than one figure where units have ladders of their own."""
    days: dict[str, set[int]] = {}
    for each in found:
        for step in each.alike.ladder:
            days.setdefault(step.who, set()).add(step.days)
    return [(who, "/".join(str(n) for n in sorted(days[who]))) for who in RUNGS if who in days]
