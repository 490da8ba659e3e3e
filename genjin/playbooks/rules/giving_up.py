"""Does a customer meet a standard for giving up (C11): what its contacts since the last class move say."""

from collections.abc import Sequence
from dataclasses import dataclass

from genjin.playbooks.structure import Standard
from genjin.playbooks.variant import CustomerClass, Variant

# What a talk was like, as its note has it.
CONSIDERING, UNCONVINCED, LUKEWARM = "considering", "unconvinced", "lukewarm"
UNWILLING = frozenset({CONSIDERING, UNCONVINCED, LUKEWARM})
NOT_CONVINCED = frozenset({UNCONVINCED, LUKEWARM})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: `reached` that somebody was spoken with, `with_kp` that it was the KP; `attitude` "" is unsaid."""

    touch: int
    reached: bool
    with_kp: bool
    attitude: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """The standard that is met, and the attempts that show it, newest first."""

    standard: Standard
    attempts: tuple[int, ...]


def standard_met(playbook: Variant, cls: CustomerClass, attempts: Sequence[Attempt], *, kp_known: bool) -> Met | None:
    """The first standard that these attempts meet; None for a class that is not given up by standard.

    `attempts` newest first, those since the last class move or decision alone: whoever made progress starts anew.
    """
    if cls.code not in playbook.give_up.classes:
        return None
    for standard in playbook.give_up.standards:
        shown = _showing(playbook, cls, standard, attempts, kp_known)
        if shown is not None and len(shown) >= standard.times:
            return Met(standard, tuple(each.touch for each in shown[: standard.times]))
    return None


def _showing(
    playbook: Variant, cls: CustomerClass, standard: Standard, attempts: Sequence[Attempt], kp_known: bool
) -> Sequence[Attempt] | None:
    """The attempts in a row, from the newest, that speak for this standard; None where only a person judges."""
    with_kp = [each for each in attempts if each.reached and each.with_kp]
    talks = [each for each in attempts if each.reached]
    match standard.code:
        case "kp_not_reached":
            # Who has no KP yet is looked for another one first, where the playbook has a class for that.
            return () if moves_instead(playbook, cls, kp_known) else _while(attempts, lambda each: each not in with_kp)
        case "kp_considering":
            return _unwilling(with_kp, frozenset({CONSIDERING}))
        case "kp_not_convinced":
            return _unwilling(with_kp, NOT_CONVINCED)
        case "other_not_convinced":
            return _while(_unwilling(talks, NOT_CONVINCED), lambda each: not each.with_kp)
    return None


def moves_instead(playbook: Variant, cls: CustomerClass, kp_known: bool) -> bool:
    """Whether misses in this class lead to another class rather than out."""
    fits = (each for each in playbook.retry.proposals if cls.code in each.classes and each.kp_known in (None, kp_known))
    found = next(fits, None)
    return found is not None and found.move_to is not None


def _unwilling(talks: Sequence[Attempt], last: frozenset[str]) -> Sequence[Attempt]:
    """Unwilling talks in a row, where the last of them is of this kind: one willing talk between counts as progress."""
    if not talks or talks[0].attitude not in last:
        return ()
    return _while(talks, lambda each: each.attitude in UNWILLING)


def _while(attempts: Sequence[Attempt], holds) -> Sequence[Attempt]:
    for at, each in enumerate(attempts):
        if not holds(each):
            return attempts[:at]
    return attempts
