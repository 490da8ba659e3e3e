"""What a manager finds in the demo company: faults in the data, some of them new, and a word on a note or two."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from django.db.models import F
from django.utils import timezone

from genjin.customers.models import HELD, ContactPerson, Customer, Phone
from genjin.customers.search import reindex_customers
from genjin.followups.models import Promise, Touch
from genjin.followups.note_reading.services import read_note
from genjin.insights.models import QualityDay
from genjin.insights.quality.counting import count_quality
from genjin.insights.reading_list import to_read
from genjin.insights.rules.sampling import Why
from genjin.organization.models import Person, Unit

SPREADSHEETS_ZERO = date(1900, 1, 1)
PRAISE = "问得细，下次哪天打也定了，照这样写。"
SAID: dict[Why, tuple[str, str]] = {
    "lowest": ("down", "客户到底卡在哪？下次把异议点问出来，别只写有兴趣。"),
    "class_three": ("up", "写得清楚，下次带什么一目了然，照这样写。"),
}


def find_faults(*, at: datetime) -> None:
    """A few customers in a hundred have something wrong; a week ago some others had, and nobody had mended them."""
    random = Random(20240502)
    held = list(Customer.objects.filter(HELD).order_by("pk"))
    units = list(Unit.objects.values_list("pk", flat=True))
    chosen = random.sample(held, len(held) // 40)
    fourth = len(chosen) // 4
    without, doubled, dated, off = (chosen[nth * fourth : (nth + 1) * fourth] for nth in range(4))
    unknown = _without_key_person(random, len(held) // 60)
    _take_phones(without)
    _share_phones(doubled[: fourth // 2])
    _switch_off(off[: fourth // 2])
    count_quality(units=units, at=at)  # of today's rows, for those of a week ago are not known any more
    week_ago = at - timedelta(days=7)
    QualityDay.objects.update(on=timezone.localdate(week_ago), counted_at=week_ago)
    _share_phones(doubled[fourth // 2 :])
    _switch_off(off[fourth // 2 :])
    Customer.objects.filter(pk__in=[row.pk for row in dated[: fourth // 2]]).update(owned_since=SPREADSHEETS_ZERO)
    ContactPerson.objects.filter(pk__in=unknown).update(is_key_person=True)
    reindex_customers([row.pk for row in chosen])
    count_quality(units=units, at=at)


def _without_key_person(random: Random, count: int) -> list[int]:
    """Contact people who were not yet known to decide a week ago."""
    key_people = list(ContactPerson.objects.filter(is_key_person=True).order_by("pk").values_list("pk", flat=True))
    unknown = random.sample(key_people, min(count, len(key_people)))
    ContactPerson.objects.filter(pk__in=unknown).update(is_key_person=False)
    return unknown


def _take_phones(customers: Sequence[Customer]) -> None:
    Phone.objects.filter(customer__in=[row.pk for row in customers]).delete()


def _share_phones(customers: Sequence[Customer]) -> None:
    """Every second one has the number of the one before, as two lists bought in the same month have."""
    for one, other in zip(customers[::2], customers[1::2], strict=False):
        number = one.phones.values_list("number", flat=True).first()
        if number:
            other.phones.update(number=number)


def _switch_off(customers: Sequence[Customer]) -> None:
    """The last call went to no number that exists."""
    for row in customers:
        last = row.touches.standing().order_by("-at").first()
        if last is None or last.is_effective:
            continue
        Touch.objects.filter(pk=last.pk).update(miss_reason="empty_number", remarks="")


def say_something(*, manager: Person, people: Sequence[Person], at: datetime) -> None:
    """The manager has begun to read this morning, and thinks of the first of these people before the others."""
    said: set[Why] = set()
    rows = to_read(manager, people, on=timezone.localdate(at))
    first = next((row.note.touch for row in rows if row.note.touch.author_id == people[0].pk), None)
    if first is not None:
        read_note(touch=first, thumb="up", comment=PRAISE, by=manager, at=at - timedelta(minutes=42))
    for row in rows:
        if row.note.touch != first and row.why in SAID and row.why not in said:
            thumb, comment = SAID[row.why]
            read_note(touch=row.note.touch, thumb=thumb, comment=comment, by=manager, at=at - timedelta(minutes=40))
            said.add(row.why)


def settle_promises(*, at: datetime) -> None:
    """Of what was due yesterday a third was kept and a third was not."""
    yesterday = at - timedelta(days=1)
    due = Promise.objects.filter(ended_at=None, by_when__lt=at, by_when__gte=yesterday - timedelta(days=1)).order_by(
        "pk"
    )
    keys = list(due.values_list("pk", flat=True))
    Promise.objects.filter(pk__in=keys[::3]).update(ended_at=F("by_when"))
    Promise.objects.filter(pk__in=keys[1::3]).update(ended_at=yesterday, is_broken=True)
