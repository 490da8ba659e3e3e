"""Writing into the register; proposing a weekend's messages, changing them, and noting that they were sent."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone, translation

from genjin.core.audit.services import changes_between, record
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.customers.services.records import keep, locked, require_open, require_working, snapshot
from genjin.customers.services.restoring import standing_of
from genjin.followups.models import Touch
from genjin.followups.register import rules
from genjin.followups.register.models import KeyNote, WeekendMessage, WeekendText
from genjin.followups.register.texts import text_for
from genjin.followups.reports.figures import key_classes
from genjin.followups.reports.rules import drafted_on, first_day
from genjin.followups.services.corrections import undo_touch
from genjin.organization.models import Person
from genjin.playbooks.agenda import agenda_of
from genjin.playbooks.practice import Practice, practice_of
from genjin.playbooks.services import variant

WRITTEN = ("next_step", "left_open", "memo")
CHANNELS = (Touch.Channel.WECHAT, Touch.Channel.SMS)
PROPOSED_FROM = 11  # the hour of the week's last working day from which the list stands (ours)


@transaction.atomic
def note_key_customer(
    *, customer: Customer, next_step: str, left_open: str, memo: str, by: Person, at: datetime
) -> KeyNote:
    """Write a key customer's line. Whoever works the customer may; moves no date."""
    row = locked(customer)
    require_working(row, by, timezone.localdate(at))
    given = {"next_step": next_step.strip(), "left_open": left_open.strip(), "memo": memo.strip()}
    known = KeyNote.objects.filter(customer=row).first()
    before = {name: getattr(known, name) if known else "" for name in WRITTEN}
    changes = changes_between(before, given)
    note, _made = KeyNote.objects.update_or_create(customer=row, defaults={**given, "changed_at": at, "changed_by": by})
    if changes:
        record(by=by, at=at, verb="key_customer.noted", kind="register", subject=row.pk, changes=changes)
    return note


def propose_weekends(*, at: datetime) -> int:
    """The week's messages of everybody whose last working day of the week this is; how many people got a list.

    Run again it proposes only to those who have none.
    """
    today = timezone.localdate(at)
    if timezone.localtime(at).hour < PROPOSED_FROM:
        return 0
    week = first_day("week", today)
    held = Customer.objects.open().filter(owner__isnull=False).order_by().values("owner").distinct()
    known = WeekendMessage.objects.filter(week=week).values("person")
    people = Person.objects.active().filter(pk__in=held).exclude(pk__in=known).select_related("unit")
    done = 0
    for person in people:
        calendar = agenda_of(person, practice_of(person.unit), first=week).calendar
        if drafted_on("week", week, calendar) == today:
            done += bool(propose_weekend(person=person, at=at))
    return done


@transaction.atomic
def propose_weekend(*, person: Person, at: datetime) -> list[WeekendMessage]:
    """A message to each key customer of a person, and why some get none. What the week has already stays as it is."""
    require(person, "customers.work")
    today = timezone.localdate(at)
    week = first_day("week", today)
    practice = practice_of(person.unit)
    known = set(WeekendMessage.objects.filter(person=person, week=week).values_list("customer", flat=True))
    texts = _texts_of(person)
    with translation.override(person.language):
        made = [
            _proposed(row, person, week, practice, texts, today=today)
            for row in _key_customers(person, practice)
            if row.pk not in known
        ]
    return WeekendMessage.objects.bulk_create(made)


def _key_customers(person: Person, practice: Practice) -> Iterable[Customer]:
    """Open ones, and those that asked not to be contacted: they are named, not written to."""
    mine = Customer.objects.filter(owner=person, class_code__in=key_classes(practice))
    rows = mine.filter(closed_on=None) | mine.filter(closed_kind=Customer.Closed.BLOCKED)
    return rows.prefetch_related("contact_people", "phones").order_by("class_rank", "due_on", "pk")


def _proposed(
    row: Customer, person: Person, week: date, practice: Practice, texts: dict[tuple[str, str], str], *, today: date
) -> WeekendMessage:
    people = list(row.contact_people.all())
    reason = rules.reason_to_leave_out(
        last_touch_on=timezone.localdate(row.last_touch_at) if row.last_touch_at else None,
        today=today,
        is_blocked=not row.is_open,
        can_be_reached=bool(row.phones.all()) or any(each.wechat for each in people),
    )
    text = ""
    if reason is None:
        said = texts.get((row.playbook, row.class_code)) or text_for(variant(row.playbook).class_of(row.class_code))
        text = rules.filled(said, rules.addressed([each.name for each in people], row.short_name or row.name))
    return WeekendMessage(
        person=person, week=week, customer=row, playbook=row.playbook, class_code=row.class_code, text=text,
        left_out=reason.as_json() if reason else {},
    )  # fmt: skip


