"""How a playbook keeps order on the floor: the pool, recycling, the ladder of what is overdue, proposed class moves.

All of it is optional in the file. What no source says is marked (ours) and may be changed freely.
"""

from typing import Annotated, Literal

from msgspec import Meta

from genjin.playbooks.parts import ClassCode, Count, Days, Strict


class PoolRules(Strict, kw_only=True):
    """What members of a pool may take and see. None means: without a bound."""

    claims_a_day: Days | None = 20  # (ours)
    lock_out_days: Count = 10  # working days in which the former owner may not claim it back (ours)
    embargo_days: Count = 0  # working days in which a fresh one cannot be claimed (ours)
    views_a_day: Annotated[int, Meta(ge=1)] | None = 200  # customers opened before claiming (ours)
    masked_phones: bool = True  # four digits until it is claimed (ours)
    quarantine_days: Count = 90  # calendar days out of every pool after it was given up (ours)
    approve_giving_up: bool = False  # whether the team lead has to agree (ours)


class RecycleRule(Strict, kw_only=True):
    """When customers of these classes go back to the pool: any one of the three suffices. Working days."""

    classes: tuple[ClassCode, ...]
    no_contact: Days | None = None  # since the last effective contact, or since it was taken on
    no_move_up: Days | None = None  # since it last came nearer to payment, or was taken on
    not_won: Days | None = None  # since it was taken on

    @property
    def bounds(self) -> dict[str, int]:
        """The conditions that are set, with their working days."""
        named = {"no_contact": self.no_contact, "no_move_up": self.no_move_up, "not_won": self.not_won}
        return {name: days for name, days in named.items() if days is not None}


class Recycle(Strict, kw_only=True):
    """Nobody keeps whom they do not work. Won customers are exempt, and a class without a rule never goes back."""

    active: bool = False  # somebody switches it on, having seen whom it hits (ours)
    warn_days: Count = 3  # working days before, in today's list (ours)
    rules: tuple[RecycleRule, ...] = ()


Rung = Literal["seller", "lead", "reassign", "region"]


class LadderStep(Strict, kw_only=True):
    """Who hears of a customer this many working days overdue; `reassign` proposes another owner to the team lead."""

    days: Days
    who: Rung


# Issue 4: 1 the seller, 3 the team lead's board, 5 a proposal to reassign, 10 the region's manager.
LADDER = (
    LadderStep(days=1, who="seller"),
    LadderStep(days=3, who="lead"),
    LadderStep(days=5, who="reassign"),
    LadderStep(days=10, who="region"),
)

Occasion = Literal["payment_promise_lapsed", "window_passed", "low_willingness"]


class MoveProposal(Strict, kw_only=True):
    """On this occasion it is proposed to move customers of these classes; the first of `to` is what is proposed.

    `after`: working days that must have passed since. Misses in a row stand under `retry`.
    """

    when: Occasion
    classes: tuple[ClassCode, ...]
    to: Annotated[tuple[ClassCode, ...], Meta(min_length=1)]
    after: Count = 0
