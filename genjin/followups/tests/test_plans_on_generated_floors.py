"""Morning plans of generated floors: each due customer is there once, moved with a reason, or named as not placed."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from genjin.customers.models import Customer
from genjin.followups.models import PlannedContact, Promise, Task
from genjin.followups.plans.services import make_plans
from genjin.organization.models import Absence
from genjin.playbooks import rules
from genjin.playbooks.agenda import agenda_of
from genjin.playbooks.practice import practice_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MOVED = {"levelled_full", "levelled_not_worked", "levelled_on_leave", "levelled_half_day"}
NOT_PLACED = {"no_day_is_free", "no_day_is_worked", "no_place_today"}


@pytest.fixture(params=range(8))
def floor(request, customer_of, lin, liang, today):
    """A seller's floor by a seed: week, number of contacts, leave, customers, what is agreed and promised."""
    random = Random(request.param)
    unit = lin.unit
    unit.week = random.choice(["five", "six", "seven"])
    unit.save()
    lin.daily_slots = random.choice([5, 8, 12, 40])
    lin.save()
    at = timezone.make_aware(datetime.combine(today, time(5, 5)))
    away = {"person": lin, "made_by": lin, "made_at": at}
    if random.random() < 0.5:
        Absence.objects.create(**away, first=today + 2 * DAY, last=today + random.randint(2, 4) * DAY)
    if random.random() < 0.5:
        Absence.objects.create(**away, first=today, last=today, part=random.choice(["morning", "afternoon"]))
    codes = [cls.code for cls in practice_of(unit).playbook.classes if not cls.is_won]
    for _n in range(random.randint(20, 45)):
        code = random.choice(codes)
        due = today + random.randint(-4, 9) * DAY
        planned = random.choice([None, due, min(due, today), min(today + random.randint(0, 4) * DAY, max(due, today))])
        if code in ("0", "0k"):
            planned = None
        agreed = at + timedelta(hours=random.randint(4, 12)) if random.random() < 0.1 else None
        row = customer_of(lin, code, due_on=due, planned_on=planned, appointment_at=agreed)
        if random.random() < 0.1:
            by_when = at + timedelta(hours=random.randint(-20, 12))
            Promise.objects.create(customer=row, by=lin, what="报价", by_when=by_when, made_at=at - 2 * DAY)
    rows = list(Customer.objects.order_by("pk"))
    for _n in range(random.randint(0, 4)):
        on = today + random.randint(-2, 3) * DAY
        at_whom = random.choice([None, random.choice(rows)])
        Task.objects.create(
            person=lin, given_by=liang, customer=at_whom, on=on, purpose="整理", batch=uuid4(), given_at=at - 3 * DAY
        )
    return at


def planned(at):
    """The plan's rows in their order, and where every customer stands after it."""
    make_plans(at=at)
    contacts = list(PlannedContact.objects.values_list("customer", "block", "class_code", "why"))
    return contacts, dict(Customer.objects.values_list("pk", "planned_on")), {
        row.pk: row.planned_why.get("code", "") for row in Customer.objects.all()
    }  # fmt: skip


def asked_by(today: date) -> set[int]:
    return set(Task.objects.filter(on__lte=today, customer__isnull=False).values_list("customer", flat=True))


def due_today(at: datetime, today: date, queue: frozenset[str]) -> set[int]:
    """Who belongs to the day by what stands on the customer: not who only waits in the queue."""
    tonight = timezone.make_aware(datetime.combine(today + DAY, time.min))
    found = set(Promise.objects.filter(by_when__lte=tonight).values_list("customer", flat=True)) | asked_by(today)
    for row in Customer.objects.all():
        agreed = row.appointment_at is not None and timezone.localdate(row.appointment_at) == today
        stands = row.planned_on is not None and row.planned_on <= today
        late = row.planned_on is None and row.due_on <= today
        if agreed or stands or late:
            found.add(row.pk)
    return found


