"""The night after a working day: who goes back to the pool, why, and what follows; run again, nothing more happens."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from genjin.core.audit.models import Entry
from genjin.customers.models import Customer
from genjin.customers.services.ownership import OWNERSHIP, release_customer
from genjin.followups.models import Promise
from genjin.followups.recycling.models import RecycledCustomer, RecycleRun
from genjin.followups.recycling.services import recycle_until_yesterday
from genjin.playbooks.tests.changing import changed, made_current

pytestmark = pytest.mark.django_db
RULES = [{"classes": ["4", "4k"], "no_contact": 42}, {"classes": ["0"], "no_contact": 16, "not_won": 30}]
LONG_AGO = date(2026, 6, 1)


@pytest.fixture
def switched_on(qian, east_one, at):
    """Recycling is on since a week."""
    return made_current(changed({"recycle.active": True, "recycle.rules": RULES}), by=qian, at=at - timedelta(days=7))


@pytest.fixture
def night(at):
    """A minute past midnight after today."""
    return at.replace(hour=0, minute=1) + timedelta(days=1)


def test_who_was_not_reached_for_long_goes_to_the_pool_with_the_reason(switched_on, customer_of, lin, night, today):
    row = customer_of(lin, "4", owned_since=LONG_AGO, last_effective_on=date(2026, 8, 3))
    assert recycle_until_yesterday(at=night) == 1
    row.refresh_from_db()
    assert (row.owner, row.pool, row.due_on, row.planned_on) == (None, lin.unit.pool, None, None)
    entry = Entry.objects.get(verb="customer.recycled")
    assert (entry.by, entry.subject, entry.changes["version"]) == (None, row.pk, [row.version - 1, row.version])
    assert entry.changes["recycled"][1] == {"code": "recycle_no_contact", "days": 42, "since": "2026-08-03"}
    run = RecycleRun.objects.get(moved__gt=0)
    assert (run.unit, run.on, run.moved, run.by_condition) == (lin.unit, today, 1, {"no_contact": 1})
    assert run.ended_at == night
    listed = RecycledCustomer.objects.get()
    assert (listed.customer_id, listed.owner, listed.class_code, listed.condition) == (row.pk, lin, "4", "no_contact")
    assert listed.version == row.version


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("4", {"owned_since": LONG_AGO, "last_effective_on": date(2026, 11, 2)}),
        ("4", {"owned_since": date(2026, 11, 2)}),
        ("4", {"owned_since": LONG_AGO, "kept_until": date(2026, 11, 24)}),
        ("4", {"owned_since": LONG_AGO, "won_on": date(2026, 7, 1)}),
        ("1", {"owned_since": LONG_AGO}),
    ],
    ids=["contacted lately", "taken on lately", "kept by a manager", "won", "a class without a rule"],
)
def test_who_stays(switched_on, customer_of, lin, night, code, fields):
    row = customer_of(lin, code, **fields)
    assert recycle_until_yesterday(at=night) == 0
    assert Customer.objects.get(pk=row.pk).owner == lin


def test_any_one_of_the_conditions_suffices(switched_on, customer_of, lin, night, today):
    row = customer_of(lin, "0", owned_since=date(2026, 10, 9), last_effective_on=today)
    assert recycle_until_yesterday(at=night) == 1
    assert RecycledCustomer.objects.get(customer=row.pk).reason.code == "recycle_not_won"


def test_the_last_day_is_the_owners_own(switched_on, customer_of, lin, at, night):
    """Sixteen working days of a six-day week after Thursday the 5th end on Tuesday the 24th."""
    row = customer_of(lin, "0", owned_since=date(2026, 11, 5))
    assert recycle_until_yesterday(at=at) == 0
    assert recycle_until_yesterday(at=night) == 1
    assert RecycledCustomer.objects.get(customer=row.pk).since == date(2026, 11, 5)


def test_a_night_is_run_once_however_often_the_hour_strikes(switched_on, customer_of, lin, night):
    customer_of(lin, "4", owned_since=LONG_AGO)
    assert recycle_until_yesterday(at=night) == 1
    late = customer_of(lin, "4", owned_since=LONG_AGO)
    assert recycle_until_yesterday(at=night + timedelta(hours=1)) == 0
    assert Customer.objects.get(pk=late.pk).owner == lin
    assert recycle_until_yesterday(at=night + timedelta(days=1)) == 1


def test_a_machine_that_was_off_makes_up_for_it_in_one_night(switched_on, customer_of, lin, night):
    customer_of(lin, "4", owned_since=LONG_AGO)
    assert recycle_until_yesterday(at=night + timedelta(days=9)) == 1
    assert RecycleRun.objects.filter(unit=lin.unit).count() == 1


def test_no_night_after_a_day_off(switched_on, customer_of, lin, night):
    """The night after a Sunday is that after the Saturday, which was run."""
    saturday = night + timedelta(days=4)
    recycle_until_yesterday(at=saturday)
    customer_of(lin, "4", owned_since=LONG_AGO)
    assert recycle_until_yesterday(at=saturday + timedelta(days=1)) == 0


def test_batches_leave_nobody_out(switched_on, customer_of, lin, zhou, night):
    for person in (lin, zhou):
        for _n in range(4):
            customer_of(person, "4", owned_since=LONG_AGO)
    assert recycle_until_yesterday(at=night, batch=3) == 8
    assert RecycleRun.objects.get(unit=lin.unit).by_condition == {"no_contact": 8}
    assert Customer.objects.in_pool().count() == RecycledCustomer.objects.count() == 8


def test_promises_wait_in_the_pool_for_whoever_claims(switched_on, customer_of, lin, night, at):
    row = customer_of(lin, "4", owned_since=LONG_AGO)
    promise = Promise.objects.create(customer=row, by=lin, what="报价", by_when=at, made_at=at)
    recycle_until_yesterday(at=night)
    promise.refresh_from_db()
    assert promise.by is None


def test_a_rule_switched_on_today_takes_nobody_before_tomorrow_night(customer_of, east_one, lin, qian, at, night):
    customer_of(lin, "4", owned_since=LONG_AGO)
    made_current(changed({"recycle.active": True, "recycle.rules": RULES}), by=qian, at=at)
    assert recycle_until_yesterday(at=night) == 0
    assert recycle_until_yesterday(at=night + timedelta(days=1)) == 1


def test_a_rule_tightened_today_counts_as_it_was(switched_on, customer_of, lin, qian, at, night):
    customer_of(lin, "4", owned_since=LONG_AGO, last_effective_on=date(2026, 10, 20))
    tighter = [{"classes": ["4", "4k"], "no_contact": 25}]
    made_current(changed({"recycle.active": True, "recycle.rules": tighter}), by=qian, at=at)
    assert recycle_until_yesterday(at=night) == 0
    assert recycle_until_yesterday(at=night + timedelta(days=1)) == 1


def test_a_rule_switched_off_today_takes_nobody_tonight(switched_on, customer_of, lin, qian, at, night):
    customer_of(lin, "4", owned_since=LONG_AGO)
    made_current(changed({"recycle.active": False, "recycle.rules": RULES}), by=qian, at=at)
    assert recycle_until_yesterday(at=night) == 0


def test_switched_off_nobody_ever_goes_back_and_no_night_is_written(customer_of, lin, night):
    customer_of(lin, "4", owned_since=LONG_AGO)
    assert recycle_until_yesterday(at=night) == 0
    assert not RecycleRun.objects.exists()


def test_a_clock_that_was_set_back_runs_no_night_again(switched_on, customer_of, lin, night):
    recycle_until_yesterday(at=night + timedelta(days=3))
    customer_of(lin, "4", owned_since=LONG_AGO)
    assert recycle_until_yesterday(at=night) == 0


def test_who_is_taken_lies_in_the_pool_as_one_that_was_laid_there_by_hand(switched_on, customer_of, lin, at, night):
    told = {
        "owned_since": LONG_AGO,
        "kept_until": date(2026, 11, 1),
        "kept_why": [1, "等年会"],
        "appointment_at": night,
    }
    taken, laid = customer_of(lin, "4", **told), customer_of(lin, "4", **told)
    release_customer(customer=laid, reason="不做了", by=lin, at=night)
    assert recycle_until_yesterday(at=night) == 1
    one, other = (Customer.objects.filter(pk=row.pk).values(*OWNERSHIP, "version").get() for row in (taken, laid))
    assert one == other
    changed_in = [Entry.objects.get(verb=verb).changes for verb in ("customer.recycled", "customer.released")]
    night_only = {"recycled", "recycle_run"}
    assert {key: pair for key, pair in changed_in[0].items() if key not in night_only} == changed_in[1]


def test_a_night_asks_as_often_for_thirty_as_for_three(switched_on, customer_of, lin, zhou, night):
    def asked(number, at):
        for _nth in range(number):
            customer_of(lin, "4", owned_since=LONG_AGO)
        with CaptureQueriesContext(connection) as queries:
            assert recycle_until_yesterday(at=at) == number
        return len(queries)

    asked(1, night)  # what is written once for all questions
    assert asked(3, night + timedelta(days=1)) == asked(30, night + timedelta(days=2))
