"""What the house itself has to do by the clock."""

from django.db import connection

from genjin.core import statistics
from genjin.core.jobs.queue import periodic


@periodic(hour="2", minute="40")
def refresh_statistics() -> None:
    """Let the database count its tables anew while nobody works."""
    statistics.refresh()


@periodic(minute="*")
def bring_log_into_file() -> None:
    """SQLite writes to a log first; bring its pages into the file here, where nobody waits for the disk."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
