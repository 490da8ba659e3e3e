"""The night's run: customers whose clocks have run out are laid into their unit's pool, a batch to a transaction.

Whom it takes is asked of the rows as they are, so it goes on from any point: who was taken no longer meets the
condition, who was contacted meanwhile neither. Killed and run again it ends in the same state.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from genjin.core.audit.models import Entry
from genjin.core.audit.services import plain
from genjin.core.events import emit
from genjin.core.many_rows import among
from genjin.core.transfer.bulk import as_json, insert_rows, instant
from genjin.customers.events import OwnershipChanged
from genjin.customers.models import Customer, Pool
from genjin.customers.recycling.clocks import Ground, grounds_on, ran_out
from genjin.customers.services.ownership import OWNERSHIP, as_pooled
from genjin.followups.recycling.models import RecycledCustomer, RecycleRun
from genjin.organization.models import Unit
from genjin.playbooks import rules
from genjin.playbooks.practice import practice_of

# Rows to a transaction. 5,000 are the most that the issue allows; on SQLite a note saved meanwhile waits for one of
# them, so that fewer are kinder (ours).
BATCH = 1000
KEPT_DAYS = 92  # how long it is listed whom a night took (ours)
VERB = "customer.recycled"
READ = (*OWNERSHIP, "pk", "version", "last_effective_on")


def recycle_until_yesterday(*, at: datetime, batch: int = BATCH) -> int:
    """Every unit's night after its last working day that has ended, once; and what was cut off before. How many
    customers were taken."""
    yesterday = timezone.localdate(at) - timedelta(days=1)
    moved = sum(_go_on(run, at=at, batch=batch) for run in _cut_off_before(yesterday))
    for ground, unit, day in _nights(yesterday):
        run, _made = RecycleRun.objects.get_or_create(unit=unit, on=day, defaults={"began_at": at})
        if run.ended_at is None:
            moved += _run(run, ground, at=at, batch=batch)
    return moved


def _cut_off_before(yesterday: date) -> list[RecycleRun]:
    """Runs without an end, the oldest first. One of a day ahead of the clock, which was set back, waits for its day."""
    return list(RecycleRun.objects.filter(ended_at=None, on__lte=yesterday).select_related("unit").order_by("on", "pk"))


def _go_on(run: RecycleRun, *, at: datetime, batch: int) -> int:
    ground = next(iter(grounds_on(run.on, [run.unit])), None)
    if ground is None:  # switched off meanwhile
        _end(run, at=at)
        return 0
    return _run(run, ground, at=at, batch=batch)


def _nights(yesterday: date) -> Iterator[tuple[Ground, Unit, date]]:
    """The units whose last working day has not had its night."""
    units = {unit.pk: unit for unit in Unit.objects.select_related("pool")}
    last = dict(RecycleRun.objects.order_by().values_list("unit").annotate(last=Max("on")))
    days: dict[date, list[Unit]] = defaultdict(list)
    for ground in grounds_on(yesterday, units.values()):
        day = rules.last_worked(ground.calendar, yesterday)
        for pk in ground.units:
            if pk not in last or last[pk] < day:
                days[day].append(units[pk])
    for day, some in sorted(days.items()):
        for ground in grounds_on(day, some):
            yield from ((ground, units[pk], day) for pk in ground.units)


def _run(run: RecycleRun, ground: Ground, *, at: datetime, batch: int) -> int:
    """Take everybody of the unit whose clock has run out; the end is written when there is nobody left."""
    # The unit stands beside the clocks, not among them: SQLite finds its rows by an index only by that.
    here = Customer.objects.filter(ran_out([replace(ground, units=(run.unit_id,))], run.on), unit=run.unit_id)
    keys = list(here.order_by("owner_id", "pk").values_list("pk", flat=True))
    pool = Pool.objects.select_related("unit").get(home_of=run.unit_id)
    practice = practice_of(pool.unit)
    if practice.playbook.code != ground.playbook:  # adopted a moment ago: the next hour judges anew
        return 0
    morning = run.on + timedelta(days=1)
    laid = {**as_pooled(pool, practice, today=morning), "released_on": morning}
    moved = 0
    for start in range(0, len(keys), batch):
        moved += _take(run, ground, laid, here, keys[start : start + batch], at=at)
    _end(run, at=at, plain_year=_plain_year(run, ground))
    return moved


def _plain_year(run: RecycleRun, ground: Ground) -> int | None:
    """The first year that was counted through without its holidays being known."""
    began = ground.calendar.back(run.on, ground.longest)
    return next(iter(ground.calendar.unknown_years(began, run.on)), None)


@transaction.atomic
def _take(
    run: RecycleRun, ground: Ground, laid: Mapping[str, Any], here: Any, keys: Sequence[int], *, at: datetime
) -> int:
    """One batch in one transaction, with the run's count. What no longer meets the condition under the lock stays.

    `laid`: what stands on each in the pool, as of the morning after the run's day.
    """
    held = RecycleRun.objects.select_for_update().get(pk=run.pk)
    if held.ended_at is not None:
        return 0
    # Values, not instances: making those takes as long as all that is done with them.
    rows = here.filter(pk__in=among(keys)).select_for_update().order_by("pk").values_list(*READ)
    taken = [one for row in rows if (one := _taken(dict(zip(READ, row, strict=True)), ground))]
    _write(run, taken, laid, at=at)
    counts = Counter(held.by_condition)
    counts.update(one.back.condition for one in taken)
    RecycleRun.objects.filter(pk=run.pk).update(moved=F("moved") + len(taken), by_condition=dict(counts))
    return len(taken)


@dataclass(slots=True)
class _Taken:
    """A customer's values before, and by what it goes back."""

    row: dict[str, Any]
    back: rules.GoesBack


