"""What a model answers. Plain values in, answer out; a model is figures as JSON keeps them, never code.

    {"base": b, "traits": {name: {"cuts": [..], "weights": {level: w}}}, "steps": [[x, ..], [y, ..]],
     "groups": {level: [yes, all]}, "all": [yes, all]}

The weights of a trait are centred: zero is what the average row has, so that each weight says by itself how much this
row differs and in which direction.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

EMPTY, OTHER = "", "…"
REASONS = 3
Z = 1.96  # of a 95 % interval

Row = Mapping[str, Any]
Model = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Trait:
    """`kind`: word, number or yes_no. One that is not `is_known` at the moment of the question is never used."""

    name: str
    kind: str = "word"
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Scheme:
    """What rows are compared by. `group` is the trait whose plain share is what a model has to beat."""

    traits: tuple[Trait, ...]
    group: str

    @property
    def usable(self) -> tuple[Trait, ...]:
        return tuple(trait for trait in self.traits if trait.is_known)


@dataclass(frozen=True, slots=True)
class Ground:
    """One trait that speaks for it (`weight` above zero) or against it."""

    trait: str
    level: str
    weight: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """`chance` between 0 and 1, the strongest grounds first."""

    chance: float
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the bounds between which the true share lies (95 %, Wilson)."""

    yes: int
    all: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.yes / self.all if self.all else 0.0


def level_of(kind: str, value: Any, cuts: Sequence[float] = ()) -> str:
    """Which level of a trait a value is: the word itself, or the number of the band it lies in."""
    if value is None or value == "":
        return EMPTY
    if kind == "yes_no":
        return "yes" if value in (True, 1, "yes", "1", "true") else "no"
    if kind == "number":
        return str(bisect_right(cuts, float(value)))
    return str(value)


def estimate(model: Model, row: Row) -> Estimate:
    """The chance of a row, and why."""
    score, grounds = float(model["base"]), []
    for name, trait in model["traits"].items():
        level = level_of(trait["kind"], row.get(name), trait["cuts"])
        weights = trait["weights"]
        weight = float(weights.get(level, weights.get(OTHER, 0.0)))
        score += weight
        grounds.append(Ground(name, level, weight))
    grounds.sort(key=lambda ground: -abs(ground.weight))
    telling = tuple(ground for ground in grounds if abs(ground.weight) >= 0.05)  # less is noise (ours)
    return Estimate(stepped(model["steps"], 1 / (1 + math.exp(-score))), telling[:REASONS])


def stepped(steps: Sequence[Sequence[float]], value: float) -> float:
    """What came true of those who were given this figure: between the known points in a straight line."""
    xs, ys = steps
    if not xs:
        return value
    place = bisect_right(xs, value)
    if place == 0:
        return ys[0]
    if place == len(xs):
        return ys[-1]
    x0, x1, y0, y1 = xs[place - 1], xs[place], ys[place - 1], ys[place]
    return y0 if x1 == x0 else y0 + (y1 - y0) * (value - x0) / (x1 - x0)


def wilson(yes: int, every: int) -> Share:
    """A share with its 95 % interval; nothing known is everything possible."""
    if not every:
        return Share(0, 0, 0.0, 1.0)
    share, z2 = yes / every, Z * Z
    middle = (share + z2 / (2 * every)) / (1 + z2 / every)
    half = Z / (1 + z2 / every) * math.sqrt(share * (1 - share) / every + z2 / (4 * every * every))
    return Share(yes, every, max(0.0, middle - half), min(1.0, middle + half))


def shares(rows: Sequence[Row], labels: Sequence[bool], group: str) -> dict[str, list[int]]:
    """Of each group how many came true, of how many."""
    found: dict[str, list[int]] = {}
    for row, label in zip(rows, labels, strict=True):
        pair = found.setdefault(level_of("word", row.get(group)), [0, 0])
        pair[0] += bool(label)
        pair[1] += 1
    return found


def of_group(groups: Mapping[str, Sequence[int]], every: Sequence[int], value: Any) -> Share:
    """The share of a row's group; of everybody where nobody of the group is known."""
    yes, count = groups.get(level_of("word", value), (0, 0))
    return wilson(yes, count) if count else wilson(every[0], every[1])


def band(cuts: Sequence[float], level: str) -> tuple[float | None, float | None]:
    """From where to where a band of numbers goes; None is without end."""
    place = int(level)
    return (cuts[place - 1] if place else None), (cuts[place] if place < len(cuts) else None)
