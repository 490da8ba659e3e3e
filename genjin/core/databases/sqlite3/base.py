"""Django's SQLite, whose writers stand in line (`core/databases/line.py`) instead of scrambling for the lock.

The turn is taken where a transaction begins (`transaction_mode` is IMMEDIATE, so every transaction may write) or a
single statement writes by itself, and ends with it. Readers outside a transaction never wait.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base

from genjin.core.databases.line import Line, TooLong, line_of

FULL = 2
ONLY_READS = re.compile(
    r"\s*(SELECT|PRAGMA|EXPLAIN|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|VALUES|ATTACH|DETACH)\b", re.IGNORECASE
)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that knows whether it is its turn to write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held: Line | None = None
        self._syncs_itself = True  # SQLite brings each commit to the disk: `synchronous=FULL`
        self._may_share = False

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        is_safe = connection.execute("PRAGMA synchronous").fetchone()[0] == FULL
        has_log = connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        self._syncs_itself = self._may_share = is_safe and has_log
        return connection

    def _line(self) -> Line | None:
        return None if self.is_in_memory_db() else line_of(str(self.settings_dict["NAME"]))

    def _take_turn(self) -> None:
        line = self._line()
        if line is None or self._held is not None:
            return
        try:
            line.take(float(self.settings_dict["OPTIONS"].get("timeout", 5.0)))
        except TooLong:
            with self.wrap_database_errors:
                raise sqlite3.OperationalError("database is locked") from None
        self._held = line

    def _end_turn(self) -> None:
        line, self._held = self._held, None
        if line is not None:
            line.leave()

    @property
    def is_wanted(self) -> bool:
        """Whether others wait for the transaction to end."""
        return self._held is not None and self._held.is_wanted

    @contextmanager
    def turn(self) -> Iterator[None]:
        """It is one's turn within, unless it is so already."""
        if self._held is not None:
            yield
            return
        self._take_turn()
        try:
            yield
        finally:
            self._end_turn_with_transaction()

    def create_cursor(self, name: str | None = None) -> "Cursor":
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            self._choose_sync()
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _choose_sync(self) -> None:
        """Whoever has others waiting behind shares the way to the disk with them (`core/databases/log.py`)."""
        shares = self._may_share and self._held is not None and self._held.is_waited_for
        if self._may_share and shares == self._syncs_itself:
            self.connection.execute(f"PRAGMA synchronous={'NORMAL' if shares else 'FULL'}")
            self._syncs_itself = not shares

    def sync_by_itself(self) -> None:
        """A statement outside a transaction has no commit of ours to wait at: SQLite brings it to the disk."""
        if self._may_share and not self._syncs_itself and not self.connection.in_transaction:
            self.connection.execute("PRAGMA synchronous=FULL")
            self._syncs_itself = True

    def _commit(self) -> None:
        log = self._held.log if self._held is not None and self._may_share and not self._syncs_itself else None
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._end_turn_with_transaction()
        if log is not None:
            with self.wrap_database_errors:
                try:
                    log.bring_to_disk()
                except OSError as error:
                    raise sqlite3.OperationalError("disk I/O error") from error

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn_with_transaction()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _end_turn_with_transaction(self) -> None:
        """A commit that failed leaves the transaction open; then Django rolls it back, or closes the connection."""
        if self.connection is None or self.closed_in_transaction or not self.connection.in_transaction:
            self._end_turn()


class Cursor(base.SQLiteCursorWrapper):
    """Statements that write by themselves take a turn for themselves."""

    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        if ONLY_READS.match(query) or self.wrapper._held is not None:
            return super().execute(query, params)
        with self.wrapper.turn():
            self.wrapper.sync_by_itself()
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.wrapper.turn():
            self.wrapper.sync_by_itself()
            return super().executemany(query, param_list)
