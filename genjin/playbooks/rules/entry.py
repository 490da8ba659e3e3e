"""May a customer enter a class: which of its conditions the notes do not yet meet."""

from collections.abc import Collection

from genjin.playbooks.variant import CustomerClass, EntryCondition

# What can be read from the customer and its notes, without anybody ticking it.
DERIVED_FACTS = frozenset({"product_introduced", "kp_known", "interest_known", "objection_known", "next_contact_clear"})


def missing_conditions(cls: CustomerClass, facts: Collection[str]) -> tuple[EntryCondition, ...]:
    """The conditions not met by these facts (codes: derived, ticked or confirmed by the lead)."""
    return tuple(each for each in cls.entry_conditions if not any(code in facts for code in each.codes))


def may_enter(cls: CustomerClass, facts: Collection[str]) -> bool:
    return not missing_conditions(cls, facts)
