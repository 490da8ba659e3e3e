"""A customer that comes to a unit with another playbook: which class it becomes."""

from genjin.playbooks.variant import CustomerClass, Variant


def map_class(playbook: Variant, from_playbook_code: str, class_code: str) -> CustomerClass:
    """The class here: within the same playbook its own or what that became, else by the table, else the entry class."""
    if from_playbook_code == playbook.code:
        code = playbook.retired.get(class_code, class_code)
        return playbook.class_of(code) if playbook.has_class(code) else playbook.entry_class
    mapped = playbook.comes_from.get(from_playbook_code, {}).get(class_code)
    return playbook.class_of(mapped) if mapped else playbook.entry_class
