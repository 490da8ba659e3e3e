"""What a run leaves behind: each evening's state of the floor, and at the end what became of everybody.

Two measures of silence are kept apart. *Slipped* goes by the product's own due date, which a person may move with a
reason. *Silent* looks at contacts alone: working days since the last effective contact, the last class move or the day
it was taken on, against the longest day of its class's cycle; no decision can make it look better.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from statistics import mean
from typing import Any, NamedTuple

from django.utils import timezone

from genjin.config.checking import untruths
from genjin.customers.models import Customer
from genjin.followups.models import DayPlan, PlannedContact, Promise, Proposal, RecycledCustomer, Touch
from genjin.playbooks import rules
from simulation.building import moment
from simulation.floor import Floor, Tally

RIPE = 0.6  # a ceiling from which a customer could have bought (ours)
GROUPS = {"1": "1-2", "2": "1-2", "3k": "3k", "3": "3", "4k": "4", "4": "4", "0k": "0", "0": "0"}


class Row(NamedTuple):
    """A customer of the floor, as of an evening."""

    pk: int
    owner: int | None
    class_code: str
    due_on: date | None
    closed_on: date | None
    last_effective_on: date | None
    last_touch_at: Any
    class_since: date
    owned_since: date | None
    won_on: date | None


FIELDS = (
    "pk", "owner", "class_code", "due_on", "closed_on", "last_effective_on", "last_touch_at", "class_since",
    "owned_since", "won_on",
)  # fmt: skip


@dataclass(slots=True)
class Slip:
    """One cycle that ended without an effective contact. `was_tried`: somebody called in it and reached nobody;
    `days`: working days until it ended, or the run did (`end` is then "open")."""

    group: str
    began: int
    was_tried: bool
    days: int = 0
    end: str = ""


@dataclass(slots=True)
class Evening:
    """The floor at the end of a working day, over all sellers."""

    on: str
    held: int
    overdue: int
    silent: int
    never_tried: int
    asks: float
    slots: int
    pool: int
    closed: int
    tally: dict[str, Any] = field(default_factory=dict)


class Recorder:
    """Looks at the floor each evening."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.evenings: list[Evening] = []
        self.cycles: Counter[str] = Counter()
        self.slips: list[Slip] = []
        self._open: dict[tuple[int, date], Slip] = {}
        self._known: dict[int, tuple[date | None, str]] = {}
        self._sellers = [seller.pk for seller in floor.company.sellers]

    def look(self, on: date, tally: Tally) -> None:
        """After the evening's decisions."""
        rows = [Row(*row) for row in Customer.objects.order_by("pk").values_list(*FIELDS)]
        held = [row for row in rows if row.owner is not None and row.closed_on is None]
        practice = self.floor.company.practice
        self._follow(rows, on)
        counts: dict[int, Counter[str]] = {pk: Counter() for pk in self._sellers}
        for row in held:
            counts[row.owner][row.class_code] += 1  # type: ignore[index]
        loads = [rules.load_arithmetic(practice.playbook, each).slackest for each in counts.values()]
        silent = [row for row in held if self._silent(row, on)]
        self.evenings.append(
            Evening(
                on=on.isoformat(),
                held=len(held),
                overdue=sum(row.due_on is not None and row.due_on <= on for row in held),
                silent=len(silent),
                never_tried=sum(not self._tried(row) for row in silent),
                asks=round(mean(loads), 2),
                slots=sum(tally.slots.values()),
                pool=sum(row.owner is None and row.closed_on is None for row in rows),
                closed=sum(row.closed_on is not None for row in rows),
                tally={
                    "attempts": tally.attempts,
                    "reached": tally.reached,
                    "effective": tally.effective,
                    "second": tally.seconds_tries,
                    "second_effective": tally.seconds_effective,
                    "forbidden": tally.forbidden,
                    "sold": tally.sold,
                    "by_seller": [tally.by_seller[pk] for pk in self._sellers],
                },
            )
        )

    @cache  # noqa: B019  one recorder a run
    def _longest(self, class_code: str) -> int:
        cls = self.floor.company.practice.playbook.class_of(class_code)
        return cls.first_contact_within or cls.max_days

    def _since(self, row: Row) -> date:
        """From when silence is counted."""
        return max(day for day in (row.last_effective_on, row.class_since, row.owned_since) if day is not None)

    def _silent(self, row: Row, on: date) -> bool:
        calendar = self.floor.company.practice.calendar
        return calendar.between(self._since(row), on) > self._longest(row.class_code)

    def _tried(self, row: Row) -> bool:
        """Whether somebody called at all since the last effective contact, or since it was taken on."""
        if row.last_touch_at is None:
            return False
        called = timezone.localdate(row.last_touch_at)
        if row.last_effective_on is not None:
            return called > row.last_effective_on
        return row.owned_since is None or called >= row.owned_since

    def _follow(self, rows: Iterable[Row], on: date) -> None:
        """Cycles that ended today, in time or not; slips that began or ended."""
        for row in rows:
            due, group = self._known.get(row.pk, (None, ""))
            is_held = row.owner is not None and row.closed_on is None
            now = row.due_on if is_held else None
            if due is not None and now != due:
                slip = self._open.pop((row.pk, due), None)
                if slip is None:
                    self.cycles[group] += 1
                else:
                    slip.days, slip.end = self.floor.day - slip.began, self._ended(row)
            self._known[row.pk] = (now, GROUPS.get(row.class_code, "5-9"))
            if now is not None and now <= on and (row.pk, now) not in self._open:
                group = self._known[row.pk][1]
                slip = Slip(group, self.floor.day, self._tried(row))
                self._open[row.pk, now] = slip
                self.slips.append(slip)
                self.cycles[group] += 1

    def _ended(self, row: Row) -> str:
        if row.closed_on is not None:
            return "closed"
        if row.owner is None:
            return "pool"
        return "contacted" if row.last_effective_on == row.class_since or self._spoken(row) else "kept on"

    def _spoken(self, row: Row) -> bool:
        last = date.fromisoformat(self.evenings[-1].on) if self.evenings else date.min
        return row.last_effective_on is not None and row.last_effective_on > last

    # ------------------------------------------------------------------------------------------ at the end

    def result(self) -> dict[str, Any]:
        """Everything as plain values."""
        for slip in self._open.values():
            slip.days, slip.end = self.floor.day - slip.began, "open"
        return {
            "evenings": [asdict(evening) for evening in self.evenings],
            "cycles": dict(self.cycles),
            "slips": [asdict(slip) for slip in self.slips],
            "decided": self._decided(),
            "recycled": self._recycled(),
            "given_away": self.floor.manager.given_away,
            "left": self.floor.manager.left,
            "proposals": dict(Counter(Proposal.objects.values_list("kind", flat=True))),
            "plans": self._plans(),
            "promises": self._promises(),
            "untrue": [str(each) for each in untruths()],
            "fingerprint": self.fingerprint(),
        }

    def _decided(self) -> dict[str, Any]:
        """Given up, with the attempts that showed it; and how many of them could have bought, which only we know."""
        found = self.floor.policies.decided
        out = [each for each in found if each[1] in ("pool", "close")]
        return {
            "by_rule_and_way": sorted([rule, way, n] for (rule, way), n in Counter(each[:2] for each in found).items()),
            "given_up": len(out),
            "evidence": dict(Counter(shown for _rule, _way, _customer, shown in out)),
            "could_have_bought": sum(self._was_ripe(customer) for _rule, _way, customer, _shown in out),
        }

    def _was_ripe(self, customer: int) -> bool:
        mind = self.floor.company.minds[customer]
        return mind.ceiling >= RIPE and not mind.is_dead

    def _recycled(self) -> dict[str, Any]:
        taken = list(RecycledCustomer.objects.values_list("customer", "class_code", "condition"))
        return {
            "number": len(taken),
            "by_class": dict(Counter(code for _customer, code, _why in taken)),
            "could_have_bought": sum(self._was_ripe(customer) for customer, _code, _why in taken),
        }

    def _plans(self) -> dict[str, Any]:
        """How plans ended: of who had a place, and how many had none."""
        placed = PlannedContact.objects.exclude(block="").exclude(plan__settled_at=None)
        plans = DayPlan.objects.all()
        return {
            "number": plans.count(),
            "outcomes": dict(Counter(placed.values_list("outcome", flat=True))),
            "no_place": PlannedContact.objects.filter(block="").count(),
            "moved_by_levelling": sum(plans.values_list("moved", flat=True)),
        }

    def _promises(self) -> dict[str, int]:
        end = moment(date.fromisoformat(self.evenings[-1].on), 23)
        return dict(Counter(promise.outcome(end) for promise in Promise.objects.all()))

    def fingerprint(self) -> str:
        """Two runs with one seed are the same: every note, and where everybody stands."""
        digest = hashlib.sha256()
        for row in Touch.objects.order_by("pk").values_list("customer", "author", "at", "class_after", "planned_on"):
            digest.update(repr(row).encode())
        for row in Customer.objects.order_by("pk").values_list(*FIELDS, "planned_on", "postponements", "version"):
            digest.update(repr(row).encode())
        return digest.hexdigest()[:16]
