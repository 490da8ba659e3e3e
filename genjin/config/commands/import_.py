"""Import customers or contacts made before, or undo an import: say what would happen (--dry-run), or do it. Exit 1 when
it cannot.

genjin import customers list.xlsx --as liang --pool 华东一组 --dry-run
genjin import customers list.csv --as liang --map 公司=name --map 备注= --owner lin
genjin import contacts history.csv --as liang --blank noted
genjin import --undo 7 --as liang
"""

import argparse
from pathlib import Path

CHUNK = 1 << 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["customers", "contacts"], nargs="?")
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--undo", type=int, metavar="RUN", help="take the import of this number back")
    parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help="what a column goes to")
    parser.add_argument("--pool", metavar="UNIT", help="the unit whose pool takes rows without an owner")
    parser.add_argument("--owner", metavar="SIGN_IN", help="who is given the rows without an owner, instead of a pool")
    parser.add_argument("--as", dest="actor", metavar="SIGN_IN", help="who imports; the first owner when not given")
    parser.add_argument("--kind", choices=["org", "household", "person"], help="what the customers are")
    parser.add_argument("--excess-to-pool", action="store_true", help="what cannot be reached in time goes to a pool")
    parser.add_argument("--mode", choices=["create", "update", "update_only"], default="create")
    parser.add_argument("--key", choices=["phone", "external_id", "name_city"], default="phone", help="what tells them")
    parser.add_argument("--overwrite", action="append", default=[], metavar="FIELD", help="not only where it is empty")
    parser.add_argument(
        "--blank", choices=["no", "noted"], default="no",
        help="contacts that do not say whether they were effective: none is, or those with something written down",
    )  # fmt: skip
    parser.add_argument("--again", action="store_true", help="import a file that was imported before once more")
    parser.add_argument("--dry-run", action="store_true", help="write nothing, only say what would happen")


