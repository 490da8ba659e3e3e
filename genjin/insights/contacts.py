"""The contacts behind a figure: whose, when, and what of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext_lazy as _

from genjin.customers.classes import Rung, rung_of
from genjin.followups.chips import all_worded, worded
from genjin.followups.models import Touch, TouchQuerySet
from genjin.insights.floor import end_of, start_of
from genjin.insights.note_quality import Judged, judged
from genjin.insights.rules.note_quality import POOR
from genjin.insights.rules.period import Period
from genjin.organization.models import Person

WHAT = {
    "": _("All contacts"),
    "effective": _("Effective"),
    "missed": _("Not effective"),
    "poor": _("Poor notes"),
    "copied": _("Copied notes"),
}
NEWEST_FIRST = ("-at", "-pk")


@dataclass(frozen=True, slots=True)
class Asked:
    """Contacts of these people in this period; with `after` and `before` only in these hours of the day."""

    people: list[Person]
    period: Period
    what: str = ""
    after: time | None = None
    before: time | None = None
    class_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One contact. `judged` only for notes of effective contacts of the last days."""

    touch: Touch
    rung: Rung
    moved_to: Rung | None
    said: str
    chips: list[str]
    judged: Judged | None


def found(actor: Person, asked: Asked) -> TouchQuerySet:
    """The contacts asked for."""
    rows = (
        Touch.objects.visible_to(actor)
        .filter(author__in=asked.people, import_run=None, undone_at=None)
        .filter(at__gte=start_of(asked.period.first), at__lt=end_of(asked.period.last))
    )
    rows = _narrowed(rows, asked).select_related("customer", "author")
    if asked.after is not None:
        rows = rows.filter(at__time__gte=asked.after)
    return rows if asked.before is None else rows.filter(at__time__lt=asked.before)


def _narrowed(rows: TouchQuerySet, asked: Asked) -> TouchQuerySet:
    if asked.class_codes:
        rows = rows.filter(class_before__in=asked.class_codes)
    if asked.what in ("effective", "missed"):
        return rows.filter(is_effective=asked.what == "effective")
    if asked.what in ("poor", "copied"):
        return rows.filter(pk__in=[note.touch for note in _wanted(asked)])
    return rows


def _wanted(asked: Asked) -> list[Judged]:
    notes = judged([person.pk for person in asked.people], until=asked.period.last)
    if asked.what == "copied":
        return [note for note in notes if note.copies]
    return [note for note in notes if note.verdict.score < POOR]


def shown(touches: Sequence[Touch], asked: Asked) -> list[Row]:
    """The contacts as rows, those of the last days with what their notes are worth."""
    notes: Mapping[int, Judged] = {}
    if any(touch.is_effective for touch in touches):
        authors = {touch.author_id for touch in touches if touch.author_id}
        notes = {note.touch: note for note in judged(authors, until=asked.period.last)}
    return [_row(touch, notes.get(touch.pk)) for touch in touches]


def _row(touch: Touch, note: Judged | None) -> Row:
    playbook = touch.customer.playbook
    moved = touch.class_before != touch.class_after
    miss = worded("miss_reasons", touch.miss_reason) if touch.miss_reason else ""
    return Row(
        touch=touch,
        rung=rung_of(playbook, touch.class_before),
        moved_to=rung_of(playbook, touch.class_after) if moved else None,
        said=touch.remarks or miss,
        chips=[*all_worded("interests", touch.interests), *all_worded("objections", touch.objections)],
        judged=note,
    )