def _taken(row: dict[str, Any], ground: Ground) -> _Taken | None:
    """The rule says why."""
    clocks = rules.Clocks(row["owned_since"], row["last_effective_on"], row["moved_up_on"], row["kept_until"])
    back = rules.goes_back(ground.bounds[row["class_code"]], clocks, ground.calendar)
    return _Taken(row, back) if back is not None else None


def _write(run: RecycleRun, taken: Sequence[_Taken], laid: Mapping[str, Any], *, at: datetime) -> None:
    """Rows, audit, the night's list and what follows elsewhere."""
    if not taken:
        return
    keys = [one.row["pk"] for one in taken]
    rows = Customer.objects.filter(pk__in=among(keys))
    rows.update(**laid, former_owner_id=F("owner_id"), version=F("version") + 1)
    then = [(name, laid[name], plain(laid[name])) for name in OWNERSHIP if name in laid]
    entries, listed = [], []
    when = instant(at)
    for one in taken:
        row, owner, version = one.row, one.row["owner_id"], one.row["version"] + 1
        changes = {name: [plain(row[name]), said] for name, value, said in then if row[name] != value}
        changes["former_owner_id"] = [row["former_owner_id"], owner]
        before = as_json({name: pair[0] for name, pair in changes.items()})
        changes["recycled"] = [None, one.back.reason.as_json()]
        changes["recycle_run"] = [None, run.pk]
        changes["version"] = [version - 1, version]
        entries.append((when, None, VERB, "customer", row["pk"], as_json(changes), ""))
        back = (one.back.condition, one.back.days, one.back.since.isoformat())
        listed.append((run.pk, row["pk"], owner, row["class_code"], *back, before, version, ""))
    insert_rows(Entry, ("at", "by", "verb", "kind", "subject", "changes", "note"), entries)
    columns = ("run", "customer", "owner", "class_code", "condition", "days", "since", "before", "version", "left_code")
    insert_rows(RecycledCustomer, columns, listed)
    emit(OwnershipChanged(keys, None, None, at))


def _end(run: RecycleRun, *, at: datetime, plain_year: int | None = None) -> None:
    RecycleRun.objects.filter(pk=run.pk, ended_at=None).update(ended_at=at, plain_year=plain_year)


def forget_long_ago(*, at: datetime, most: int = 2000) -> None:
    """Throw away, a little at a time, the lists of nights of long ago."""
    old = RecycledCustomer.objects.filter(run__on__lt=timezone.localdate(at) - timedelta(days=KEPT_DAYS))
    while keys := list(old.values_list("pk", flat=True)[:most]):
        RecycledCustomer.objects.filter(pk__in=keys).delete()