def run(arguments: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from genjin.config.cli import refusable, say
    from genjin.config.preparing import require_current_database

    require_current_database()
    if arguments.undo is None and arguments.file is None:
        say(_("Say what to import: genjin import customers FILE."))
        return 1
    if arguments.undo is not None:
        return refusable(_undo, arguments)
    if not arguments.file.is_file():
        say(_("There is no file %(path)s.") % {"path": arguments.file})
        return 1
    return refusable(_import, arguments)


def _import(arguments: argparse.Namespace) -> int:
    """Read, match, check and, unless it is a dry run, write."""
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from genjin.config.cli import say
    from genjin.core.transfer import runs
    from genjin.core.transfer.models import ImportRun
    from genjin.customers.importing.kind import KIND
    from genjin.customers.importing.showing import has_name
    from genjin.followups.contacts_made.kind import KIND as CONTACTS_MADE

    by, at = acting(arguments.actor), timezone.now()
    with arguments.file.open("rb") as file:
        pieces = iter(lambda: file.read(CHUNK), b"")
        kind = CONTACTS_MADE.name if arguments.what == "contacts" else KIND.name
        run = runs.receive(kind=kind, pieces=pieces, file_name=arguments.file.name, by=by, at=at)
    try:
        mapping = {**run.mapping, **_chosen(arguments.map, run.header)}
        for title in run.header:
            say(f"  {title} → {mapping[title] or '-'}")
        runs.choose(run=run, mapping=mapping, options=_options(arguments, by, has_name(mapping)), by=by, at=at)
        run.refresh_from_db()
        runs.check(run, at=at)
        run.refresh_from_db()
        _report(run, run.preview.get("counts"))
        if arguments.dry_run or run.state != ImportRun.State.CHECKED:
            return 0 if run.state == ImportRun.State.CHECKED else 1
        runs.start(run=run, by=by, at=at)
        runs.carry_out(run, at=at)
        run.refresh_from_db()
        say(_("Imported: %(created)s, duplicates: %(skipped)s, errors: %(failed)s, rows: %(rows)s") % vars(run))
        if run.updated or run.unchanged:
            say(_("Updated: %(updated)s, unchanged: %(unchanged)s") % vars(run))
        say(_("To take it back: genjin import --undo %(run)s") % {"run": run.pk})
        return 0 if run.state == ImportRun.State.DONE else 1
    finally:
        if run.started_at is None:
            runs.discard(run=run, by=by)


def _undo(arguments: argparse.Namespace) -> int:
    """Say what undoing would do and, unless it is a dry run, do it."""
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from genjin.config.cli import say
    from genjin.core.reasons import Refused
    from genjin.core.transfer import undoing
    from genjin.core.transfer.models import ImportRun
    from genjin.customers.importing.kept import SHOWN_KEPT, kept_rows

    by, at = acting(arguments.actor), timezone.now()
    run = ImportRun.objects.visible_to(by).filter(pk=arguments.undo).first()
    if run is None or not (undoing.can_be_undone(run) or run.state == ImportRun.State.UNDOING):
        raise Refused("import_cannot_be_undone")
    if arguments.dry_run:
        found = undoing.forecast(run)
        counts, kept = {"removed": found.remove, "restored": found.restore, "kept": found.keep}, found.first_kept
    else:
        undoing.start_undo(run=run, by=by, at=at)
        undoing.carry_out_undo(run, at=at)
        run.refresh_from_db()
        counts, kept = vars(run), run.kept_records.all()[:SHOWN_KEPT]
    say(_("Removed: %(removed)s, given back what stood before: %(restored)s, kept: %(kept)s") % counts)
    for row in kept_rows(kept, by):
        say("  " + "  ".join(filter(None, (row.customer.name if row.customer else "", row.what, row.who))))
    return 0


def acting(sign_in: str | None):
    """Who imports: the person named, else the first owner of the company."""
    from genjin.core.reasons import Refused
    from genjin.organization.models import Person, Role

    active = Person.objects.active()
    named = active.filter(sign_in__iexact=sign_in) if sign_in else active.filter(role=Role.OWNER)
    if (found := named.first()) is None:
        raise Refused("owner_unknown", name=sign_in or "")
    return found


def _chosen(pairs: list[str], header: list[str]) -> dict[str, str]:
    """Column → field of the --map arguments; a column the file does not have is refused."""
    from genjin.core.reasons import Refused

    chosen = {}
    for pair in pairs:
        title, _equals, field = pair.rpartition("=")
        if title not in header:
            raise Refused("no_such_column", name=title or pair)
        chosen[title] = field
    return chosen


def _options(arguments: argparse.Namespace, by, named: bool) -> dict:
    """The answers that the page asks for."""
    from genjin.core.reasons import Refused
    from genjin.organization.models import Person, Unit

    unit = Unit.objects.visible_to(by).filter(name=arguments.pool).first() if arguments.pool else by.unit
    if unit is None:
        raise Refused("pool_outside_scope")
    owner = None
    if arguments.owner and (owner := Person.objects.filter(sign_in__iexact=arguments.owner).first()) is None:
        raise Refused("owner_unknown", name=arguments.owner)
    return {
        "kind": arguments.kind or ("org" if named else "person"),
        "give_to": "person" if owner else "column",
        "owner": owner.pk if owner else None,
        "pool": unit.pool.pk,
        "name_from_row": not named,
        "excess_to_pool": arguments.excess_to_pool,
        "again": arguments.again,
        "blank": arguments.blank,
        "mode": arguments.mode,
        "key": arguments.key,
        "rules": dict.fromkeys(arguments.overwrite, "overwrite"),
    }


def _report(run, counts: dict | None) -> None:
    """What would become of the rows, and the first that are wrong."""
    from django.utils.translation import gettext as _

    from genjin.config.cli import say
    from genjin.web.wording import word

    if run.stopped_because is not None:
        say(word(run.stopped_because))
    if not counts:
        return
    say(
        _("%(rows)s rows: %(create)s new, %(skip)s duplicates, %(error)s errors") % counts
        + (_(", %(change)s updated, %(same)s unchanged") % counts if counts["change"] or counts["same"] else "")
        + (_(", %(n)s overdue at once") % {"n": run.preview["overdue"]} if run.preview.get("overdue") else "")
    )
    for one in run.preview.get("unreachable", []):
        say(_("%(name)s: %(new)s new customers, %(room)s of them can be reached in time, %(excess)s cannot") % one)
    for one in run.preview.get("backlog", []):
        said = _("%(name)s: %(count)s overdue, %(days)s working days at %(a_day)s a day") % one
        say(said + (_(", %(left)s with no place in three months") % one if one["left"] else ""))
    for problem in run.problems.filter(is_skip=False).order_by("row")[:10]:
        say(f"  {problem.row}  {problem.column}  {word(problem.reason)}")
