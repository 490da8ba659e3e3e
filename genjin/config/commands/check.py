"""Ask the database whether its rows are true: owners, dates, units, counts, search.

Exit 0 when everything is true, 1 with the rows that are not. With --search only search is asked, and what is wrong
there is put right and named: exit 0 when nothing was wrong, 1 when all that was wrong has been put right, 3 when
something still is wrong.
"""

import argparse

NAMED = 20  # of what was put right so many rows are named, the others counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--search", action="store_true", help="prove the search index against the rows and repair it")


def run(arguments: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from genjin.config.checking import untruths
    from genjin.config.cli import say
    from genjin.config.preparing import require_current_database

    if arguments.search:
        return repair_search()
    require_current_database()
    found = 0
    for untruth in untruths():
        found += 1
        say(str(untruth))
    say(_("%(count)s rows are not true.") % {"count": found} if found else _("Everything is true."))
    return 1 if found else 0


def repair_search() -> int:
    from collections import Counter

    from django.utils.translation import gettext as _

    from genjin.config.cli import say
    from genjin.config.preparing import require_current_database
    from genjin.core.search import services

    require_current_database()
    words = {
        "missing": _("was not found at all"),
        "stale": _("was found by what it was called before"),
        "orphan": _("was found and is gone"),
        "unlisted": _("was found by the wrong words"),
        "unreadable": _("could not be read and was made anew"),
    }
    repaired: Counter[str] = Counter()
    for difference in services.repair():
        repaired[difference.what] += 1
        if repaired.total() <= NAMED:
            say(f"{difference.kind or 'index'} {difference.pk}: {words[difference.what]}")
    if not repaired:
        say(_("Search finds what there is: every row, by every word."))
        return 0
    for what, count in repaired.items():
        say(_("Put right: %(count)s (%(what)s).") % {"count": count, "what": words[what]})
    left = sum(1 for _difference in services.differences())
    if left:
        say(_("%(count)s are still wrong.") % {"count": left})
    return 3 if left else 1
