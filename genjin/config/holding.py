"""Who works with a data folder: everybody that serves holds it together, a restore holds it alone.

A lock of the system on a file in it, which ends with the process however that ends.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

NAME = "in_use"
_held: list[IO[str]] = []


class CannotStart(Exception):
    """The product cannot serve; the message says in one sentence why and what to do."""


def hold_folder(folder: Path) -> None:
    """Hold it until this process ends, with all that it forks. Raises CannotStart while a backup is being restored."""
    try:
        file = (folder / NAME).open("a")
    except OSError:
        return  # a folder that cannot be written says so itself, later and better
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise CannotStart(_("A backup is being restored into %(folder)s.") % {"folder": folder}) from error
    _held.append(file)


@contextmanager
def hold_alone(folder: Path) -> Iterator[None]:
    """Raises CannotStart while Genjin serves from the folder."""
    with (folder / NAME).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotStart(_("Genjin is serving from %(folder)s: stop it first.") % {"folder": folder}) from error
        yield
