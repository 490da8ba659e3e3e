"""Saying something about a note, and taking notice of what was said."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import record
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.followups.models import NoteReading, Touch
from genjin.organization.models import Person

LONGEST = 500


@transaction.atomic
def read_note(*, touch: Touch, thumb: str, comment: str, by: Person, at: datetime) -> NoteReading | None:
    """Say what one thinks of a colleague's note; said again it replaces what one said before, and is new to its author.

    Neither thumb nor words take it back: None. Refused for one's own note, one that was taken back, an imported one,
    and where there is nothing to say nor to take back.
    """
    require(by, "followups.read_notes")
    touch = Touch.objects.select_for_update().get(pk=touch.pk)
    comment = comment.strip()
    if touch.author_id == by.pk:
        raise NotPermitted("own_note_is_not_read")
    if touch.undone_at is not None:
        raise Refused("note_was_undone")
    if touch.author_id is None or touch.is_imported:
        raise Refused("imported_note_is_not_read")
    if thumb not in NoteReading.Thumb.values:
        raise Refused("thumb_unknown", thumb=thumb)
    if len(comment) > LONGEST:
        raise Refused("comment_too_long", signs=len(comment), most=LONGEST)
    known = NoteReading.objects.filter(touch=touch, by=by).first()
    if not (thumb or comment):
        if known is None:
            raise Refused("reading_says_nothing")
        known.delete()
        _record(touch, known, None, by=by, at=at)
        return None
    if known is not None and (known.thumb, known.comment) == (thumb, comment):
        return known
    said = NoteReading(
        pk=known.pk if known else None, touch=touch, author_id=touch.author_id, by=by, at=at, thumb=thumb,
        comment=comment,
    )  # fmt: skip
    said.save()
    _record(touch, known, said, by=by, at=at)
    return said


@transaction.atomic
def see_readings(*, by: Person, at: datetime, until: datetime | None = None) -> int:
    """Take notice of everything that was said about one's notes `until` then; how many there were."""
    unseen = list(NoteReading.objects.unseen_by(by).filter(at__lte=until or at).select_for_update())
    NoteReading.objects.filter(pk__in=[each.pk for each in unseen]).update(seen_at=at)
    for each in unseen:
        record(
            by=by, at=at, verb="note.reading_seen", kind="note_reading", subject=each.pk,
            changes={"seen_at": [None, at.isoformat()]},
        )  # fmt: skip
    return len(unseen)


def _record(touch: Touch, before: NoteReading | None, after: NoteReading | None, *, by: Person, at: datetime) -> None:
    """On the customer's own trail: who sees the customer sees what was said."""
    changes = {
        name: [getattr(before, name, ""), getattr(after, name, "")]
        for name in ("thumb", "comment")
        if getattr(before, name, "") != getattr(after, name, "")
    }
    on = timezone.localdate(touch.at).isoformat()
    record(
        by=by, at=at, verb="note.read" if after else "note.reading_taken_back", kind="customer",
        subject=touch.customer_id, changes={**changes, "touch": [touch.pk, touch.pk], "on": [on, on]},
    )  # fmt: skip