def test_everybody_due_is_planned_once_moved_with_a_reason_or_named(floor, lin, today):
    practice = practice_of(lin.unit)
    agenda = agenda_of(lin, practice, first=today)
    belongs = due_today(floor, today, practice.playbook.queue_classes)
    due_before = dict(Customer.objects.values_list("pk", "due_on"))
    contacts, stands, why = planned(floor)

    customers = Counter(customer for customer, *_rest in contacts)
    assert set(customers.values()) <= {1}
    unplaced = {customer for customer, block, *_rest in contacts if not block}
    for customer in belongs - set(customers):
        assert stands[customer] > today
        assert why[customer] in MOVED | {"planned_by_plan", "planned_overdue"}
    for _customer, block, _code, reasons in contacts:
        assert reasons, "an entry says why"
        if not block:
            assert reasons[0]["code"] in NOT_PLACED
    assert dict(Customer.objects.values_list("pk", "due_on")) == due_before
    for customer, on in stands.items():
        if why[customer] in MOVED | {"planned_by_plan"}:
            assert agenda.calendar.is_working(on), "nobody moves to a day that the person does not work"
            assert on <= max(due_before[customer], today) or due_before[customer] < today
    assert unplaced <= belongs | {pk for pk, on in due_before.items() if on <= today}


def test_no_block_is_above_its_target_while_somebody_starves(floor, lin, today):
    practice = practice_of(lin.unit)
    agenda = agenda_of(lin, practice, first=today)
    playbook, slots = agenda.playbook_on(today), agenda.slots_on(today)
    slots = max(slots - Task.objects.filter(on__lte=today, customer=None).count(), 0)
    agreed = set(Promise.objects.values_list("customer", flat=True)) | asked_by(today)
    agreed |= set(Customer.objects.exclude(appointment_at=None).values_list("pk", flat=True))
    contacts, _stands, _why = planned(floor)
    placed = [(customer, block, code) for customer, block, code, _reasons in contacts if block]
    unplaced = [code for _customer, block, code, _reasons in contacts if not block]
    must = [c for c, _b, code in placed if c in agreed or code in playbook.pressing_classes]
    assert len(placed) <= max(slots, len(must))
    standards = rules.scaled_targets(playbook, agenda.slots_on(today))
    free = Counter(block for customer, block, _code in placed if customer not in must)
    whole = Counter(block for _customer, block, _code in placed)
    for block, standard in standards.items():
        if standard is not None and free[block]:
            assert whole[block] <= standard
    if unplaced:
        assert len(placed) >= slots, "somebody starves although the day has slots left"


def test_the_figures_of_every_why_are_those_of_the_customer(floor, lin, today):
    practice = practice_of(lin.unit)
    contacts, _stands, _why = planned(floor)
    rows = {row.pk: row for row in Customer.objects.all()}
    for customer, _block, code, reasons in contacts:
        row = rows[customer]
        for reason in reasons:
            if reason["code"] == "today_overdue":
                assert reason["due_on"] == row.due_on.isoformat()
                late = [row.due_on + n * DAY for n in range(1, (today - row.due_on).days + 1)]
                assert reason["days"] == sum(practice.calendar.is_working(day) for day in late)
            if reason["code"] in ("today_cycle", "today_cycle_ends"):
                cls = practice.playbook.class_of(code)
                since = date.fromisoformat(reason["since"])
                days = [since + n * DAY for n in range(1, (today - since).days + 1)]
                assert reason["nth"] == sum(practice.calendar.is_working(day) for day in days)
                assert (reason["min"], reason["max"]) == (cls.min_days, cls.max_days)
            if reason["code"] in ("no_day_is_free", "no_place_today"):
                assert reason["taken"] >= reason["slots"]


def test_the_same_floor_gives_the_same_plan(floor):
    found = []
    for _time in range(2):
        with transaction.atomic():
            found.append(planned(floor))
            transaction.set_rollback(True)
    assert found[0] == found[1]
