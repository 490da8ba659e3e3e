"""A note as screens show it: its chips, classes and promises in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from genjin.core.reasons import Reason
from genjin.customers.classes import Rung, rung_of
from genjin.customers.models import Customer
from genjin.followups.chips import all_worded, worded
from genjin.followups.models import Correction, NoteReading, Payment, Touch, TouchQuerySet


@dataclass(frozen=True, slots=True)
class ShownNote:
    """`class_after` only where the class moved; `missing` only where a class was asked for in vain.

    Payments, corrections and readings are asked for where they are shown.
    """

    touch: Touch
    duration: str
    author: str
    contact: str
    miss_reason: str
    interests: list[str]
    objections: list[str]
    services: list[str]
    bring_next: list[str]
    class_before: Rung | None
    class_after: Rung | None
    missing: Reason | None

    @property
    def paid(self) -> list[Payment]:
        return list(self.touch.payments.all())

    @property
    def corrections(self) -> list[Correction]:
        return list(self.touch.corrections.all())

    @property
    def readings(self) -> list[NoteReading]:
        """What was said about it by who leads its author."""
        return list(self.touch.readings.all())


def seconds_in_words(seconds: int | None) -> str:
    """4 分 12 秒; "" when nothing was measured."""
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return _("%(seconds)d s") % {"seconds": rest}
    return _("%(minutes)d min %(seconds)02d s") % {"minutes": minutes, "seconds": rest}


def with_all_that_is_shown(touches: TouchQuerySet) -> TouchQuerySet:
    """The touches with what a shown note needs, in four queries however many they are."""
    readings = Prefetch("readings", NoteReading.objects.select_related("by"))
    return touches.select_related("author", "contact_person").prefetch_related("corrections", "payments", readings)


def shown_notes(touches: Iterable[Touch], customer: Customer) -> list[ShownNote]:
    return [shown_note(touch, customer) for touch in touches]


def _missing(touch: Touch, customer: Customer) -> Reason | None:
    """That a class was asked for whose conditions were not met, and which."""
    if not touch.conditions_missing:
        return None
    figures = {"class_code": touch.class_after, "wanted": touch.class_wanted, "missing": touch.conditions_missing}
    return Reason("class_kept_conditions_missing", {"playbook": customer.playbook, **figures})


def shown_note(touch: Touch, customer: Customer) -> ShownNote:
    moved = touch.class_before != touch.class_after
    return ShownNote(
        touch=touch,
        duration=seconds_in_words(touch.duration),
        author=touch.whose,
        contact=touch.contact_person.name if touch.contact_person else "",
        miss_reason=worded("miss_reasons", touch.miss_reason) if touch.miss_reason else "",
        interests=all_worded("interests", touch.interests),
        objections=all_worded("objections", touch.objections),
        services=all_worded("services", touch.services),
        bring_next=all_worded("bring_next", touch.bring_next),
        class_before=rung_of(customer.playbook, touch.class_before) if moved else None,
        class_after=rung_of(customer.playbook, touch.class_after) if moved else None,
        missing=_missing(touch, customer),
    )
