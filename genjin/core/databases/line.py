"""A line before one file's door: who wants to write waits here, and is served in the order of coming.

SQLite has one writer at a time, and lets the others try again and again after growing pauses: whoever comes late finds
the door open, whoever waits long sleeps long, and some wait for seconds. So they queue before they try.

Threads of a process stand in a queue. Its first goes to the door, where each process has at most one: a turnstile
(`….next`) and the door (`….turn`), both locked by `flock`, which blocks without polling and ends with the process that
holds it, however that ends. Who passes the turnstile is next: a process that has had its turns cannot overtake.
"""

import contextlib
import os
import threading
import time
from collections import deque
from functools import cache
from pathlib import Path

from genjin.core.databases.log import Log

try:
    from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock
except ImportError:  # no such locks on Windows: there SQLite's own has to do between processes
    flock = None  # type: ignore[assignment]


# So many short turns of one process to one of another: eight people save a note between two batches of an import.
IN_A_ROW = 8


class TooLong(Exception):
    """Somebody else kept the door for all the time one was ready to wait."""


class Line:
    """The line of one file; `take` and `leave` are called in turn by whoever writes."""

    def __init__(self, path: str) -> None:
        self.next_path, self.turn_path = Path(f"{path}.next"), Path(f"{path}.turn")
        self.log = Log(path)
        self._guard = threading.Lock()
        self._queue: deque[threading.Lock] = deque()
        self._is_busy = False
        self._in_a_row = 1
        self._door: _Door | None = None
        self._own: _Door | None = None

    @property
    def is_waited_for(self) -> bool:
        """Whether somebody of this process stands in the queue."""
        return bool(self._queue)

    @property
    def is_wanted(self) -> bool:
        """Whether anybody, of this process or another, waits for the turn that one has."""
        return self.is_waited_for or (self._door is not None and self._door.is_wanted())

    def take(self, seconds: float) -> None:
        """Wait until it is one's turn; TooLong when that takes longer than `seconds`."""
        until = time.monotonic() + seconds
        self._come_first(until)
        if self._door is not None:
            return  # handed on by whoever was before in this process
        try:
            self._door = self._opened(until)
        except BaseException:
            self._let_next_go()
            raise

    def leave(self) -> None:
        """The turn is over. The next of this process gets the door at once, unless so many have had it in a row."""
        with self._guard:
            if self._door is not None and self._queue and self._in_a_row < IN_A_ROW:
                self._in_a_row += 1
                self._queue.popleft().release()
                return
        self._in_a_row = 1
        door, self._door = self._door, None
        if door is not None:
            door.close() if door is not self._own else door.unlock()
        self._let_next_go()

    def _come_first(self, until: float) -> None:
        with self._guard:
            if not self._is_busy:
                self._is_busy = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._queue.append(mine)
        if mine.acquire(timeout=max(until - time.monotonic(), 0)):
            return
        with self._guard:
            if mine in self._queue:
                self._queue.remove(mine)
                raise TooLong
        # It became one's turn in the very moment of giving up: taken.

    def _let_next_go(self) -> None:
        with self._guard:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._is_busy = False

    def _opened(self, until: float) -> "_Door | None":
        """The door, locked for this process; None where files cannot be locked, which leaves it to SQLite alone."""
        try:
            if self._own is None:
                self._own = _Door(self)
            if self._own.lock_at_once():
                return self._own
            return self._waited_for(until)
        except OSError:
            return None

    def _waited_for(self, until: float) -> "_Door":
        """Wait behind another process, in a thread of its own: `flock` knows no end of patience."""
        door, here = _Door(self), threading.Event()
        given_up = False

        def wait() -> None:
            with contextlib.suppress(OSError):
                door.lock()
            with self._guard:
                here.set()
                if given_up:
                    door.close()

        threading.Thread(target=wait, name="writer in line", daemon=True).start()
        if here.wait(max(until - time.monotonic(), 0)):
            return door
        with self._guard:
            if here.is_set():
                return door
            given_up = True
        raise TooLong


class _Door:
    """Turnstile and door, opened once; what is locked through one of these is locked to every other."""

    def __init__(self, line: Line) -> None:
        if flock is None:
            raise OSError("no flock")
        self.next = os.open(line.next_path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self.turn = os.open(line.turn_path, os.O_RDWR | os.O_CREAT, 0o600)
        except BaseException:
            os.close(self.next)
            raise

    def lock_at_once(self) -> bool:
        """Lock the door if nobody holds it or is to have it next."""
        try:
            flock(self.next, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return False
        try:
            flock(self.turn, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            flock(self.next, LOCK_UN)
        return True

    def is_wanted(self) -> bool:
        """Whether another process has passed the turnstile and waits behind this door."""
        try:
            flock(self.next, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return True
        flock(self.next, LOCK_UN)
        return False

    def lock(self) -> None:
        flock(self.next, LOCK_EX)
        flock(self.turn, LOCK_EX)
        flock(self.next, LOCK_UN)

    def unlock(self) -> None:
        flock(self.turn, LOCK_UN)

    def close(self) -> None:
        os.close(self.turn)
        os.close(self.next)


@cache
def line_of(path: str) -> Line:
    """The one line of a file in this process."""
    return Line(path)


# A child that was forked shares its parent's open files, and with them the locks: it opens its own.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=line_of.cache_clear)
