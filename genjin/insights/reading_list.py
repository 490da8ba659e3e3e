"""The notes to read on a day: picked from the last day before it on which anybody wrote one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genjin.customers.classes import Rung, rung_of
from genjin.customers.models import Customer
from genjin.followups.models import NoteReading, Touch
from genjin.followups.shown import ShownNote, shown_note, with_all_that_is_shown
from genjin.insights.note_quality import Judged, judged, talks_of
from genjin.insights.rules.note_quality import DAYS
from genjin.insights.rules.sampling import Candidate, Picked, Why, sample
from genjin.organization.models import Person
from genjin.playbooks.editions.current import current, variant

PICKED_AS = {"lowest": _("Lowest score"), "class_three": _("Class 3"), "lot": _("By lot")}


@dataclass(frozen=True, slots=True)
class ToRead:
    """One note of the day's list; `own` is what the reader has said about it, if anything."""

    note: ShownNote
    rung: Rung
    judged: Judged
    why: Why
    own: NoteReading | None

    @property
    def on(self) -> date:
        """The day on which it was written."""
        return timezone.localdate(self.note.touch.at)

    @property
    def picked_as(self) -> str:
        return str(PICKED_AS[self.why])

    @property
    def others(self) -> list[NoteReading]:
        return [each for each in self.note.readings if each != self.own]


def to_read(reader: Person, people: Iterable[Person], *, on: date) -> list[ToRead]:
    """What this reader is to read on that day; the same whenever it is asked for, but for notes taken back since."""
    authors = [person.pk for person in people if person.pk != reader.pk]
    written = _of_the_last_day(authors, until=on - timedelta(days=1))
    of_the_day = {note.touch: note for note in judged(authors, until=on - timedelta(days=1)) if note.touch in written}
    picked = sample([_candidate(note, *written[pk]) for pk, note in of_the_day.items()], day=on)
    rows = with_all_that_is_shown(Touch.objects.visible_to(reader).filter(pk__in=[each.touch for each in picked]))
    touches = {touch.pk: touch for touch in rows.select_related("author", "contact_person", "customer")}
    return [
        _shown(each, touches[each.touch], of_the_day[each.touch], reader) for each in picked if each.touch in touches
    ]


def _of_the_last_day(authors: list[int], *, until: date) -> dict[int, tuple[str, str]]:
    """The notes of the last day of the week on which anybody wrote one: each with its customer's playbook, where that
    may matter, and class after it."""
    week = talks_of(authors, until - timedelta(days=DAYS - 1), until)
    last = week.aggregate(at=Max("at"))["at"]
    if last is None:
        return {}
    day = timezone.localdate(last)
    rows = list(talks_of(authors, day, day).values_list("pk", "customer", "class_after"))
    threes = {each.code for playbook in map(variant, current()) for each in playbook.classes if each.family == "3"}
    wanted = {customer for _pk, customer, code in rows if code in threes}
    held = dict(Customer.objects.filter(pk__in=wanted).values_list("pk", "playbook"))
    return {pk: (held.get(customer, ""), code) for pk, customer, code in rows}


def _candidate(note: Judged, held: str, code: str) -> Candidate:
    playbook = variant(held) if held else None
    is_three = playbook is not None and playbook.has_class(code) and playbook.class_of(code).family == "3"
    return Candidate(note.touch, note.author, note.verdict.score, is_three)


def _shown(picked: Picked, touch: Touch, note: Judged, reader: Person) -> ToRead:
    own = next((each for each in touch.readings.all() if each.by_id == reader.pk), None)
    rung = rung_of(touch.customer.playbook, touch.class_after)
    return ToRead(shown_note(touch, touch.customer), rung, note, picked.why, own)
