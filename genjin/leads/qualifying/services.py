"""Changing a checklist, and answering one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from genjin.core.audit.services import changes_between, record
from genjin.core.fields.services import values_given
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.leads.models import Lead
from genjin.leads.qualifying import rules
from genjin.leads.qualifying.models import Checklist, Qualification
from genjin.leads.qualifying.reading import OWN, checklist_for, filled_of, stand_of
from genjin.leads.services.changing import change_lead
from genjin.leads.services.records import keep, locked, require_open, require_pushing
from genjin.organization.models import Person, Unit


@transaction.atomic
def save_checklist(*, unit: Unit, product: str, content: rules.Content, by: Person, at: datetime) -> Checklist:
    """The next version of a unit's checklist. What was answered by an older one stays as it was answered."""
    require(by, "leads.change_checklists")
    if not by.scope.leads(unit.pk):
        raise NotPermitted("queue_out_of_scope")
    held = Checklist.objects.select_for_update(of=("self",)).filter(unit=unit, product=product).order_by("-number")
    last = held.first()
    written = rules.written(content)
    if last is not None and last.is_current and last.content == written:
        return last
    held.filter(is_current=True).update(is_current=False)
    number = last.number + 1 if last else 1
    made = Checklist.objects.create(unit=unit, product=product, number=number, content=written, at=at, by=by)
    changes = {"number": [last.number if last else None, number], "product": [product, product]}
    record(by=by, at=at, verb="checklist.changed", kind="checklist", subject=made.pk, changes=changes)
    return made


@transaction.atomic
def retire_checklist(*, checklist: Checklist, by: Person, at: datetime) -> None:
    """Asked of no further lead. Twice is once."""
    require(by, "leads.change_checklists")
    if not by.scope.leads(checklist.unit_id):
        raise NotPermitted("queue_out_of_scope")
    if Checklist.objects.filter(pk=checklist.pk, is_current=True).update(is_current=False):
        record(by=by, at=at, verb="checklist.retired", kind="checklist", subject=checklist.pk)


@transaction.atomic
def answer(
    *, lead: Lead, answers: Mapping[str, bool], fields: Mapping[str, Any], own: Mapping[str, Any], by: Person,
    at: datetime,
) -> Qualification:  # fmt: skip
    """Answer points (by code) and fill in fields of the lead: standard ones by name, custom ones by code.

    The version that is current when the first answer is given stays the lead's. Raises Refused where there is none.
    """
    row = locked(lead)
    require_pushing(row, by)
    require_open(row)
    held = Qualification.objects.select_for_update(of=("self",)).filter(lead=row).select_related("checklist").first()
    checklist = held.checklist if held else checklist_for(row)
    if checklist is None:
        raise Refused("no_checklist", name=row.called)
    if fields:
        change_lead(lead=row, fields=fields, by=by, at=at)
        row = locked(lead)
    if own:
        before = dict(row.custom or {})
        row.custom = values_given("lead", own, held=row.custom, by=by)
        moved = changes_between(before, {code: (row.custom or {}).get(code) for code in {*before, *own}})
        if moved:
            row.save(update_fields=["custom"])
            keep(row, {}, by=by, at=at, verb="lead.changed", changes={OWN + code: pair for code, pair in moved.items()})
    content = rules.read(checklist.content)
    known = {item.code for item in content.items if not item.field}
    row_of = held or Qualification(lead=row, checklist=checklist)
    stood = dict(row_of.answers)
    row_of.answers = {**stood, **{code: said for code, said in answers.items() if code in known}}
    summed = rules.result(content, row_of.answers, filled_of(row))
    row_of.score, row_of.most, row_of.at, row_of.by = summed.score, summed.most, at, by
    row_of.save()
    if row_of.answers != stood:
        changes: dict[str, list[Any]] = {"answers": [stood, row_of.answers], "score": [None, row_of.score]}
        record(by=by, at=at, verb="lead.qualified", kind="lead", subject=row.pk, changes=changes)
    return row_of


def require_enough(lead: Lead, *, reason: str, by: Person) -> None:
    """Raise Refused with what is missing where the checklist asks for it before conversion. Who leads the unit may go
    past it with a reason."""
    stand = stand_of(lead)
    if stand is None or not stand.content.is_asked or not stand.result.missing:
        return
    if reason.strip() and by.may("leads.assign") and by.scope.leads(lead.unit_id):
        return
    raise Refused("qualification_is_missing", what=[stand.word(item) for item in stand.result.missing])
