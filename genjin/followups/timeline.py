"""The notes of a customer for its timeline. Promises and appointments stand there by their audit records."""

from collections.abc import Sequence

from genjin.customers.timeline import Asked, Item
from genjin.followups.models import Touch
from genjin.followups.shown import ShownNote, shown_note, with_all_that_is_shown

TEMPLATE = "followups/_timeline_note.html"
LOOKED_THROUGH = 1000


def touches_for_timeline(asked: Asked) -> Sequence[Item]:
    """The newest notes asked for. A note that was taken back is not among them; its audit record is."""
    if asked.kind not in ("", "note"):
        return []
    rows = with_all_that_is_shown(Touch.objects.standing().filter(customer=asked.customer)).order_by("-at", "-pk")
    if asked.before is not None:
        rows = rows.filter(at__lt=asked.before)
    notes = (shown_note(touch, asked.customer) for touch in rows[: LOOKED_THROUGH if asked.text else asked.limit])
    found = [note for note in notes if not asked.text or says(note, asked.text)][: asked.limit]
    return [Item(note.touch.at, "note", TEMPLATE, {"note": note}) for note in found]


def says(note: ShownNote, text: str) -> bool:
    """Whether the words stand anywhere in the note, as it is shown or as it was before a correction."""
    parts = [
        note.touch.remarks, note.touch.reason, note.author, note.contact, note.miss_reason, *note.interests,
        *note.objections, *note.services, *note.bring_next, *(old.text_before for old in note.corrections),
    ]  # fmt: skip
    return any(text.casefold() in part.casefold() for part in parts)
