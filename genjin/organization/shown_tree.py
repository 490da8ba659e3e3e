"""Units as they are shown: top down, children under their parents, in the order they were made."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from genjin.organization.models import Unit
from genjin.organization.rules import Tree

INDENT = "\u3000"  # a full-width space: a select shows it, ordinary ones it swallows


def in_tree_order(units: Iterable[Unit]) -> Iterator[tuple[Unit, int]]:
    """Every unit with its depth below the topmost ones among `units`."""
    units = list(units)
    known = {unit.pk for unit in units}
    children: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        children[unit.parent_id if unit.parent_id in known else None].append(unit)

    def below(parent: int | None, depth: int) -> Iterator[tuple[Unit, int]]:
        for unit in sorted(children[parent], key=lambda child: child.pk):
            yield unit, depth
            yield from below(unit.pk, depth + 1)

    return below(None, 0)


def visible_tree(units: Iterable[Unit]) -> Tree:
    """What lies above and below among these units."""
    return Tree({unit.pk: unit.parent_id for unit in units})


def choices_of(units: Iterable[Unit]) -> list[tuple[int, str]]:
    """For a select: indented by depth."""
    return [(unit.pk, INDENT * depth + unit.name) for unit, depth in in_tree_order(units)]
