"""Taking back what a night did: one customer, or all of them, to the owner they had, with the clocks they had.

Their clocks have run out, so the next night would take them again: who gives them back says until when they are kept.
Whoever was claimed, assigned or touched in the pool meanwhile stays as they are, and the night's list says so.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import record
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer
from genjin.customers.recycling.keeping import require_day
from genjin.customers.services.records import locked
from genjin.customers.services.restoring import Ground, restore
from genjin.followups.recycling.models import RecycledCustomer, RecycleRun
from genjin.organization.models import Person

UNDO_DAYS = 30  # how long a night can be taken back (ours)
BATCH = 25  # customers to a transaction: each is some eight statements (ours)
AT_ONCE = 100  # as many are given back while one waits, more in the background (ours)


@transaction.atomic
def give_customer_back(*, listed: RecycledCustomer, until: date, reason: str, by: Person, at: datetime) -> Customer:
    """One customer back to the owner it had, kept until a day. Twice is once.

    Refused: touched since, the owner has left, a night too long ago.
    """
    require(by, "customers.keep")
    _require_leading(listed.run, by)
    require_day(until, reason, today=timezone.localdate(at))
    _require_recent(listed.run, at=at)
    ground = Ground({listed.customer_id: listed.before})
    return _give_back(listed, ground, until=until, reason=reason, by=by, at=at)


def _give_back(
    listed: RecycledCustomer, ground: Ground, *, until: date, reason: str, by: Person, at: datetime
) -> Customer:
    row = locked(listed.customer_id)
    held = RecycledCustomer.objects.select_for_update(of=("self",)).get(pk=listed.pk)
    if held.given_back_at is not None:
        return row
    if row.version != held.version:
        raise Refused("touched_since", name=row.name)
    kept = {"kept_until": until.isoformat(), "kept_why": {"by": by.name, "text": reason.strip()}}
    restore(row, held.before | kept, ground, by=by, at=at, note="customer.recycled")
    held.given_back_at, held.given_back_by, held.left_code = at, by, ""
    held.save(update_fields=["given_back_at", "given_back_by", "left_code"])
    return row


@transaction.atomic
def begin_giving_back(*, run: RecycleRun, until: date, reason: str, by: Person, at: datetime) -> RecycleRun:
    """Say that all of a night is to be given back; `carry_on_giving_back` does it. Twice is once."""
    require(by, "customers.keep")
    _require_leading(run, by)
    require_day(until, reason, today=timezone.localdate(at))
    held = RecycleRun.objects.select_for_update(of=("self",)).select_related("unit").get(pk=run.pk)
    if held.ended_at is None:
        raise Refused("recycle_is_running")
    _require_recent(held, at=at)
    if held.undo_at is not None:
        return held
    held.undo_at, held.undo_by, held.undo_until, held.undo_reason = at, by, until, reason.strip()[:200]
    held.save(update_fields=["undo_at", "undo_by", "undo_until", "undo_reason"])
    changes = {"on": [held.on.isoformat()] * 2, "kept_until": [None, until.isoformat()]}
    record(by=by, at=at, verb="recycle_run.undone", kind="recycle_run", subject=held.pk, changes=changes, note=reason)
    return held


def carry_on_giving_back(run: RecycleRun, *, clock: Callable[[], datetime] = timezone.now) -> None:
    """Give back who is left of a night, a few to a transaction; killed at any point the next call goes on."""
    run.refresh_from_db()
    while run.is_undoing and _give_some_back(run, at=clock()):
        pass
    RecycleRun.objects.filter(pk=run.pk, undo_at__isnull=False, undone_at=None).update(undone_at=clock())


@transaction.atomic
def _give_some_back(run: RecycleRun, *, at: datetime) -> bool:
    waiting = run.customers.filter(given_back_at=None, left_code="").order_by("customer")
    some = list(waiting.select_related("run")[:BATCH])
    ground = Ground({each.customer_id: each.before for each in some})
    by, until = run.undo_by, run.undo_until
    assert by is not None
    assert until is not None
    for listed in some:
        try:
            _give_back(listed, ground, until=until, reason=run.undo_reason, by=by, at=at)
        except Refused as refused:
            RecycledCustomer.objects.filter(pk=listed.pk).update(left_code=refused.reason.code)
    return bool(some)


def _require_leading(run: RecycleRun, by: Person) -> None:
    if not by.scope.leads(run.unit_id):
        raise NotPermitted("only_who_leads_gives_back")


def may_still_be_given_back(run: RecycleRun, *, at: datetime) -> bool:
    return run.ended_at is not None and run.ended_at >= at - timedelta(days=UNDO_DAYS)


def _require_recent(run: RecycleRun, *, at: datetime) -> None:
    if run.ended_at is not None and not may_still_be_given_back(run, at=at):
        raise Refused("recycle_is_too_old", days=UNDO_DAYS)
