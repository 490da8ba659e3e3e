"""How many more customers somebody can take on when they are dealt out: by their limits, and by what a day can take.

New ones wait for a first contact in the slots of their own blocks; all others ask for a contact a cycle of the rest.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from genjin.core.reasons import Reason
from genjin.playbooks.rules.capacity import shares
from genjin.playbooks.rules.stock import load_arithmetic, refusal_to_take_on
from genjin.playbooks.variant import CustomerClass, Variant

ANY_DAY = date(2026, 1, 5)
MANY = 10**6  # as many as wait when the slots for new ones are all taken


class Room:
    """One person's: what they hold by class, their contacts a day, and what is left of it while customers are dealt."""

    def __init__(self, playbook: Variant, slots: int, held: Mapping[str, int]) -> None:
        self.playbook, self.slots, self.held = playbook, slots, Counter(held)
        self._known: dict[str, tuple[Reason | None, float]] = {}  # by class, until something is taken or given up
        self._new_a_day = shares(playbook, {ANY_DAY: slots}, MANY).new[ANY_DAY]

    def refusal(self, code: str) -> Reason | None:
        """Why they take on no more of this class: the limit, first contacts that would come too late, or a full day."""
        return self._look(code)[0]

    def free(self, code: str) -> float:
        """How much of the days that this class takes is free, from 0 to 1: who has most gets the next one."""
        return self._look(code)[1]

    def take(self, code: str) -> None:
        self.held[code] += 1
        self._known.clear()

    def give_up(self, code: str) -> None:
        self.held[code] -= 1
        self._known.clear()

    def _look(self, code: str) -> tuple[Reason | None, float]:
        if code not in self._known:
            cls = self.playbook.class_of(code)
            waits = cls.is_queue and cls.first_contact_within is not None
            reason, free = self._first_contacts(cls) if waits else self._days(cls)
            self._known[code] = refusal_to_take_on(self.playbook, self.held, {code: 1}) or reason, free
        return self._known[code]

    def _first_contacts(self, cls: CustomerClass) -> tuple[Reason | None, float]:
        days = cls.first_contact_within or 0
        in_time, waiting = self._new_a_day * days, self._waiting
        if waiting < in_time:
            return None, 1 - waiting / in_time
        return Reason("first_contacts_full", {"a_day": self._new_a_day, "days": days, "waiting": waiting}), 0.0

    def _days(self, cls: CustomerClass) -> tuple[Reason | None, float]:
        """The least that the stock asks for, at the longest interval of each class, against what new ones leave."""
        follow_up, load = self.follow_up, self.asked
        if load + 1 / cls.max_days <= follow_up:
            return None, 1 - load / follow_up
        return Reason("days_are_full", {"load": round(load, 1), "slots": follow_up}), 0.0

    @property
    def asked(self) -> float:
        """Contacts a day that the stock asks for at the longest interval of each class, new ones apart."""
        return load_arithmetic(self.playbook, {code: held for code, held in self.held.items() if held > 0}).slackest

    @property
    def follow_up(self) -> int:
        """Contacts a day that the new ones who wait leave for it."""
        return self.slots - min(self._new_a_day, self._waiting)

    @property
    def _waiting(self) -> int:
        return sum(self.held[code] for code in self.playbook.queue_classes)


def refusal_to_relieve(room: Room, code: str, *, overdue: int, owners: int) -> Reason | None:
    """Why somebody takes no overdue customer of this class off its owner: no room, or as much overdue themselves.

    `overdue`: how many of their own are, `owners`: how many of the owner's. As many is too many: it would only go
    to and fro.
    """
    if reason := room.refusal(code):
        return reason
    return Reason("as_far_behind", {"overdue": overdue, "owners": owners}) if overdue >= owners else None


def most_room(rooms: Mapping[int, Room], classes: Mapping[int, str]) -> int | Reason:
    """Who gets the next customer, which each would hold in a class of `classes`: whoever has most of their days free.

    The reason of the first who has none, when nobody has.
    """
    refusals: dict[int, Reason] = {}
    free: dict[int, float] = {}
    for pk, room in rooms.items():
        reason = room.refusal(classes[pk])
        if reason:
            refusals[pk] = reason
        else:
            free[pk] = room.free(classes[pk])
    if free:
        return min(free, key=lambda pk: (-free[pk], pk))
    return next(iter(refusals.values()), Reason("nobody_to_deal_to"))
