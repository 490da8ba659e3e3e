"""Whose matter a rung is. Plain values in, answer out."""

from collections.abc import Collection

from genjin.organization.rules import Tree


def answerable(unit: int, *, led: Collection[int], tree: Tree) -> tuple[int | None, int | None]:
    """The units whose leaders hear of a customer of `unit`: as its team lead, and above that as the region's.

    `led` are the units in which somebody leads. The nearest of them upward is the team's, the next one the region's; a
    company with one level has nobody above.
    """
    above = [each for each in tree.upward(unit) if each in led]
    return (above[0] if above else None, above[1] if len(above) > 1 else None)
