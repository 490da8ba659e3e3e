"""What stands before the one who dials: the customer, who decides there, what was promised and said, what to say."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from genjin.core.statements import Statement
from genjin.customers.classes import Rung, rung
from genjin.customers.models import ContactPerson, Customer, Profile
from genjin.followups.models import Appointment, Promise, Proposal, Touch
from genjin.followups.shown import ShownNote, shown_notes
from genjin.playbooks import rules
from genjin.playbooks.practice import Practice

NOTES = 3
APPOINTMENTS = 20


@dataclass(frozen=True, slots=True)
class Reached:
    """A contact person, or the customer itself (None), with its numbers."""

    person: ContactPerson | None
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownPromise:
    """`outcome`: open, late, kept, kept_late or broken; `state` one of the four words while it is open."""

    promise: Promise
    outcome: str
    state: str


class Hanging(NamedTuple):
    """Whether anything of these kinds hangs on a customer: what there is none of is not asked for."""

    profile: bool = True
    promises: bool = True
    appointments: bool = True
    proposals: bool = True


ANYTHING = Hanging()


def hanging_on(customer: Customer, *, at: datetime) -> Hanging:
    """Looked up in one question."""
    return Hanging(*_hanging.one(customer=customer.pk, start=_start_of_today(at)))


@Statement
def _hanging(customer: int, start: datetime) -> QuerySet:
    kinds = (
        Profile.objects.filter(customer=customer),
        _standing_promises(customer, start),
        Appointment.objects.open().filter(customer=customer),
        Proposal.objects.standing().filter(customer=customer),
    )
    return Customer.objects.filter(pk=customer).order_by().values_list(*(Exists(each.order_by()) for each in kinds))


@dataclass(frozen=True, slots=True)
class Card:
    """Everything of one customer that the working mode shows."""

    customer: Customer
    rung: Rung
    name: str
    aim: str
    talk_track: tuple[tuple[str, str], ...]
    reached: tuple[Reached, ...]
    notes: tuple[ShownNote, ...]
    touches: int
    profile: tuple[tuple[str, str], ...]
    window: rules.CloseWindow | None

    @property
    def key_person(self) -> Reached | None:
        """Whom to ask for: the KP, else the first person known."""
        people = [each for each in self.reached if each.person]
        return next(
            (each for each in people if each.person and each.person.is_key_person), people[0] if people else None
        )

    @property
    def number(self) -> str:
        """The number to dial first: the key person's, else any."""
        first = self.key_person.numbers if self.key_person else ()
        return next(iter(first), "") or next((number for each in self.reached for number in each.numbers), "")


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is promised to a customer and agreed with it."""

    promises: tuple[ShownPromise, ...]
    appointments: tuple[Appointment, ...]

    @property
    def open_promises(self) -> int:
        return sum(each.outcome in ("open", "late") for each in self.promises)

    @property
    def late_promise(self) -> ShownPromise | None:
        """The promise that presses: late, or due today."""
        return next((each for each in self.promises if each.state in ("overdue", "today")), None)


def agreements_of(customer: Customer, *, at: datetime, hanging: Hanging = ANYTHING) -> Agreed:
    """Open promises with those ended today, and open appointments, the next first."""
    return Agreed(
        promises=_promises(customer, at) if hanging.promises else (),
        appointments=tuple(_open_appointments(customer=customer.pk)) if hanging.appointments else (),
    )


@Statement
def _open_appointments(customer: int) -> QuerySet:
    return Appointment.objects.open().filter(customer=customer).order_by("at")[:APPOINTMENTS]


def card_of(customer: Customer, practice: Practice, *, at: datetime, hanging: Hanging = ANYTHING) -> Card:
    """The card of one customer."""
    language = get_language()
    cls = practice.playbook.class_of(customer.class_code)
    today = timezone.localdate(at)
    return Card(
        customer=customer,
        rung=rung(cls),
        name=cls.name.in_language(language),
        aim=cls.aim.in_language(language),
        talk_track=tuple((step.title.in_language(language), step.say.in_language(language)) for step in cls.talk_track),
        reached=_reached(customer),
        notes=tuple(shown_notes(_last_touches(customer=customer.pk), customer)),
        touches=customer.attempts,
        profile=_profile(customer) if hanging.profile else (),
        window=_window(customer, practice, today),
    )


@Statement
def _last_touches(customer: int) -> QuerySet:
    standing = Touch.objects.standing().filter(customer=customer)
    return standing.select_related("author", "contact_person").order_by("-at", "-pk")[:NOTES]


def _reached(customer: Customer) -> tuple[Reached, ...]:
    numbers: dict[int | None, list[str]] = {}
    for phone in customer.phones.all():
        numbers.setdefault(phone.contact_person_id, []).append(phone.number)
    people = [Reached(person, tuple(numbers.get(person.pk, ()))) for person in customer.contact_people.all()]
    return (*people, Reached(None, tuple(numbers[None]))) if numbers.get(None) else tuple(people)


def _promises(customer: Customer, at: datetime) -> tuple[ShownPromise, ...]:
    """What is open, and what was ended today: a tick that was a slip can be taken back."""
    start = _start_of_today(at)
    shown = []
    for promise in _promises_since(customer=customer.pk, start=start):
        outcome = promise.outcome(at)
        due = timezone.localdate(promise.by_when)
        state = {"late": "overdue", "open": "today" if due <= start.date() else "planned"}.get(outcome, "")
        shown.append(ShownPromise(promise, outcome, state))
    return tuple(shown)


def _start_of_today(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def _standing_promises(customer: int, start: datetime) -> QuerySet[Promise]:
    return Promise.objects.filter(Q(ended_at=None) | Q(ended_at__gte=start), customer=customer)


@Statement
def _promises_since(customer: int, start: datetime) -> QuerySet:
    return _standing_promises(customer, start).order_by("by_when")


def _profile(customer: Customer) -> tuple[tuple[str, str], ...]:
    """What is known before dialling (C5): term and text, only what is filled."""
    rows = _profiles(customer=customer.pk)
    if not rows:
        return ()
    terms = {
        "peers": _("Peers"), "competitor_use": _("At competitors"), "own_pages": _("Own pages"),
        "search_presence": _("In search engines"), "market": _("Market"),
    }  # fmt: skip
    known = dict(zip(PROFILE, rows[0], strict=True))
    return tuple((term, known[name]) for name, term in terms.items() if known[name])


PROFILE = ("peers", "competitor_use", "own_pages", "search_presence", "market")


@Statement
def _profiles(customer: int) -> QuerySet:
    return Profile.objects.filter(customer=customer).values_list(*PROFILE)


def _window(customer: Customer, practice: Practice, today: date) -> rules.CloseWindow | None:
    entered = customer.entered_classes.get(customer.class_code)
    if not entered:
        return None
    return rules.close_window(
        practice.playbook.class_of(customer.class_code), entered_on=date.fromisoformat(entered), today=today
    )
