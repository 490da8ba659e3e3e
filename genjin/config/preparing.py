"""Bringing a database to where the product can serve from it. Done twice, the second time changes nothing."""

import errno
import socket

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.config.holding import CannotStart, hold_folder
from genjin.config.layout import APPS
from genjin.config.messages import compile_catalogues
from genjin.core import statistics
from genjin.core.calendar.services import fill_known_years
from genjin.core.jobs.queue import ready as queue_ready


def require_free_port(host: str, port: int) -> None:
    """Raise CannotStart when somebody else listens where we want to."""
    family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            figures = {"host": host, "port": port, "reason": error.strerror}
            if error.errno == errno.EADDRINUSE:
                message = _("Port %(port)s is taken by another program: choose one with GENJIN_PORT.") % figures
            else:
                message = _("Cannot listen on %(host)s port %(port)s: %(reason)s.") % figures
            raise CannotStart(message) from error


def require_known_database() -> None:
    """Raise CannotStart when the database cannot be reached, was written by a newer Genjin, or is being restored.

    From here on this process holds the data folder: no backup is put back under it.
    """
    hold_folder(settings.DATA)
    try:
        connection.ensure_connection()
    except OperationalError as error:
        reason = " ".join(str(error).split())
        raise CannotStart(_("The database cannot be reached: %(reason)s") % {"reason": reason}) from error
    newer = sorted(f"{app}.{name}" for app, name in unknown_migrations())
    if newer:
        raise CannotStart(
            _("The database was written by a newer Genjin (%(migration)s): start that version, or restore a backup.")
            % {"migration": newer[-1]}
        )


def require_current_database() -> None:
    """Raise CannotStart unless the database's tables are those of this code: for a process that does not migrate."""
    require_known_database()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CannotStart(_("The database's tables are of an older Genjin: run `genjin migrate` first."))


def unknown_migrations() -> set[tuple[str, str]]:
    """Migrations of ours that the database has seen and this code does not know."""
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    ours = {app.label for app in _own_apps()}
    return {key for key in loader.applied_migrations if key[0] in ours and key not in known}


def _own_apps() -> list:
    from django.apps import apps

    names = tuple(f"genjin.{app}" for app in APPS)
    return [app for app in apps.get_app_configs() if app.name.startswith(names)]


def migrate() -> bool:
    """Bring the tables up to date; answers whether there was anything to do."""
    executor = MigrationExecutor(connection)
    pending = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if pending:
        call_command("migrate", interactive=False, verbosity=0)
        statistics.refresh()  # of new indexes it knows nothing yet
    queue_ready()
    return pending


def prepare() -> None:
    """Everything that serving needs before the first request."""
    compile_catalogues()
    require_known_database()
    migrate()
    fill_known_years(at=timezone.now())
