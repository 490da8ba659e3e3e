"""Pairs that are one beyond doubt, merged by themselves where a company has switched that on. Off until then.

Nothing that a person would have to put together is touched: another owner (unless that is allowed), another playbook,
a closed customer, promises or appointments that both have open.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from genjin.core.linkage.scoring import certain_by
from genjin.core.reasons import Refused
from genjin.customers import hanging
from genjin.customers.duplicates.models import DuplicateRules, SuspectedPair
from genjin.customers.duplicates.records import records_of, scheme
from genjin.customers.duplicates.settings import rules_now
from genjin.customers.merging.models import Merge
from genjin.customers.merging.services import absorb
from genjin.customers.models import Customer
from genjin.customers.services.records import locked

BATCH = 500
LOOKED_AT = 5000  # pairs of a trial: seconds
SHOWN = 10

Pair = tuple[Customer, Customer]


@dataclass(frozen=True, slots=True)
class Trial:
    """What switching on would do: how many pairs of each rule would be merged, how many are left to a person by code of
    the reason, the first few. `is_whole`: all pairs were looked at."""

    merged: Counter[str]
    left: Counter[str]
    first: list[Pair]
    is_whole: bool


def trial(*, merging: Collection[str], across_owners: bool) -> Trial:
    """Nothing is changed."""
    merged: Counter[str] = Counter()
    left: Counter[str] = Counter()
    first: list[Pair] = []
    seen = 0
    gone: set[int] = set()
    for pairs in _batches(merging):
        for pair, refusal in _judged(pairs, across_owners=across_owners):
            kept, absorbed = by_standing(pair.one, pair.other)
            if refusal or absorbed.pk in gone or kept.pk in gone:
                left[refusal or "left_to_the_next_search"] += 1
                continue
            merged[pair.certain] += 1
            gone.add(absorbed.pk)
            first += [(kept, absorbed)] if len(first) < SHOWN else []
        seen += len(pairs)
        if seen >= LOOKED_AT:
            return Trial(merged, left, first, is_whole=False)
    return Trial(merged, left, first, is_whole=True)


def merge_certain_pairs(clock: Callable[[], datetime] = timezone.now) -> int:
    """Merge what is certain by the rules switched on; how many. Each pair in a transaction of its own, judged again by
    what stands then: cut off at any moment it is carried on by the next run."""
    rules, done = rules_now(), 0
    for pairs in _batches(rules.merging):
        for pair in pairs:
            done += _merged(pair, rules, at=clock())
    return done


@transaction.atomic
def _merged(pair: SuspectedPair, rules: DuplicateRules, *, at: datetime) -> bool:
    rows = {pk: locked(pk) for pk in (pair.one_id, pair.other_id)}
    still = SuspectedPair.objects.asked().filter(pk=pair.pk).first()
    if still is None:
        return False
    records = records_of(list(rows))
    still.certain = certain_by(scheme(), records[pair.one_id], records[pair.other_id])
    still.one, still.other = rows[pair.one_id], rows[pair.other_id]
    if still.certain not in rules.merging:
        return False
    if any(refusal for _pair, refusal in _judged([still], across_owners=rules.across_owners)):
        return False
    kept, absorbed = by_standing(still.one, still.other)
    try:
        with transaction.atomic():
            absorb(kept, [absorbed], {}, by=None, at=at, rule=still.certain)
    except Refused:
        return False
    return True


def by_standing(one: Customer, other: Customer) -> Pair:
    """Who is kept, and who becomes part: open before closed, owned before pooled, contacted more often, then older."""
    kept, absorbed = sorted(
        (one, other), key=lambda row: (row.is_open, row.owner_id is not None, row.attempts, -row.pk), reverse=True
    )
    return kept, absorbed


def _batches(merging: Collection[str]) -> Iterator[Sequence[SuspectedPair]]:
    last = 0
    pairs = SuspectedPair.objects.asked().exclude(certain="").select_related("one", "other").order_by("pk")
    while merging and (some := list(pairs.filter(pk__gt=last)[:BATCH])):
        last = some[-1].pk
        yield [pair for pair in some if pair.certain in merging]


def _judged(pairs: Sequence[SuspectedPair], *, across_owners: bool) -> Iterator[tuple[SuspectedPair, str]]:
    """Each pair with the code of why it is left to a person, "" where nothing speaks against it."""
    keys = {pk for pair in pairs for pk in (pair.one_id, pair.other_id)}
    busy, parted = _busy(keys), _parted(keys)
    for pair in pairs:
        if frozenset((pair.one_id, pair.other_id)) in parted:
            yield pair, "taken_apart_before"
        else:
            yield pair, _refusal(pair.one, pair.other, busy, across_owners=across_owners)


def _refusal(one: Customer, other: Customer, busy: Sequence[set[int]], *, across_owners: bool) -> str:
    if not one.is_open or not other.is_open:
        return "one_is_closed"
    if one.playbook != other.playbook:
        return "two_playbooks"
    if (one.owner_id, one.pool_id) != (other.owner_id, other.pool_id) and not across_owners:
        return "two_owners"
    if any({one.pk, other.pk} <= having for having in busy):
        return "both_agreed_on_something"
    return ""


def _busy(keys: Collection[int]) -> list[set[int]]:
    """For each table of what a person must put together: which of these customers have such rows."""
    return [
        set(one.model._default_manager.filter(one.in_the_way, **{f"{one.to}__in": keys}).values_list(one.to, flat=True))
        for one in hanging.registered()
        if one.in_the_way is not None
    ]


def _parted(keys: Collection[int]) -> set[frozenset[int]]:
    """Those that were merged already, and somebody took them apart."""
    undone = Merge.objects.exclude(undone_at=None).filter(kept__in=keys, absorbed__in=keys)
    return {frozenset(pair) for pair in undone.values_list("kept", "absorbed")}
