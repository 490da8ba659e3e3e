"""Save everything in one file while everybody goes on working: rows, imported files, the key of this installation.

genjin backup                    into the backup folder (GENJIN_BACKUP_FOLDER), where the old ones are thinned out
genjin backup --to /mnt/stick    into another folder, where nothing is taken away
"""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where it goes instead of the backup folder")


def run(arguments: argparse.Namespace) -> int:
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from genjin.config.cli import say
    from genjin.config.preparing import CannotStart, require_known_database
    from genjin.core.backup.services import make_and_rotate, make_backup
    from genjin.core.reasons import Refused
    from genjin.web.wording import word

    require_known_database()
    try:
        at = timezone.now()
        made = make_backup(at=at, folder=arguments.to) if arguments.to else make_and_rotate(at=at)
    except Refused as refused:
        raise CannotStart(word(refused)) from refused
    figures = {"path": made.path, "size": f"{made.size / 1e6:.1f}"}
    say(
        _("Saved: %(path)s (%(size)s MB, encrypted)") % figures
        if made.is_sealed
        else _("Saved: %(path)s (%(size)s MB)") % figures
    )
    return 0
