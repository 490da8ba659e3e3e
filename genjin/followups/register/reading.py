"""What the pages of the register and of the weekend show."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.utils import timezone

from genjin.core.reasons import Reason
from genjin.customers.classes import Rung, rung_of
from genjin.customers.models import Customer
from genjin.followups.chips import all_worded
from genjin.followups.models import Promise, Touch
from genjin.followups.register.models import KeyNote, WeekendMessage, WeekendText
from genjin.followups.register.texts import text_for
from genjin.followups.reports.figures import key_classes
from genjin.followups.reports.rules import first_day
from genjin.organization.models import Person
from genjin.playbooks.practice import practice_of
from genjin.playbooks.services import variant

MOST = 200  # of a person's key customers; the most important first


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key customer. `next_step` and `left_open` as somebody wrote them, else as the notes have them (`is_written`
    says which); `promises` that are open."""

    customer: Customer
    rung: Rung
    state: str
    next_step: str
    left_open: str
    is_written: bool
    memo: str
    promises: list[Promise]


@dataclass(frozen=True, slots=True)
class Register:
    """A person's key customers; `counts` by class over all of them, of which at most 200 are shown."""

    person: Person
    lines: list[KeyLine]
    counts: list[tuple[Rung, int]]
    total: int


def register_of(person: Person, *, today: date) -> Register:
    """A person's key customers, nearest to payment first."""
    practice = practice_of(person.unit)
    mine = Customer.objects.owned_by(person).filter(class_code__in=key_classes(practice))
    counted = mine.order_by("class_rank").values_list("playbook", "class_code").annotate(n=Count("pk"))
    counts = [(rung_of(playbook, code), n) for playbook, code, n in counted]
    rows = list(mine.order_by("class_rank", "due_on", "pk")[:MOST])
    keys = [row.pk for row in rows]
    notes = {note.pk: note for note in KeyNote.objects.filter(customer__in=keys)}
    last: dict[int, Touch] = {}
    talks = Touch.objects.effective().filter(customer__in=keys).order_by("customer", "at", "pk")
    for touch in talks.only("customer_id", "at", "objections", "bring_next"):
        last[touch.customer_id] = touch
    promises: dict[int, list[Promise]] = {}
    for promise in Promise.objects.open().filter(customer__in=keys):
        promises.setdefault(promise.customer_id, []).append(promise)
    lines = [_line(row, notes.get(row.pk), last.get(row.pk), promises.get(row.pk, []), today) for row in rows]
    return Register(person, lines, counts, sum(n for _rung, n in counts))


def _line(row: Customer, note: KeyNote | None, talk: Touch | None, promises: list[Promise], today: date) -> KeyLine:
    assert row.due_on is not None
    stands = "today" if (row.planned_on or row.due_on) <= today else "planned"
    written = note is not None and bool(note.next_step or note.left_open)
    bring = "、".join(all_worded("bring_next", talk.bring_next)) if talk else ""
    doubts = "、".join(all_worded("objections", talk.objections)) if talk else ""
    return KeyLine(
        customer=row,
        rung=rung_of(row.playbook, row.class_code),
        state="overdue" if row.due_on < today else stands,
        next_step=(note.next_step if note else "") or bring,
        left_open=(note.left_open if note else "") or doubts,
        is_written=written,
        memo=note.memo if note else "",
        promises=promises,
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """One message. `number`: where an SMS goes; `wechat`: the account, "" where none is known."""

    message: WeekendMessage
    rung: Rung
    number: str
    wechat: str
    is_sent: bool
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class ClassText:
    """What is said to a class, with {name} for whom it is said to."""

    playbook: str
    code: str
    rung: Rung
    text: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Weekend:
    """The messages of a week: to be sent, sent, left out."""

    week: date
    waiting: list[Shown]
    sent: list[Shown]
    left_out: list[Shown]
    texts: list[ClassText]

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.sent or self.left_out)


def weekend_of(person: Person, *, at: datetime) -> Weekend:
    """What is proposed to a person for this week's end."""
    week = first_day("week", timezone.localdate(at))
    rows = WeekendMessage.objects.filter(person=person, week=week).select_related("customer", "touch")
    shown = [_shown(row) for row in rows.prefetch_related("customer__phones", "customer__contact_people")]
    waiting = [each for each in shown if each.reason is None and not each.is_sent]
    own = {(row.playbook, row.class_code): row.text for row in WeekendText.objects.filter(person=person)}
    classes: dict[tuple[str, str], int] = {}
    for each in waiting:
        key = (each.message.playbook, each.message.class_code)
        classes[key] = classes.get(key, 0) + 1
    return Weekend(
        week=week,
        waiting=waiting,
        sent=[each for each in shown if each.is_sent],
        left_out=[each for each in shown if each.reason is not None],
        texts=[
            ClassText(
                playbook, code, rung_of(playbook, code),
                own.get((playbook, code)) or text_for(variant(playbook).class_of(code)), n,
            )
            for (playbook, code), n in classes.items()
        ],
    )  # fmt: skip


def _shown(row: WeekendMessage) -> Shown:
    people = list(row.customer.contact_people.all())
    phones = [each.number for each in row.customer.phones.all()]
    return Shown(
        message=row,
        rung=rung_of(row.playbook, row.class_code),
        number=next(iter(phones), ""),
        wechat=next((each.wechat for each in people if each.wechat), ""),
        is_sent=row.touch is not None and row.touch.undone_at is None,
        reason=Reason.from_json(row.left_out),
    )
