"""How many new customers a person can reach in time. Plain values in, answer out."""

from dataclasses import dataclass

from genjin.playbooks.variant import Variant


def first_contact_classes(playbook: Variant) -> frozenset[str]:
    """The classes in which a customer waits for a first contact that has a last day."""
    return frozenset(cls.code for cls in playbook.classes if cls.first_contact_within is not None)


@dataclass(frozen=True, slots=True)
class Reach:
    """`waiting`: new ones the person holds already; `a_day` in `days` working days: what the day plan has for them."""

    waiting: int
    a_day: int
    days: int

    @property
    def room(self) -> int:
        """How many more can have their first contact in time."""
        return max(0, self.a_day * self.days - self.waiting)


def reach(playbook: Variant, *, slots: int, waiting: int) -> Reach:
    """In telesales 6 and 8 contacts a day for class 0 (C3) within 8 working days, never more than the person's `slots`.

    A block without a target may take the whole day.
    """
    classes = first_contact_classes(playbook)
    blocks = [block for block in playbook.blocks if classes.intersection(block.classes)]
    targets = [block.target for block in blocks if block.target is not None]
    a_day = min(slots, sum(targets)) if targets and len(targets) == len(blocks) else slots
    days = min((cls.first_contact_within or 0 for cls in playbook.classes if cls.code in classes), default=0)
    return Reach(waiting, a_day, days)
