"""From a rule's answer to a refusal."""

from genjin.core.reasons import Reason, Refused


def refuse_for(reason: Reason | None, kind: type[Refused] = Refused) -> None:
    """Raise when a rule gave a reason why not."""
    if reason is not None:
        raise kind(reason.code, **reason.figures)
