"""Work for later: put in the queue when the transaction commits, run by the job worker, tried again when it fails.

A job is a function of plain values (keys, dates, texts) in an app's `jobs.py`:

    @job
    def send_summary(person_pk: int) -> None: ...

    send_summary.later(person.pk)

The queue hands a job out before it has run, and hands it out again after a failure. So a job must be idempotent: run
twice it does what running once does. What must not be lost is a row with a state, swept by a `periodic` job.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, wraps
from typing import Any

import psycopg
from django.conf import settings
from django.db import close_old_connections, transaction
from django.utils import timezone
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab

NAME = "genjin"


def chosen_queue() -> Huey:
    """Redis where it is named, else PostgreSQL where the rows lie there, else a file beside the SQLite database."""
    if settings.REDIS_URL:
        return RedisHuey(NAME, url=settings.REDIS_URL, results=False)
    if settings.DATABASE_URL:
        return PostgresHuey(NAME, dsn=settings.DATABASE_URL, create_tables=False, results=False)
    return SqliteHuey(NAME, filename=str(settings.DATA / "jobs.sqlite3"), create_tables=False, results=False)


queue = chosen_queue()


@cache
def ready() -> Huey:
    """The queue with its tables; they are made on first use, not when the code is loaded."""
    if hasattr(queue.storage, "initialize_schema"):
        queue.storage.initialize_schema()
    return queue


class Job:
    """A function that can be run now (`job(...)`) or once what is being written stands (`job.later(...)`)."""

    def __init__(self, function: Callable[..., None], *, retries: int, delay: int) -> None:
        wraps(function)(self)
        self.function = function
        self.task = queue.task(name=function.__qualname__, retries=retries, retry_delay=delay, retry_backoff=2)(
            with_fresh_connections(function)
        )

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        self.function(*args, **kwargs)

    def later(self, *args: Any, **kwargs: Any) -> None:
        """Queue it when the current transaction commits; a transaction that is rolled back queues nothing."""
        transaction.on_commit(lambda: self._enqueue(args, kwargs))

    def soon(self, *args: Any, seconds: int) -> None:
        """As `later`, but run so many seconds after: what comes meanwhile is done along with it."""
        if settings.JOBS_IMMEDIATE:
            self.later(*args)
        else:
            transaction.on_commit(lambda: put(self.task.s(*args, delay=seconds)))

    def _enqueue(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        if settings.JOBS_IMMEDIATE:
            self.function(*args, **kwargs)
        else:
            put(self.task.s(*args, **kwargs))


def put(task: Any) -> None:
    """Hand a task to the queue, over a new connection where the old one broke since it was last used."""
    try:
        ready().enqueue(task)
    except psycopg.OperationalError:
        ready().storage.close()
        ready().enqueue(task)


def job(function: Callable[..., None] | None = None, *, retries: int = 5, delay: int = 15) -> Any:
    """Make a function a job. A failed one is tried again after `delay` seconds, then twice as long, and so on."""
    if function is None:
        return lambda wrapped: Job(wrapped, retries=retries, delay=delay)
    return Job(function, retries=retries, delay=delay)


def periodic(**when: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run a function by the clock of the organisation: `@periodic(hour="2", minute="10")`, `@periodic(minute="*/5")`.

    The places are those of cron (minute, hour, day, month, day_of_week); an hour named without a minute means on the
    hour. A run that fails is not repeated before its next time.
    """
    if "hour" in when:
        when.setdefault("minute", "0")
    matches = crontab(strict=True, **when)

    def decorator(function: Callable[[], None]) -> Callable[[], None]:
        queue.periodic_task(lambda moment: matches(organisation_time(moment)), name=function.__qualname__)(
            with_fresh_connections(function)
        )
        return function

    return decorator


def organisation_time(moment: datetime) -> datetime:
    """The queue's clock, which is UTC without saying so, as the organisation's wall clock."""
    return timezone.localtime(moment.replace(tzinfo=UTC))


def with_fresh_connections(function: Callable[..., None]) -> Callable[..., None]:
    """A connection that broke since the last job is dropped before the next one uses it."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        close_old_connections()
        try:
            function(*args, **kwargs)
        finally:
            close_old_connections()

    return run
