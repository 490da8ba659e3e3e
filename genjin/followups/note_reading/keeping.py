"""What a note has is noted on it as it is written and corrected."""

from genjin.followups.models import Touch
from genjin.followups.note_reading.facts import Facts, facts, print_of
from genjin.playbooks.variant import Variant


def asks_objection(playbook: Variant, code: str) -> bool:
    """Whether a class still has doubts to note: not where all that is due is pressed for, nor after it was won."""
    if not playbook.has_class(code):
        return True
    return not (playbook.class_of(code).is_won or code in playbook.pressing_classes)


def keep_facts(touch: Touch, *, agreed: bool, asks_objection: bool) -> None:
    """Note on an effective contact what its note has. `agreed`: a promise or an appointment was made in it."""
    if not touch.is_effective:
        return
    touch.note_facts = facts_of(touch, agreed=agreed, asks_objection=asks_objection).number
    touch.note_print = print_of(touch.remarks)


def facts_of(touch: Touch, *, agreed: bool, asks_objection: bool) -> Facts:
    return facts(
        touch.remarks,
        interest=bool(touch.interests),
        objection=bool(touch.objections),
        services=bool(touch.services),
        next_step=agreed or bool(touch.bring_next),
        asks_objection=asks_objection,
    )
