"""SQLite's log brought to the disk once for several who wrote to it: a group commit.

With `synchronous=FULL` each writer waits for the disk while it holds the door: at 4 ms that is 250 notes a second at
best, whatever the processor could do. So a writer behind whom others wait writes its transaction to the log, lets the
next one in, and only then has the log brought to the disk, together with those that came meanwhile. Nobody is told that
a note is saved before it is on the disk: a power cut takes only what was not yet acknowledged.
"""

import os
import threading


class Log:
    """The log (`…-wal`) of one file."""

    def __init__(self, path: str) -> None:
        self.path = f"{path}-wal"
        self._changed = threading.Condition()
        self._written = self._safe = self._lost = 0
        self._is_syncing = False
        self._handle: int | None = None

    def bring_to_disk(self) -> None:
        """Return when everything written before this call is on the disk; OSError when the disk refused it."""
        with self._changed:
            self._written += 1
            mine = self._written
            while self._safe < mine:
                if self._lost >= mine:
                    raise OSError("the log could not be brought to the disk")
                if self._is_syncing:
                    self._changed.wait()
                else:
                    self._sync_for_all()

    def _sync_for_all(self) -> None:
        """Called with `_changed` held, which others get while the disk works."""
        upto, self._is_syncing = self._written, True
        self._changed.release()
        try:
            self._sync()
        except BaseException:
            # What the disk refused once it may forget: nobody whose words were in it may believe a later yes.
            self._changed.acquire()
            self._lost = upto
            raise
        else:
            self._changed.acquire()
            self._safe = upto
        finally:
            self._is_syncing = False
            self._changed.notify_all()

    def _sync(self) -> None:
        """Sync the file as it is now. SQLite makes the log anew when the last connection went, hence the question."""
        now = os.stat(self.path)
        if self._handle is not None and os.fstat(self._handle).st_ino != now.st_ino:
            os.close(self._handle)
            self._handle = None
        if self._handle is None:
            # No locks are held on the log (they are on the -shm file), so opening and closing it loses none.
            self._handle = os.open(self.path, os.O_RDWR)
        os.fdatasync(self._handle)
