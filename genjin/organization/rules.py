"""What a role sees and may do to colleagues, and what lies above and below a unit. Plain values in, answer out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from unicodedata import normalize

from genjin.core.reasons import Reason
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


RANK = {"owner": 2, "manager": 1}
ROLES = ("owner", "manager", "seller", "service", "reader")


def roles_one_may_give(role: str) -> tuple[str, ...]:
    """The roles somebody of `role` may give to others, highest first: none above their own."""
    if role not in RANK:
        return ()
    return tuple(given for given in ROLES if RANK.get(given, 0) <= RANK[role])


def may_hold_customers(*, role: str, is_active: bool) -> bool:
    """Whether somebody may own customers: everybody who works here and may do more than read."""
    return is_active and role != "reader"


def refusal_to_touch(*, actor: Scope, actor_role: str, person_role: str, person_unit: int) -> Reason | None:
    """Why somebody may not change this colleague: outside one's units, or of a higher role."""
    if not actor.everything and person_unit not in actor.units:
        return Reason("person_outside_your_units")
    if person_role not in roles_one_may_give(actor_role):
        return Reason("person_ranks_above_you")
    return None


def refusal_to_place(*, actor: Scope, actor_role: str, role: str, unit: int) -> Reason | None:
    """Why somebody may not put a colleague into this unit with this role."""
    if not actor.everything and unit not in actor.units:
        return Reason("unit_outside_yours")
    if role not in roles_one_may_give(actor_role):
        return Reason("role_above_your_own")
    return None


def refusal_to_change_role(
    *, is_self: bool, role_before: str, role: str, other_owners: int, held: int
) -> Reason | None:
    """Why a role stays: one's own, the last owner's, or to read only while something is still held."""
    if role == role_before:
        return None
    if is_self:
        return Reason("not_your_own_role")
    if role_before == "owner" and other_owners == 0:
        return Reason("last_owner_stays_owner")
    if role == "reader" and held:
        return Reason("reader_still_holds", {"count": held})
    return None


def refusal_to_deactivate(*, is_self: bool, is_active: bool, role: str, other_owners: int) -> Reason | None:
    """Why somebody cannot leave now. `other_owners`: active owners besides them."""
    if not is_active:
        return Reason("person_left_already")
    if is_self:
        return Reason("not_yourself")
    if role == "owner" and other_owners == 0:
        return Reason("last_owner_stays")
    return None


def refusal_to_receive(*, name: str, role: str, is_active: bool, is_leaver: bool, in_scope: bool) -> Reason | None:
    """Why somebody cannot take on what another one leaves."""
    if is_leaver:
        return Reason("receiver_is_the_leaver", {"name": name})
    if not in_scope:
        return Reason("receiver_outside_your_units")
    if not is_active:
        return Reason("receiver_has_left", {"name": name})
    if not may_hold_customers(role=role, is_active=is_active):
        return Reason("receiver_only_reads", {"name": name})
    return None


def refusal_to_hang_under(*, unit: int, parent: int | None, parent_before: int | None, tree: Tree) -> Reason | None:
    """Why a unit cannot be moved below `parent`: the root stays the root, and nothing lies below itself."""
    if parent == parent_before:
        return None
    if parent_before is None:
        return Reason("root_stays_root")
    if parent is None:
        return Reason("one_root_only")
    if parent in tree.below(unit):
        return Reason("unit_below_itself")
    return None


def refusal_of_week(*, week: str, six_day_from: date | None) -> Reason | None:
    """Alternating weeks need a Monday that says which week has six days."""
    if week != "alternating":
        return None
    if six_day_from is None:
        return Reason("six_day_monday_missing")
    if six_day_from.weekday() != 0:
        return Reason("six_day_from_is_no_monday", {"day": six_day_from.isoformat()})
    return None


def refusal_of_link(*, used: bool, expires_at: datetime, at: datetime, person_active: bool) -> Reason | None:
    """Why a one-time link no longer opens the door."""
    if used:
        return Reason("link_used")
    if at >= expires_at or not person_active:
        return Reason("link_expired")
    return None


def even_shares(total: int, among: int) -> list[int]:
    """How many each of `among` gets when `total` are dealt out in turn: the first ones get what is left over."""
    each, over = divmod(total, among)
    return [each + (place < over) for place in range(among)]


def normal_sign_in(text: str) -> str:
    """How a sign-in is kept and compared: full-width letters folded, lower case, no space around."""
    return normalize("NFKC", text).strip().lower()
