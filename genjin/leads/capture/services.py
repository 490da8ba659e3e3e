"""Composing forms: made, changed, copied. A wording of the consent is kept as soon as it was shown."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction

from genjin.core.audit.services import changes_between, plain, record
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.leads.capture import rules
from genjin.leads.capture.custom import askable
from genjin.leads.capture.models import SLUG, CaptureForm, Consent
from genjin.leads.queues.models import Queue
from genjin.organization.models import Person, Unit
from genjin.organization.services.reach import require_leading

PERMISSION = "leads.capture"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when read aloud


@dataclass(frozen=True, slots=True)
class Composed:
    """What a person composed. `fields` in their order; `origins` as typed, one website each."""

    unit: Unit
    name: str
    title: str
    fields: Sequence[rules.Asked]
    queue: Queue | None = None
    language: str = CaptureForm.Language.CHINESE
    intro: str = ""
    consent: str = ""
    thanks: str = ""
    redirect_to: str = ""
    source: Any = None
    campaign: str = ""
    origins: Sequence[str] = ()
    is_open: bool = True
    open_from: date | None = None
    open_until: date | None = None
    has_puzzle: bool = False
    most_by_address: int = 20


@transaction.atomic
def make_form(composed: Composed, *, by: Person, at: datetime) -> CaptureForm:
    """A new form at a new address."""
    require(by, PERMISSION)
    values = _checked(composed, by)
    form = CaptureForm(slug=_new_slug(), made_by=by, made_at=at, **values)
    form.consent_version = 1 if form.consent else 0
    form.save(force_insert=True)
    _keep_consent(form, at=at)
    changes = {name: [None, value] for name, value in _plain(values).items() if value not in ("", None, [])}
    record(by=by, at=at, verb="form.made", kind="capture_form", subject=form.pk, changes=changes)
    return form


@transaction.atomic
def change_form(form: CaptureForm, composed: Composed, *, version: int, by: Person, at: datetime) -> CaptureForm:
    """Change what a form asks and says. Raises Refused when somebody else changed it since `version`."""
    require(by, PERMISSION)
    row = CaptureForm.objects.select_for_update().get(pk=form.pk)
    require_leading(by, row.unit_id)
    if row.version != version:
        raise Refused("form_was_changed")
    values = _checked(composed, by)
    before = {name: getattr(row, name) for name in values}
    changes = changes_between(_plain(before), _plain(values))
    if not changes:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    if "consent" in changes and row.consent:
        last = row.consents.first()
        row.consent_version = (last.version if last else 0) + 1
    elif not row.consent:
        row.consent_version = 0
    row.version += 1
    row.save()
    _keep_consent(row, at=at)
    record(by=by, at=at, verb="form.changed", kind="capture_form", subject=row.pk, changes=changes)
    return row


@transaction.atomic
def copy_form(form: CaptureForm, *, name: str, by: Person, at: datetime) -> CaptureForm:
    """The same at another address, closed until somebody opens it."""
    require(by, PERMISSION)
    require_leading(by, form.unit_id)
    asked = tuple(map(rules.Asked.from_json, form.fields))
    kept = {each.name: getattr(form, each.name) for each in fields(Composed)}
    return make_form(Composed(**{**kept, "name": name[:80], "fields": asked, "is_open": False}), by=by, at=at)


def _checked(composed: Composed, by: Person) -> dict[str, Any]:
    """The values of the row. Raises Refused with what is wrong."""
    require_leading(by, composed.unit.pk)
    custom = {field.code for field in askable().values()}
    if wrong := rules.refusal_of_fields(composed.fields, custom=custom):
        raise Refused(wrong.code, **wrong.figures)
    if composed.redirect_to and not composed.redirect_to.startswith("https://"):
        raise Refused("form_redirect_not_https")
    if composed.open_from and composed.open_until and composed.open_until < composed.open_from:
        raise Refused("form_days_reversed")
    if composed.queue is not None and composed.queue.unit_id != composed.unit.pk:
        raise Refused("form_queue_elsewhere")
    values = {each.name: getattr(composed, each.name) for each in fields(Composed)}
    values["fields"] = [asked.as_json() for asked in composed.fields]
    values["origins"] = _origins(composed.origins)
    return values


def _origins(typed: Sequence[str]) -> list[str]:
    found: list[str] = []
    for text in typed:
        origin = rules.origin_of(text)
        if origin is None:
            raise Refused("form_no_origin", text=text[:80])
        if origin not in found:
            found.append(origin)
    if len(found) > rules.MOST_ORIGINS:
        raise Refused("form_origins_too_many", most=rules.MOST_ORIGINS)
    return found


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """As the audit trail keeps it: related rows by their keys, days as texts."""
    return {name: plain(value) for name, value in values.items()}


def _keep_consent(form: CaptureForm, *, at: datetime) -> None:
    if form.consent:
        found = {"text": form.consent, "since": at}
        Consent.objects.get_or_create(form=form, version=form.consent_version, defaults=found)


def _new_slug() -> str:
    return "".join(secrets.choice(LETTERS) for _n in range(SLUG))