def _texts_of(person: Person) -> dict[tuple[str, str], str]:
    rows = WeekendText.objects.filter(person=person)
    return {(row.playbook, row.class_code): row.text for row in rows}


@transaction.atomic
def change_text(*, message: WeekendMessage, text: str, by: Person) -> WeekendMessage:
    """Say it otherwise to one customer. Refused once it is sent."""
    row = _own(message, by)
    if _is_sent(row):
        raise Refused("weekend_message_is_sent")
    row.text = _worded(text)
    row.save(update_fields=["text"])
    return row


@transaction.atomic
def change_class_text(*, week: date, playbook: str, class_code: str, text: str, by: Person) -> int:
    """Say it otherwise to all of a class, now and in the weeks to come; how many waiting messages say it now."""
    require(by, "customers.work")
    said = _worded(text)
    WeekendText.objects.update_or_create(person=by, playbook=playbook, class_code=class_code, defaults={"text": said})
    waiting = WeekendMessage.objects.filter(person=by, week=week, playbook=playbook, class_code=class_code).waiting()
    rows = list(waiting.select_related("customer").prefetch_related("customer__contact_people"))
    for row in rows:
        names = [each.name for each in row.customer.contact_people.all()]
        row.text = rules.filled(said, rules.addressed(names, row.customer.short_name or row.customer.name))
    WeekendMessage.objects.bulk_update(rows, ["text"])
    return len(rows)


@transaction.atomic
def note_sent(*, messages: Sequence[WeekendMessage], channel: str, by: Person, at: datetime) -> int:
    """Note that these went out by one's own means: a touch each, not effective, no miss, no date moves. Those sent or
    left out before stay as they are. Returns how many are noted."""
    if channel not in CHANNELS:
        raise Refused("weekend_channel_unknown")
    done = 0
    for message in sorted(messages, key=lambda each: each.customer_id):
        row = _own(message, by)
        if row.left_out or _is_sent(row):
            continue
        row.touch = _touched(row, channel, by=by, at=at)
        row.save(update_fields=["touch"])
        done += 1
    return done


@transaction.atomic
def undo_sent(*, message: WeekendMessage, by: Person, at: datetime) -> int:
    """Take back what was noted together with this message; who was touched since stays. Returns how many wait again."""
    row = _own(message, by)
    if row.touch is None:
        return 0
    together = WeekendMessage.objects.filter(person=by, week=row.week, touch__at=row.touch.at).sent()
    done = 0
    for each in together.select_related("touch").order_by("customer"):
        assert each.touch is not None
        try:
            undo_touch(touch=each.touch, by=by, at=at)
        except Refused as refused:
            if refused.reason.code != "touched_since":
                raise
            continue
        done += 1
    return done


def _touched(message: WeekendMessage, channel: str, *, by: Person, at: datetime) -> Touch:
    customer = locked(message.customer_id)
    require_working(customer, by, timezone.localdate(at))
    require_open(customer)
    before, standing = snapshot(customer), standing_of(customer)
    customer.attempts += 1
    customer.last_touch_at = at
    touch = Touch.objects.create(
        customer=customer, author=by, at=at, channel=channel, is_effective=False, proposed_effective=False,
        remarks=message.text, class_before=customer.class_code, class_after=customer.class_code,
        planned_on=customer.planned_on, key=uuid4(), before=standing,
        version_after=customer.version + 1,  # which `keep` gives it below
    )  # fmt: skip
    keep(customer, before, by=by, at=at, verb="touch.saved", changes={"touch": [None, touch.pk]})
    return touch


def _own(message: WeekendMessage, by: Person) -> WeekendMessage:
    require(by, "customers.work")
    return WeekendMessage.objects.select_for_update(of=("self",)).select_related("touch").get(pk=message.pk, person=by)


def _is_sent(message: WeekendMessage) -> bool:
    return message.touch is not None and message.touch.undone_at is None


def _worded(text: str) -> str:
    said = text.strip()
    if not said:
        raise Refused("weekend_message_is_empty")
    if len(said) > rules.LONGEST:
        raise Refused("weekend_message_is_long", signs=len(said), most=rules.LONGEST)
    return said
