"""Ask the database whether its rows are true: owners, dates, units, counts, search. Exit 1 with those that are not."""

import argparse


def run(arguments: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from genjin.config.checking import untruths
    from genjin.config.cli import say
    from genjin.config.preparing import require_current_database

    require_current_database()
    found = 0
    for untruth in untruths():
        found += 1
        say(str(untruth))
    say(_("%(count)s rows are not true.") % {"count": found} if found else _("Everything is true."))
    return 1 if found else 0
