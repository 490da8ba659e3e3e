"""Nobody does anything for two weeks. Every day the hours strike as on a real machine: nobody is dropped, every plan
fits its day, what slips is told, escalated, warned of and taken back, and the first day back can be worked off."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db.models import F
from django.utils import timezone

from genjin.config.checking import untruths
from genjin.customers.models import Customer
from genjin.followups.day import day_of
from genjin.followups.escalation.models import Digest
from genjin.followups.escalation.reading import overdue_rows
from genjin.followups.jobs import (
    go_on_to_the_next_day,
    propose_weekend_messages,
    propose_what_is_over,
    take_back_whom_nobody_works,
    tell_everybody,
)
from genjin.followups.models import DayPlan, PlannedContact, Proposal
from genjin.followups.recycling.models import RecycledCustomer, RecycleRun
from genjin.followups.recycling.warning import going_soon
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch
from genjin.followups.tests.conftest import customer_of  # noqa: F401  the fixture
from genjin.organization.calendars import calendar_for
from genjin.playbooks.practice import practice_of
from genjin.playbooks.tests.changing import changed, made_current

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]
DAY = timedelta(days=1)
SLOTS = 8
DAYS = 14
STOCK = ["2", "3k", "3k", "3", "3", "4k", "4", "4", "4", "4", "4", "5", "5", "7", "0", "0", "0", "0", "0", "0"]
# Before the hours of work, in the order in which the clock strikes them.
NIGHT = [
    (time(0, 1), take_back_whom_nobody_works),
    (time(0, 5), go_on_to_the_next_day),
    (time(0, 15), propose_what_is_over),
    (time(5, 5), go_on_to_the_next_day),
    (time(9, 0), tell_everybody),
    (time(11, 35), propose_weekend_messages),
]
# Nine working days without a talk for normal 3, whose cycle has eight; the ladder has 1, 3, 5 and 10.
RULES = {"recycle.active": True, "recycle.rules": [{"classes": ["3"], "no_contact": 9}]}


def hour(day, clock):
    return timezone.make_aware(datetime.combine(day, clock))


@pytest.fixture
def floor(customer_of, lin, zhou, qian, east_one, at):  # noqa: F811
    """Two sellers with twenty customers and eight contacts a day each, all talked with by that Tuesday."""
    made_current(changed(RULES), by=qian, at=at - 7 * DAY, note="打开自动回收")
    for person in (lin, zhou):
        person.daily_slots = SLOTS
        person.save()
        for code in STOCK:
            row = customer_of(person, code)
            if code == "2":
                note = Note(key=uuid4(), interests=("customers",), pays_on=(at + 2 * DAY).date(), remarks="周四打款")
                save_touch(customer=row, note=note, by=person, at=at)
    return {person.pk: set(Customer.objects.owned_by(person).values_list("pk", flat=True)) for person in (lin, zhou)}


@pytest.fixture
def lived(floor, clock, today, lin, zhou, liang, qian):
    """Two weeks, day by day, each held against the promises. What was told whom, and what was warned of, by day."""
    told: dict[int, dict[date, set[str]]] = defaultdict(dict)
    warned: dict[date, set[int]] = {}
    practice = practice_of(lin.unit)
    for n in range(1, DAYS + 1):
        day = today + n * DAY
        for strikes, job in NIGHT:
            clock.move_to(hour(day, strikes))
            job()
        nobody_is_dropped(floor)
        the_plans_fit(day, lin, zhou)
        for digest in Digest.objects.filter(on=day):
            told[digest.person_id][day] = {line["code"] for line in digest.lines}
        warned[day] = set(going_soon(lin, practice, day)) | set(going_soon(zhou, practice, day))
        for person in (lin, zhou, liang, qian):
            assert Digest.objects.filter(on=day, person=person).count() <= 1
    return told, warned


def nobody_is_dropped(floor):
    """Promise 1, asked as `genjin check` asks it, and of these forty: each is held, or lies in the pool."""
    assert list(untruths()) == []
    open_ones = Customer.objects.open()
    assert open_ones.count() == len(STOCK) * 2
    held = open_ones.filter(owner__isnull=False, pool=None, due_on__isnull=False)
    pooled = open_ones.filter(owner=None, pool__isnull=False)
    assert held.count() + pooled.count() == open_ones.count()
    for owner, customers in floor.items():
        assert set(held.filter(owner=owner).values_list("pk", flat=True)) <= customers, "nobody changes hands by itself"


def the_plans_fit(day, *people):
    """No plan holds more than its slots; whoever is due stands in it, has a later day with its reason, or is named."""
    for person in people:
        calendar = calendar_for(person.unit)
        plan = DayPlan.objects.filter(person=person, on=day).first()
        assert (plan is not None) is calendar.is_working(day)
        if plan is None:
            continue
        placed = plan.contacts.exclude(block="")
        assert placed.count() <= SLOTS
        in_it = set(plan.contacts.values_list("customer", flat=True))
        assert len(in_it) == plan.contacts.count(), "nobody stands twice"
        for row in Customer.objects.owned_by(person).filter(due_on__lte=day).exclude(pk__in=in_it):
            assert row.planned_on > day
            assert row.planned_why["code"]
        assert not plan.contacts.filter(why=[]).exists(), "everybody says why"
        assert set(DayPlan.objects.filter(person=person, on__lt=day, settled_at=None)) == set()


def first_told(told, person, code):
    return min((day for day, codes in told[person.pk].items() if code in codes), default=None)


def test_two_weeks_later(lived, lin, zhou, liang, qian, today, clock, at):
    told, warned = lived
    practice = practice_of(lin.unit)
    add = practice.calendar.add

    # The ladder: the first customers fell due on Wednesday the 25th. A working day later the seller hears of it, after
    # three the team's lead, after five the lead is to think of somebody else, after ten the one above hears.
    first_due = Customer.objects.filter(owner__isnull=False).order_by("due_on").first().due_on
    assert first_told(told, lin, "digest_overdue") == first_told(told, zhou, "digest_overdue") == add(first_due, 1)
    assert first_told(told, liang, "digest_lead") == _next_worked(liang, add(first_due, 3))
    assert first_told(told, liang, "digest_reassign") == _next_worked(liang, add(first_due, 5))
    reassign = Proposal.objects.filter(kind=Proposal.Kind.REASSIGN)
    assert not reassign.exists(), "both are as far behind: it would only go to and fro"
    board = overdue_rows(liang, [lin.unit], today=today + DAYS * DAY, who="lead")
    late = Customer.objects.filter(owner__isnull=False, due_on__lte=practice.calendar.back(today + DAYS * DAY, 3))
    assert {row.customer for row in board} == set(late.values_list("pk", flat=True))
    assert first_told(told, qian, "digest_region") is None, "ten working days are over on the ninth of December"

    # Proposals, and nothing done by itself: a payment that did not come, a window that closed on key 3.
    lapsed = Proposal.objects.filter(rule__code="propose_reneged")
    assert {timezone.localdate(each.made_at) for each in lapsed} == {add(today + 2 * DAY, 1) + DAY}
    assert Proposal.objects.filter(rule__code="propose_window_passed").values("customer").distinct().count() == 4
    assert set(Customer.objects.filter(pk__in=lapsed.values("customer")).values_list("class_code", flat=True)) == {"2"}

    # Warned three working days before, then taken in one night, each once, with the reason.
    listed = list(RecycledCustomer.objects.select_related("run", "customer"))
    assert len(listed) == len({each.customer_id for each in listed}) == 4, "the normal threes of both"
    [night] = {each.run.on for each in listed}
    assert night == practice.calendar.add(today, 9)
    taken = {each.customer_id for each in listed}
    warned_on = [day for day, some in sorted(warned.items()) if taken <= some]
    assert practice.calendar.between(warned_on[0], night) == practice.playbook.recycle.warn_days
    assert {each.customer.class_code for each in listed} == {"3"}
    assert RecycleRun.objects.filter(ended_at=None).count() == 0

    # Measured honestly: nothing of any plan was done.
    assert set(PlannedContact.objects.filter(plan__settled_at__isnull=False).values_list("outcome", flat=True)) <= {
        "undone", "moved",
    }  # fmt: skip

    # The first day back: as many as fit, the most pressing first, and every one of them brings its customer back.
    morning = hour(add(today + DAYS * DAY, 1), time(8, 30))
    for strikes, job in NIGHT:
        clock.move_to(hour(morning.date(), strikes))
        job()
    for person in (lin, zhou):
        day = day_of(person, at=morning)
        assert 0 < day.total <= SLOTS
        assert all(row.reasons for row in day.rows)
        before = Customer.objects.owned_by(person).overdue(morning.date()).count()
        for nth, row in enumerate(day.rows):
            note = Note(key=uuid4(), effective=True, interests=("peers",))
            moment = morning + timedelta(minutes=10 * nth)
            save_touch(customer=Customer.objects.get(pk=row.customer), note=note, by=person, at=moment)
        after = Customer.objects.owned_by(person).overdue(morning.date())
        late = sum(row.state == "overdue" for row in day.rows)
        assert (late > 0, after.count()) == (True, before - late)
        assert not after.filter(class_code__in=practice.playbook.pressing_classes).exists()
    assert not Customer.objects.open().filter(owner__isnull=False, due_on__lt=F("last_effective_on")).exists()
    assert list(untruths()) == []


def _next_worked(person, day):
    """Where the leader's own unit is off that day, they hear of it on their next working day."""
    return calendar_for(person.unit).next_working(day)
