"""Was a contact effective. The form proposes, the person may overrule, both are kept."""

from collections.abc import Collection


def effective(
    *,
    reached: bool,
    interests: Collection[str] = (),
    objections: Collection[str] = (),
    promise: bool = False,
    appointment: bool = False,
) -> bool:
    """A person was spoken with, and at least one of interest, objection, promise, appointment was noted (ours)."""
    return reached and bool(interests or objections or promise or appointment)
