"""The process that runs the jobs, and the sign that it lives."""

import logging
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from genjin.core import statistics
from genjin.core.jobs.models import Heartbeat
from genjin.core.jobs.queue import ready

log = logging.getLogger(__name__)

WORKER = "worker"
BEAT_SECONDS = 30
THREADS = 2


def beat(*, at: datetime) -> None:
    """Write that the worker lives."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"at": at})


def is_alive(*, at: datetime) -> bool:
    """Whether the worker gave a sign within the last three beats."""
    since = at - timedelta(seconds=3 * BEAT_SECONDS)
    return Heartbeat.objects.filter(name=WORKER, at__gte=since).exists()


def keep_beating(stop: threading.Event) -> None:
    """Beat until told to stop; a database that is away for a moment costs a beat, not the worker."""
    while not stop.is_set():
        close_old_connections()
        try:
            beat(at=timezone.now())
        except DatabaseError:
            log.warning("no heartbeat written", exc_info=True)
        stop.wait(BEAT_SECONDS)


def count_tables() -> None:
    """Let SQLite count its tables anew, which nobody waits for: with a cold disk a million customers take seconds.

    The nightly job does not run where the computer is switched off at night. PostgreSQL learns by itself.
    """
    try:
        if connection.vendor == "sqlite":
            statistics.refresh()
    except DatabaseError:
        log.warning("the tables were not counted", exc_info=True)
    finally:
        connection.close()


def read_jobs() -> None:
    """Read the code of every job."""
    autodiscover_modules("jobs")


def run_worker() -> None:
    """Run jobs until SIGTERM or Ctrl+C; what is running is finished first, for at most twenty seconds."""
    read_jobs()
    stop = threading.Event()
    threading.Thread(target=keep_beating, args=(stop,), name="heartbeat", daemon=True).start()
    threading.Thread(target=count_tables, name="statistics", daemon=True).start()
    consumer = ready().create_consumer(
        workers=THREADS, max_delay=1.0, shutdown_timeout=20, graceful_signal="TERM", flush_locks=True
    )
    try:
        consumer.run()
    finally:
        stop.set()
