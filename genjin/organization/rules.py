"""What a role sees, and what lies above and below a unit. Plain values in, answer out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from genjin.core.scoping import Scope


class Tree:
    """Units by key with their parents."""

    def __init__(self, parents: Mapping[int, int | None]) -> None:
        self.parents = parents
        self._children: dict[int | None, list[int]] = defaultdict(list)
        for unit, parent in parents.items():
            self._children[parent].append(unit)

    def below(self, unit: int) -> frozenset[int]:
        """The unit and everything under it."""
        found, waiting = {unit}, [unit]
        while waiting:
            for child in self._children[waiting.pop()]:
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return frozenset(found)

    def above(self, unit: int) -> frozenset[int]:
        """The unit and everything over it."""
        return frozenset(self.upward(unit))

    def upward(self, unit: int) -> Iterator[int]:
        """The unit, its parent, and so on to the top."""
        seen: set[int] = set()
        current: int | None = unit
        while current is not None and current not in seen:
            seen.add(current)
            yield current
            current = self.parents.get(current)


def scope_of(*, person: int, role: str, unit: int, tree: Tree) -> Scope:
    """Whose rows a role sees (E8: headquarters sees regions, a region its dealers, a dealer only itself).

    An owner sees all, a manager and a reader their unit and what lies below, service people their own unit, a seller
    their own rows; everybody also what lies in the pools of their unit and of those above it.
    """
    if role == "owner":
        return Scope(person=person, everything=True)
    if role in ("manager", "reader"):
        units = tree.below(unit)
        return Scope(person=person, units=units, commons=units | tree.above(unit))
    if role == "service":
        return Scope(person=person, units=frozenset({unit}), commons=tree.above(unit))
    return Scope(person=person, commons=tree.above(unit))
