"""Put a backup back: prove it first, keep what was there beside it. Genjin must not be serving.

genjin restore data/backups/genjin-20261124-023000.tar.gz
genjin restore … --prove      only say whether it could be restored, change nothing
"""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--prove", action="store_true", help="only say whether it could be restored")


def run(arguments: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from genjin.config.cli import say
    from genjin.config.preparing import CannotStart
    from genjin.config.restoring import Restoring
    from genjin.core.reasons import Refused
    from genjin.web.wording import word

    if not arguments.file.is_file():
        raise CannotStart(_("There is no file %(path)s.") % {"path": arguments.file})
    try:
        with Restoring(arguments.file, say=say) as restoring:
            restoring.prove()
            if arguments.prove:
                say(_("It could be restored. Nothing was changed."))
                return 0
            kept = restoring.replace()
    except Refused as refused:
        raise CannotStart(word(refused)) from refused
    say(
        _("Restored, as it was on %(when)s. What was there before is kept: %(kept)s")
        % {"when": restoring.made_at, "kept": kept}
    )
    return 0
