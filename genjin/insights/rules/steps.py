"""Which move between classes is a step nearer to payment."""

from genjin.playbooks.variant import CustomerClass, Variant


def is_nearer(playbook: Variant, before: str, after: str) -> bool:
    """Whether this move brought the customer nearer to payment, or won it.

    Nearer is what stands before it in the playbook's order and asks for something to be entered: whoever is put aside
    into class 5 or 7 came no nearer, though these stand before class 0. In a playbook that asks for nothing the order
    alone decides. Of a class that is no more nothing is said.
    """
    try:
        one, other = playbook.class_of(before), playbook.class_of(after)
    except KeyError:
        return False
    if other.is_won:
        return not one.is_won
    asks = any(cls.entry_conditions for cls in playbook.classes)
    return not one.is_won and other.rank < one.rank and (bool(other.entry_conditions) or not asks)


def is_new_three(playbook: Variant, before: str, after: str) -> bool:
    """Whether the customer became a class 3, key or normal, and was none before (C7)."""
    families = [playbook.class_of(code).family if playbook.has_class(code) else "" for code in (before, after)]
    return families[1] == "3" != families[0]


def stations(playbook: Variant) -> list[tuple[str, ...]]:
    """The classes on the way to payment, farthest first, those of one badge together: 0, 4, 3, key 3, 2, 1.

    Key 4 and key 0 are marks within their class; key 3 is a class of its own, for it has a stock target of its own.
    """
    groups: dict[tuple[str, ...], CustomerClass] = {}
    asks = any(cls.entry_conditions for cls in playbook.classes)
    for cls in playbook.classes:
        if cls.is_won or cls.closes_as or not (cls.is_queue or cls.entry_conditions or not asks):
            continue
        groups.setdefault(cls.counts_with, cls)
    return sorted(groups, key=lambda group: -groups[group].rank)
