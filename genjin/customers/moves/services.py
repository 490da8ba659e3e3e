"""Writing the moves down: whoever records a change of class in the audit trail notes it in the same transaction."""

from collections.abc import Iterable
from typing import Any

from genjin.core.audit.models import Entry
from genjin.core.events import emit
from genjin.customers.events import ClassesMoved
from genjin.customers.moves.models import ClassMove
from genjin.customers.moves.rules import cause_of, direction_of

BATCH = 1000


def note_moves(entries: Iterable[tuple[Entry, Any]]) -> None:
    """Note the moves that these audit entries tell of, each with its customer as it is afterwards.

    A move that is taken back is marked as that, and counts no more; one that cannot be found is noted the other way.
    """
    moves = [move for entry, customer in entries if (move := _move_of(entry, customer)) is not None]
    undone = {move.customer_id: move for move in moves if move.cause == ClassMove.Cause.UNDO}
    taken_back = _taken_back(undone) if undone else {}
    for pk, known in taken_back.items():
        known.undone_at = undone[pk].at
    ClassMove.objects.bulk_update(taken_back.values(), ["undone_at"], batch_size=BATCH)
    rest = [move for move in moves if undone.get(move.customer_id) is not move or move.customer_id not in taken_back]
    ClassMove.objects.bulk_create(rest, batch_size=BATCH)
    if moves:
        emit(ClassesMoved([move.customer_id for move in moves], moves[0].by, moves[0].at))


def _move_of(entry: Entry, customer: Any) -> ClassMove | None:
    before, after = entry.changes.get("class_code", (None, None))
    if not before or not after or before == after:
        return None
    return ClassMove(
        customer_id=entry.subject,
        at=entry.at,
        by=entry.by,
        owner_id=customer.owner_id,
        playbook=customer.playbook,
        from_code=before,
        to_code=after,
        direction=direction_of(entry.changes),
        cause=cause_of(entry.verb, entry.changes),
        rule=entry.changes.get("rule", (None, {}))[1] or {},
        reason=entry.note[:200],
        version=entry.changes["version"][1],
    )


def _taken_back(undone: dict[int, ClassMove]) -> dict[int, ClassMove]:
    """The last standing move of each of these customers, where it is the one that is taken back."""
    last: dict[int, ClassMove] = {}
    for move in ClassMove.objects.standing().filter(customer__in=list(undone)).order_by("at", "pk"):
        last[move.customer_id] = move
    return {
        pk: move
        for pk, move in last.items()
        if (move.from_code, move.to_code) == (undone[pk].to_code, undone[pk].from_code)
    }
