"""Export a list of customers to a file. Exit 1 when it cannot be written.

genjin export customers list.csv --as liang --list "view=overdue"
genjin export customers all.xlsx --whole
"""

import argparse
import shutil
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["customers"])
    parser.add_argument("file", type=Path, help="ends in .csv or .xlsx")
    parser.add_argument(
        "--list", default="view=all", metavar="QUERY", help="what stands after the ? of a list's address"
    )
    parser.add_argument("--whole", action="store_true", help="all columns that an import reads, not those of the list")
    parser.add_argument("--as", dest="actor", metavar="SIGN_IN", help="who exports; the first owner when not given")


def run(arguments: argparse.Namespace) -> int:
    from genjin.config.cli import refusable
    from genjin.config.preparing import require_known_database

    require_known_database()
    return refusable(_export, arguments)


def _export(arguments: argparse.Namespace) -> int:
    """Write it where every export lies, and hand a copy over."""
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from genjin.config.cli import say
    from genjin.config.commands.import_ import acting
    from genjin.core.transfer import exports
    from genjin.customers import listing
    from genjin.customers.exporting.kind import KIND
    from genjin.customers.exporting.reading import AS_SHOWN, WHOLE_LIST
    from genjin.web.wording import word

    by, at = acting(arguments.actor), timezone.now()
    run = exports.ask(
        kind=KIND.name,
        query=listing.read(arguments.list, by).query,
        options={"columns": WHOLE_LIST if arguments.whole else AS_SHOWN},
        file_format=arguments.file.suffix.lower().removeprefix("."),
        by=by,
        at=at,
    )
    exports.carry_out(run, at=at)
    run.refresh_from_db()
    if run.said is not None:
        say(word(run.said))
    if run.state != run.State.DONE:
        return 1
    try:
        shutil.copyfile(exports.file_of(run), arguments.file)
    except OSError as error:
        say(_("%(file)s cannot be written: %(why)s") % {"file": arguments.file, "why": error.strerror})
        return 1
    say(_("%(title)s: %(rows)s rows in %(file)s") % {"title": run.title, "rows": run.rows, "file": arguments.file})
    return 0
