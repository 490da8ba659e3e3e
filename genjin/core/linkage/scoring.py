"""How surely two records are of one: points of every comparison, their sum as a chance, and the reasons."""

from itertools import permutations
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from genjin.core.linkage.keys import Record
from genjin.core.linkage.schemes import By, Comparison, Scheme

PART = 0.85  # how alike a name and a part of it are (ours)
SHORTEST_PART = 4  # characters: fewer stand in too many names


class Likeness(NamedTuple):
    """One field of both: how alike (0 to 1) and what that says. `other` is the second record's field, if exchanged."""

    field: str
    other: str
    alike: float
    points: float


class Score(NamedTuple):
    """`percent`: the chance that both are of one, 0 to 100. `is_strong`: a strong field is equal."""

    points: float
    percent: int
    is_strong: bool
    likenesses: tuple[Likeness, ...]

    @property
    def reasons(self) -> tuple[Likeness, ...]:
        """What speaks for it, the weightiest first."""
        return tuple(sorted((one for one in self.likenesses if one.points > 0), key=lambda one: -one.points))


def score(scheme: Scheme, one: Record, other: Record) -> Score:
    found: list[Likeness] = []
    for comparison in scheme.comparisons:
        found.extend(_compared(comparison, one, other))
    points = scheme.prior + sum(each.points for each in found)
    is_strong = any(each.alike == 1 and each.field == each.other and each.field in scheme.strong for each in found)
    return Score(points, chance(points), is_strong, tuple(found))


def certain_by(scheme: Scheme, one: Record, other: Record) -> str:
    """The name of the first rule by which both are of one beyond doubt, "" where none says so."""

    def shared(field: str) -> bool:
        return not set(one.get(field, ())).isdisjoint(other.get(field, ()))

    def agree(field: str) -> bool:
        return shared(field) or not one.get(field) or not other.get(field)

    for rule in scheme.certain:
        if any(one.get(field) or other.get(field) for field in rule.lacking):
            continue
        if all(map(shared, rule.same)) and all(map(agree, rule.agreeing)):
            return rule.name
    return ""


def chance(points: float) -> int:
    """Bits of evidence as percent, never quite 0 or 100."""
    return min(99, max(1, round(100 / (1 + 2.0**-points))))


def _compared(comparison: Comparison, one: Record, other: Record) -> list[Likeness]:
    """Field by field; where several may have been exchanged, in the order that says most for one person."""
    fields = comparison.fields
    best: list[Likeness] = []
    most = float("-inf")
    for order in permutations(fields):  # the first is that in which nothing was exchanged
        found = [each for pair in zip(fields, order, strict=True) if (each := _field(comparison, *pair, one, other))]
        points = sum(each.points for each in found)
        if points > most:
            best, most = found, points
        if all(each.alike == 1 for each in best):
            break
    return best


def _field(comparison: Comparison, mine: str, its: str, one: Record, other: Record) -> Likeness | None:
    alike = similarity(comparison.by, one.get(mine, ()), other.get(its, ()), comparison.begins)
    return None if alike is None else Likeness(mine, its, alike, _points(comparison, alike))


def _points(comparison: Comparison, alike: float) -> float:
    risen = max(0.0, (alike - comparison.begins) / (1 - comparison.begins))
    return comparison.unlike + (comparison.same - comparison.unlike) * risen


def similarity(by: By, values: tuple[str, ...], others: tuple[str, ...], least: float = 0.0) -> float | None:
    """How alike the two nearest of them are, 0 to 1, and 0 below `least`; None where one record has none."""
    if not values or not others:
        return None
    if not set(values).isdisjoint(others):
        return 1.0
    if by == "equal":
        return 0.0
    if by == "part" and any(_is_part(mine, its) for mine in values for its in others):
        return max(PART, similarity("text", values, others, least) or 0.0)
    measure = JaroWinkler.similarity if by == "name" else OSA.normalized_similarity
    return max(measure(mine, its, score_cutoff=least) for mine in values for its in others)


def _is_part(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST_PART and short in long
