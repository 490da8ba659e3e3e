"""Every figure of the model, in one place: what is assumed, between which bounds, and where it comes from.

C, B and the like are the sources of the design's domain file. "ours" is a guess that nobody measured: its bounds are
what the sensitivity runs try. The table of MODEL.md is printed from here.
"""

from dataclasses import dataclass, field, fields
from typing import Any


def given(value: float, low: float, high: float, source: str, words: str) -> Any:
    """A figure with the bounds between which it is tried."""
    return field(default=value, metadata={"low": low, "high": high, "source": source, "words": words})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """How customers answer, and how the floor is run. Shares and chances lie between 0 and 1, days are working days."""

    # --- who they are
    no_need: float = given(0.5, 0.35, 0.65, "ours", "share of customers who never want it, whatever one does")
    no_key_person: float = given(0.35, 0.2, 0.5, "ours; class 5 exists (C1)", "share of new ones whose KP is unknown")
    dead_numbers: float = given(0.04, 0.0, 0.1, "ours; C15", "share of new ones whose number reaches nobody ever")
    key_new: float = given(0.15, 0.05, 0.3, "ours; booked mix 15 of 20-25 (C3)", "share of new ones marked key 0")
    # --- reaching them
    reach: float = given(
        0.7,
        0.5,
        0.85,
        "28-40 called of 46-56 booked (C3) are 61-71 %; 30 of 40 effective are asked for (C7)",
        "chance that one attempt reaches somebody",
    )
    reach_spread: float = given(0.2, 0.05, 0.3, "ours", "how much that differs from customer to customer (± share)")
    half_day: float = given(0.35, 0.0, 0.6, "ours", "how much more, or less, in the half of the day they prefer")
    same_hour: float = given(0.15, 0.0, 0.4, "ours", "how much less at an hour at which they were missed the last time")
    key_person_answers: float = given(0.8, 0.6, 0.9, "ours", "chance that it is the KP, where one is known")
    key_person_named: float = given(
        0.2, 0.1, 0.35, "ours; C2 class 5", "chance to learn who the KP is from somebody else"
    )
    others_tell: float = given(
        0.5, 0.2, 0.7, "ours; non-KP with influence (C11)", "chance that a talk with somebody else has substance"
    )
    # --- interest
    growth: float = given(0.22, 0.12, 0.32, "ours", "part of the way to what they may come to want, per good talk")
    half_life: float = given(
        15.0, 7.0, 30.0, "ours; drifting off (B6)", "days of silence, beyond what they bear, that halve interest"
    )
    bears: float = given(
        1.0, 0.6, 1.6, "ours; around the cycles of C1", "times the silence that one of this interest bears"
    )
    crowding: float = given(0.25, 0.0, 0.5, "ours", "annoyance by a talk too soon after the last one")
    # --- saying yes
    willing: float = given(1.0, 0.6, 1.4, "ours", "times the chance that a talk brings a yes")
    late: float = given(
        0.7,
        0.0,
        1.0,
        "B3 and the B-table (1) against the bank's campaigns (0)",
        "how far a yes grows with the n-th talk rather than falls",
    )
    signs: float = given(0.4, 0.25, 0.55, "ours; window of 5 days (C1)", "chance that a talk brings the contract back")
    pays: float = given(0.6, 0.45, 0.75, "ours; window of 2 days (C1)", "chance that a talk in class 1 finds it paid")
    reneges: float = given(
        0.06, 0.02, 0.12, "ours; class 6: 5 held (C1)", "chance that a signed one backs out, per talk"
    )
    forbids: float = given(0.008, 0.002, 0.02, "ours", "chance that one without interest asks never to be called again")
    # --- the floor
    stock: float = given(1.0, 0.5, 1.2, "the standard set of C1 is 1", "times what each seller holds at the beginning")
    new_a_week: float = given(
        25.0, 15.0, 40.0, "ours; 10-15 new a day called (C3)", "new customers for each seller a week"
    )
    skips: float = given(0.04, 0.0, 0.12, "ours", "share of the list that a seller passes over")
    slots_spread: float = given(3.0, 0.0, 8.0, "ours", "how much a day's number of attempts varies")
    strict: float = given(0.75, 0.4, 0.95, "ours", "share of proposals to give up that a seller accepts")


BASE = Parameters()
# The main figures: those on which most rests and least is known (MODEL.md).
MAIN = ("reach", "stock", "bears", "late", "half_life", "half_day", "growth", "no_need", "new_a_week")


def bounds() -> list[tuple[str, float, float]]:
    """Each figure with the least and the most that is tried."""
    return [(each.name, each.metadata["low"], each.metadata["high"]) for each in fields(Parameters)]


def as_table() -> str:
    """The table of MODEL.md."""
    lines = ["| name | what it says | base | tried from | to | source |", "|---|---|---|---|---|---|"]
    for each in fields(Parameters):
        told = each.metadata
        figures = " | ".join(f"{value:g}" for value in (each.default, told["low"], told["high"]))
        lines.append(f"| `{each.name}` | {told['words']} | {figures} | {told['source']} |")
    return "\n".join(lines)
