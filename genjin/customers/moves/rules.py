"""What kind of move an audit entry tells of. Plain values in, answer out."""

from collections.abc import Mapping
from typing import Any, Literal

Cause = Literal["note", "hand", "bulk", "proposal", "import", "playbook", "transfer", "undo"]
Direction = Literal["up", "down", ""]

CAUSE_OF_VERB: Mapping[str, Cause] = {
    "touch.saved": "note",
    "customer.class_moved": "hand",
    "proposal.accepted": "proposal",
    "customer.import_updated": "import",
    "customer.playbook_changed": "playbook",
    "customer.playbook_renewed": "playbook",
    "customer.undone": "undo",
    "touch.undone": "undo",
    "proposal.undone": "undo",
    "customer.import_taken_back": "undo",
}


def cause_of(verb: str, changes: Mapping[str, list[Any]]) -> Cause:
    """Why the class moved. Whoever changes hands is mapped to the new unit's playbook in passing: a transfer."""
    if verb == "customer.class_moved" and "bulk_run" in changes:
        return "bulk"
    return CAUSE_OF_VERB.get(verb, "transfer")


def direction_of(changes: Mapping[str, list[Any]]) -> Direction:
    """Up is nearer to payment, or won. Between two playbooks there is neither."""
    if "playbook" in changes:
        return ""
    won_before, won_after = changes.get("won_on", (None, None))
    if won_after and not won_before:
        return "up"
    before, after = changes.get("class_rank", (0, 0))
    if before == after:
        return ""
    return "up" if after < before else "down"
