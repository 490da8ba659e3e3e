"""What the house itself has to do by the clock."""

from genjin.core import statistics
from genjin.core.jobs.queue import periodic


@periodic(hour="2", minute="40")
def refresh_statistics() -> None:
    """Let the database count its tables anew while nobody works."""
    statistics.refresh()
