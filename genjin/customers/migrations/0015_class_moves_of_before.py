"""What the audit trail tells of moves that were made before they were noted in a table of their own."""

from itertools import groupby

from django.db import migrations, models

CAUSES = {
    "touch.saved": "note", "customer.class_moved": "hand", "customer.import_updated": "import",
    "customer.playbook_changed": "playbook", "customer.playbook_renewed": "playbook",
}
UNDOING = {"customer.undone", "touch.undone", "customer.import_taken_back"}
BATCH = 2000


def fill(apps, schema_editor):
    """What the audit trail says of moves made before: walked from the newest, so that the owner of each moment is known."""
    Entry = apps.get_model("audit", "Entry")
    Customer = apps.get_model("customers", "Customer")
    told = Entry.objects.filter(kind="customer").filter(
        models.Q(changes__has_key="class_code") | models.Q(changes__has_key="owner_id")
    )
    rows, batch = told.order_by("subject", "-at", "-pk").iterator(chunk_size=BATCH), []
    for subject, entries in groupby(rows, key=lambda entry: entry.subject):
        batch.append((subject, list(entries)))
        if len(batch) >= BATCH:
            _write(apps, Customer, batch)
            batch = []
    _write(apps, Customer, batch)


def _write(apps, Customer, batch):
    ClassMove = apps.get_model("customers", "ClassMove")
    standing = {row[0]: row for row in Customer.objects.filter(pk__in=[pk for pk, _ in batch]).values_list("pk", "owner", "playbook")}
    moves = []
    for pk, entries in batch:
        if pk in standing:
            moves += _moves(ClassMove, standing[pk], entries)
    ClassMove.objects.bulk_create(moves, batch_size=1000)


def _moves(ClassMove, standing, entries):
    """The moves of one customer, oldest first; one that was taken back is marked so."""
    pk, owner, playbook = standing
    found = []
    for entry in entries:  # newest first
        changes = entry.changes
        before, after = changes.get("class_code", (None, None))
        if before and after and before != after:
            found.append(
                (entry, ClassMove(
                    customer_id=pk, at=entry.at, by_id=entry.by_id, owner_id=owner, playbook=playbook,
                    from_code=before, to_code=after, direction=_direction(changes), cause=_cause(entry.verb, changes),
                    reason=entry.note[:200], version=(changes.get("version") or (0, 1))[1],
                ))
            )
        if "owner_id" in changes:
            owner = changes["owner_id"][0]
        if "playbook" in changes:
            playbook = changes["playbook"][0] or playbook
    moves = []
    for entry, move in reversed(found):
        last = next((each for each in reversed(moves) if each.undone_at is None), None)
        is_back = last is not None and (last.from_code, last.to_code) == (move.to_code, move.from_code)
        if entry.verb in UNDOING and is_back:
            last.undone_at = entry.at
        else:
            moves.append(move)
    return moves


def _cause(verb, changes):
    if verb in UNDOING:
        return "undo"
    if verb == "customer.class_moved" and "bulk_run" in changes:
        return "bulk"
    return CAUSES.get(verb, "transfer")


def _direction(changes):
    if "playbook" in changes:
        return ""
    won_before, won_after = changes.get("won_on", (None, None))
    if won_after and not won_before:
        return "up"
    before, after = changes.get("class_rank", (0, 0))
    return "" if before == after else "up" if after < before else "down"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("customers", "0014_class_moves")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
