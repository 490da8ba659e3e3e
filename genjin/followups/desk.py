"""The working mode: the day's list, the customer before one, the note form, as one context for page and fragments."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from genjin.core.reasons import NotPermitted, Reason
from genjin.core.statements import Statement
from genjin.customers.classes import rung
from genjin.customers.models import Customer
from genjin.customers.reading import with_people_read
from genjin.customers.services import standing
from genjin.customers.services.records import require_working
from genjin.followups.besides import Besides
from genjin.followups.card import agreements_of, card_of, hanging_on
from genjin.followups.day import Day
from genjin.followups.forms import NoteForm
from genjin.followups.models import Touch
from genjin.followups.preview import preview_of
from genjin.followups.proposals.reading import of_customer
from genjin.followups.services.notes import Note
from genjin.organization.models import Person
from genjin.playbooks.agenda import Agenda
from genjin.playbooks.practice import Practice


@dataclass(frozen=True, slots=True)
class Place:
    """Where a customer stands in the day: its number, how many there are, whom J and K lead to."""

    number: int
    total: int
    previous: int | None
    next: int | None


def place_in(day: Day, customer: int) -> Place:
    """Done ones count, but one is led only to those still to contact; after the last to the first again."""
    sequence: list[tuple[int, bool]] = []
    for block in day.blocks:
        sequence += [(row.customer, False) for row in block.done]
        sequence += [(row.customer, True) for row in block.rows]
    found = [index for index, (pk, _still) in enumerate(sequence) if pk == customer]
    at = found[-1] if found else None
    open_before = [pk for pk, still in sequence[: at or 0] if still and pk != customer]
    open_after = [pk for pk, still in sequence[(-1 if at is None else at) + 1 :] if still and pk != customer]
    return Place(
        number=0 if at is None else at + 1,
        total=len(sequence),
        previous=open_before[-1] if open_before else None,
        next=next(iter([*open_after, *open_before]), None),
    )


def customer_for(person: Person, pk: int) -> Customer:
    """A customer this person may see, with what the desk shows of it; a stranger's is a 404."""
    own = _own(person=person.pk, customer=pk) if pk <= BigIntegerField.MAX_BIGINT else []
    if own:
        row: Customer = own[0]
        row.owner = person
        if row.unit_id == person.unit_id:
            row.unit = person.unit
        return with_people_read(row)
    rows = Customer.objects.visible_to(person).select_related("owner", "unit", "source", "pool")
    return with_people_read(get_object_or_404(rows, pk=pk))


@Statement
def _own(person: int, customer: int) -> QuerySet:
    """Whose it is sees it whatever else they see, and most customers of a desk are one's own."""
    return Customer.objects.owned_by(person).filter(pk=customer).select_related("source").order_by()


def refusal_to_note(customer: Customer, person: Person, *, at: datetime) -> Reason | None:
    """Why this person cannot write a note on this customer."""
    if not customer.is_open:
        return Reason("customer_is_closed", {"name": customer.name})
    try:
        require_working(customer, person, timezone.localdate(at))
    except NotPermitted as refusal:
        return refusal.reason
    return None


def practice_for(customer: Customer, day: Day | None = None) -> Practice:
    """How the customer is worked; that of the day at hand where it is the same."""
    if day is not None and customer.unit_id == day.person.unit_id and customer.playbook == day.practice.playbook.code:
        return day.practice
    return standing.practice_for(customer)


def note_context(
    customer: Customer, person: Person, practice: Practice, *, at: datetime, form: NoteForm | None = None,
    pick: str = "", back: str = "", following: int | None = None, agenda: Agenda | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What the note form needs: the form, its preview, the ladder. `back` "today" returns to the list."""
    if form is None:
        form = NoteForm(initial={"version": customer.version}, practice=practice, at=at)
        note = Note(key=form["key"].initial, effective=None)
        # Before anything is chosen the commoner wish is shown: an effective talk. Saving asks for the result.
        shown = preview_of(customer, practice, _assumed_effective(note), by=person, at=at, pick=pick, agenda=agenda)
        chosen: bool | None = None
    else:
        form.is_valid()
        typed = form.note()
        chosen = typed.effective
        note = typed if chosen is not None or typed.has_substance else _assumed_effective(typed)
        shown = preview_of(customer, practice, note, by=person, at=at, pick=pick, agenda=agenda)
        if form.cleaned_data.get("next_time") and not note.next_on and not pick:
            note = form.note(next_on=shown.row.planned_on)
            shown = preview_of(customer, practice, note, by=person, at=at, agenda=agenda)
    return {
        "customer": customer,
        "form": form,
        "shown": shown,
        "chosen": chosen,
        "ladder": ladder(customer, practice),
        "chips": form.chip_choices(),
        "attitudes": Touch.Attitude.choices,
        "at": at,
        "back": back,
        "following": following,
        "refusal": refusal_to_note(customer, person, at=at),
        "has_points": bool(form.is_bound and form.note().has_substance),
        "at_day": timezone.localdate(at),
        "pays": practice.playbook.classes[0].code if practice.playbook.won_class else "",
    }


def _assumed_effective(note: Note) -> Note:
    return replace(note, effective=True)


def ladder(customer: Customer, practice: Practice) -> list:
    """The classes a note may move to, and its own. The queue is none of them; the won class is reached by a payment."""
    return [
        rung(cls)
        for cls in practice.playbook.classes
        if cls.code == customer.class_code or not (cls.is_queue or cls.is_won)
    ]


def desk_context(
    person: Person, day: Day, *, at: datetime, pk: int | None, form: NoteForm | None = None,
    pick: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The three panes. Without a customer named, the one to begin with."""
    chosen = pk if pk is not None else day.first()
    context: dict[str, Any] = {"day": day, "at": at, "current": chosen, "place": "today"}
    context["besides"] = Besides(person, day, at)
    if chosen is None:
        return context | {"card": None, "here": None}
    customer = customer_for(person, chosen)
    here = place_in(day, chosen)
    practice = practice_for(customer, day)
    row = next((row for row in day.rows if row.customer == chosen), None)
    hanging = hanging_on(customer, at=at)
    context |= {
        "card": card_of(customer, practice, at=at, hanging=hanging),
        "agreed": agreements_of(customer, at=at, hanging=hanging),
        "standing": of_customer(customer, person) if hanging.proposals else [],
        "here": here,
        "row": row,
    }
    return context | note_context(
        customer,
        person,
        practice,
        at=at,
        form=form,
        pick=pick,
        back="today",
        following=here.next,
        agenda=day.agenda if customer.owner_id == day.person.pk and practice is day.practice else None,
    )
