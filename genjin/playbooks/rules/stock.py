"""What one person holds against the playbook's targets, limits and warning levels, and what that asks of a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from genjin.core.reasons import Reason
from genjin.playbooks.variant import CustomerClass, Variant


@dataclass(frozen=True, slots=True)
class Holding:
    """Classes that count together. `short`: missing to the target; `excess`: above the limit or the warning level."""

    classes: tuple[str, ...]
    held: int
    target: tuple[int, int] | None
    limit: int | None
    warning_level: int | None
    state: Literal["below_target", "above_limit", "above_warning", "fine", "free"]
    short: int
    excess: int


def groups(playbook: Variant) -> list[tuple[str, ...]]:
    """The classes that count together, in the playbook's order."""
    return list(dict.fromkeys(cls.counts_with for cls in playbook.classes))


def _held(group: tuple[str, ...], counts: Mapping[str, int]) -> int:
    return sum(counts.get(code, 0) for code in group)


def stock(playbook: Variant, counts: Mapping[str, int]) -> list[Holding]:
    """Every group of classes with what is held of it. A target is to be reached, only a limit ever refuses."""
    return [_holding(playbook.class_of(group[0]), _held(group, counts)) for group in groups(playbook)]


def _holding(cls: CustomerClass, held: int) -> Holding:
    def holding(state, short: int = 0, excess: int = 0) -> Holding:
        return Holding(cls.counts_with, held, cls.stock_target, cls.limit, cls.warning_level, state, short, excess)

    if cls.limit is not None and held > cls.limit:
        return holding("above_limit", excess=held - cls.limit)
    if cls.warning_level is not None and held > cls.warning_level:
        return holding("above_warning", excess=held - cls.warning_level)
    if cls.stock_target and held < cls.stock_target[0]:
        return holding("below_target", short=cls.stock_target[0] - held)
    return holding("free" if cls.limit is cls.warning_level is cls.stock_target is None else "fine")


def limit_on(playbook: Variant, class_code: str) -> int | None:
    """How many of a class, with those it counts with, a person may take on; None for as many as come."""
    return playbook.class_of(playbook.class_of(class_code).counts_with[0]).limit


def refusal_to_take_on(playbook: Variant, counts: Mapping[str, int], adding: Mapping[str, int]) -> Reason | None:
    """Why a person may not take on these customers (class → how many): the first limit that would be passed.

    For claims, assignment and dealing out; never for recording that a customer's class has changed.
    """
    for group in groups(playbook):
        limit = playbook.class_of(group[0]).limit
        held, more = _held(group, counts), _held(group, adding)
        if limit is not None and more > 0 and held + more > limit:
            figures = {
                "playbook": playbook.code,
                "classes": list(group),
                "held": held,
                "adding": more,
                "limit": limit,
                "room": max(limit - held, 0),
                "over": held + more - limit,
            }
            return Reason("stock_limit", figures)
    return None


def full_stock(playbook: Variant) -> dict[str, int]:
    """As many as target, limit or warning level name, all of a group written on its last, its ordinary class."""
    figures = {}
    for group in groups(playbook):
        cls = playbook.class_of(group[-1])
        most = cls.limit or cls.warning_level or (cls.stock_target[1] if cls.stock_target else None)
        if most is not None:
            figures[cls.code] = most
    return figures


@dataclass(frozen=True, slots=True)
class ClassLoad:
    class_code: str
    customers: int
    slackest: float
    tightest: float


@dataclass(frozen=True, slots=True)
class Load:
    """Contacts a day that these customers ask for, at the longest and at the shortest interval of their classes."""

    slackest: float
    tightest: float
    classes: tuple[ClassLoad, ...]


def load_arithmetic(playbook: Variant, counts: Mapping[str, int]) -> Load:
    """Contacts a day to keep the cycles. Queues are worked off, not kept in a rhythm: they do not count.

    The standard set of telesales asks for 22.5 to 41.0, the large one for at least 44.9 (domain §2; its classes 0 and
    1 left out: 1 has no figure).
    """
    parts = tuple(
        ClassLoad(cls.code, counts[cls.code], counts[cls.code] / cls.max_days, counts[cls.code] / cls.min_days)
        for cls in playbook.classes
        if counts.get(cls.code) and not cls.is_queue
    )
    return Load(sum(part.slackest for part in parts), sum(part.tightest for part in parts), parts)
