"""Taking back the last save, and correcting a note later with its old text kept."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.core.audit.services import plain, record
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.services.records import locked
from genjin.customers.services.restoring import Ground, restore
from genjin.customers.services.standing import practice_for
from genjin.followups.models import Appointment, Correction, Payment, Promise, Touch
from genjin.followups.note_reading.facts import Facts
from genjin.followups.note_reading.keeping import keep_facts
from genjin.followups.proposals.making import follow_correction, take_back
from genjin.followups.services.agreements import note_next_appointment
from genjin.followups.tasks.services import reopen_for_undone_note
from genjin.organization.models import Person


@transaction.atomic
def undo_touch(*, touch: Touch, by: Person, at: datetime) -> Touch:
    """Take back one's own save, with dates, class, promise and appointment, until the customer is touched again.

    The touch stays in the record as taken back; nothing counts it any more.
    """
    ground = Ground({touch.customer_id: touch.before})
    row = locked(touch.customer_id)
    touch = Touch.objects.select_for_update().get(pk=touch.pk)
    if touch.undone_at is not None:
        return touch
    _refuse_imported(touch)
    if touch.author_id != by.pk:
        raise NotPermitted("only_the_author_undoes")
    if row.version != touch.version_after:
        raise Refused("touched_since", name=row.name)
    Promise.objects.filter(made_in=touch).delete()
    Appointment.objects.filter(made_in=touch).delete()
    Appointment.objects.filter(customer=row, ended_at=touch.at, result="held").update(ended_at=None, result="")
    Payment.objects.filter(touch=touch).delete()
    touch.undone_at = at
    touch.save(update_fields=["undone_at"])
    take_back(touch, at=at)
    restore(
        row, touch.before, ground, by=by, at=at, verb="touch.undone", changed_at=touch.at,
        changes={"touch": [touch.pk, None]},
    )  # fmt: skip
    note_next_appointment(row.pk)
    reopen_for_undone_note(touch, by=by, at=at)
    return touch


@transaction.atomic
def correct_touch(
    *,
    touch: Touch,
    remarks: str,
    interests: Sequence[str],
    objections: Sequence[str],
    services: Sequence[str],
    attitude: str,
    pays_on: date | None,
    by: Person,
    at: datetime,
) -> Touch:
    """Correct what a note says. Its old text is kept, and no date of the customer moves.

    What was proposed by the attitude, or by the day it was to pay, is judged anew. A miss has neither.
    """
    row = locked(touch.customer_id)
    touch = Touch.objects.select_for_update().get(pk=touch.pk)
    _refuse_imported(touch)
    if touch.author_id != by.pk:
        raise NotPermitted("only_the_author_corrects")
    if touch.undone_at is not None:
        raise Refused("note_was_undone")
    after: dict[str, Any] = {
        "remarks": remarks.strip(), "interests": list(interests), "objections": list(objections),
        "services": list(services),
    }  # fmt: skip
    if touch.is_effective:
        after |= {"attitude": attitude, "pays_on": pays_on}
    changes = {name: [getattr(touch, name), value] for name, value in after.items() if getattr(touch, name) != value}
    if not changes:
        return touch
    Correction.objects.create(touch=touch, at=at, by=by, text_before=_as_it_was(touch))
    for name, value in after.items():
        setattr(touch, name, value)
    touch.corrected_at = at
    if touch.note_facts is not None:  # else it is older than what is kept, and is judged by its words
        agreed = any(kind.objects.filter(customer=row, made_in=touch).exists() for kind in (Promise, Appointment))
        keep_facts(touch, agreed=agreed, asks_objection=Facts.of(touch.note_facts).asks_objection)
    touch.save(update_fields=[*after, "corrected_at", "note_facts", "note_print"])
    if row.touches.standing().order_by("-at", "-pk").first() == touch and touch.remarks:
        row.last_note = touch.remarks[:200]
        row.save(update_fields=["last_note"])
    if changes.keys() & {"attitude", "pays_on"}:
        follow_correction(row, practice_for(row), touch, at=at)
    changes = {name: [plain(each) for each in pair] for name, pair in changes.items()}
    record(
        by=by, at=at, verb="touch.corrected", kind="customer", subject=row.pk,
        changes={**changes, "touch": [touch.pk, touch.pk], "on": [timezone.localdate(touch.at).isoformat()] * 2},
    )  # fmt: skip
    return touch


def _as_it_was(touch: Touch) -> str:
    """All that a correction can change, as it was, in the author's words."""
    lists = "、".join([*touch.interests, *touch.objections, *touch.services])
    pays = _("Promised to pay by %(day)s") % {"day": touch.pays_on.isoformat()} if touch.pays_on else ""
    attitude = str(touch.get_attitude_display()) if touch.attitude else ""
    return "\n".join(part for part in (touch.remarks, lists, attitude, pays) if part).strip()


def _refuse_imported(touch: Touch) -> None:
    """What a file told stays as it was told: it goes with its import, or not at all."""
    if touch.is_imported:
        raise NotPermitted("imported_contact_stays")
