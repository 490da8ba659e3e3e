"""A process of its own that reads and judges the next rows of a run while this one writes the last ones.

Two processors work so; a thread would not do, for Python lets one of them on at a time. The process is told a run and a
row to begin after; it answers with batches of plain values, as many ahead as the pipe and a short queue hold. It reads
the database and writes nothing. It ends when its input does, so it cannot outlive whoever started it, however that
ended.
"""

import gc
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:  # the process begins here before Django is set up
    from genjin.core.transfer.judging import Batch
    from genjin.core.transfer.models import ImportRun
    from genjin.core.transfer.pace import Pace

AHEAD = 2  # batches that wait here, beside the one in the pipe
TICK = 0.1  # seconds after which the reading thread looks whether it is still wanted
READY, BATCH, END, REFUSED, BROKEN = range(5)
_HEAD = struct.Struct("<BQ")  # what comes, and how many bytes of it
_SIZE = struct.Struct("<I")  # how many rows the next batch shall have


class Gone(Exception):
    """The process ended before its work: it was killed, or there was no memory for it. Its rows are not lost."""


class Broken(Exception):
    """An error in the process, with where it came from there."""


class Judge:
    """One such process, from its start on. `is_ready` once it can be told where to begin."""

    def __init__(self, run: "ImportRun", at: datetime) -> None:
        """Raises OSError where no process can be had."""
        from django.conf import settings
        from django.db import connection

        start = f"import sys; sys.path.insert(0, {str(Path(__file__).resolve().parents[3])!r}); "
        self._process = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-c", f"{start}from {__name__} import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._came: queue.Queue[tuple[int, bytes]] = queue.Queue(AHEAD)
        self._is_wanted = threading.Event()
        self._is_wanted.set()
        self._reader = threading.Thread(target=self._read, name="judged ahead", daemon=True)
        self._reader.start()
        self._tell(
            pickle.dumps(
                {
                    "settings": settings.SETTINGS_MODULE,
                    "name": connection.settings_dict["NAME"],
                    "data": str(settings.DATA),
                    "run": run.pk,
                    "at": at,
                }
            )
        )

    @property
    def is_ready(self) -> bool:
        return not self._came.empty()

    def has_another(self) -> bool:
        """Whether a batch has come and waits to be taken."""
        with self._came.mutex:
            return bool(self._came.queue) and self._came.queue[0][0] == BATCH

    def batches(self, done: int, pace: "Pace") -> Iterator["Batch"]:
        """The batches after the first `done` rows. An error of the process is raised where its batch would have come;
        raises Gone when the process is there no more."""
        from genjin.core.reasons import Reason, Refused

        self._tell(pickle.dumps(done))
        self._tell_pace(pace)
        while True:
            try:
                what, told = self._came.get(timeout=TICK)
            except queue.Empty:
                if self._reader.is_alive() or not self._came.empty():
                    continue
                raise Gone from None
            if what == BATCH:
                yield pickle.loads(told)  # noqa: S301  from our own process
                self._tell_pace(pace)
            elif what == REFUSED:
                reason = Reason.from_json(pickle.loads(told))  # noqa: S301
                assert reason is not None
                raise Refused(reason.code, **reason.figures)
            elif what == BROKEN:
                raise Broken(told.decode())
            elif what == END:
                return

    def close(self) -> None:
        """End the process, whatever it is doing; it has nothing that could be lost."""
        self._is_wanted.clear()
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _tell(self, message: bytes) -> None:
        """Say something to the process; that it is gone shows when it is asked."""
        self._write(_HEAD.pack(0, len(message)) + message)

    def _tell_pace(self, pace: "Pace") -> None:
        self._write(_SIZE.pack(pace.rows))

    def _write(self, told: bytes) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.write(told)
            self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        while (head := self._process.stdout.read(_HEAD.size)) and len(head) == _HEAD.size:
            what, length = _HEAD.unpack(head)
            told = self._process.stdout.read(length)
            if len(told) < length:
                return
            while self._is_wanted.is_set():
                with suppress(queue.Full):
                    self._came.put((what, told), timeout=TICK)
                    break


def main() -> None:
    """What the process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for who started it
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what anything prints is no answer
    told = pickle.loads(_heard(sys.stdin.buffer))  # noqa: S301  from who started us
    try:
        _judge(told, sys.stdin.buffer, out)
    except BaseException:
        _answer(out, BROKEN, traceback.format_exc().encode())
    # No farewell to the database or the interpreter: nothing is held.
    os._exit(0)


def _judge(told: dict[str, Any], heard: IO[bytes], out: IO[bytes]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = told["settings"]
    import django
    from django.conf import settings
    from django.db import connection

    django.setup()
    settings.DATA = Path(told["data"])
    connection.settings_dict["NAME"] = told["name"]

    from genjin.core.reasons import Refused
    from genjin.core.transfer.judging import judged_batches
    from genjin.core.transfer.kinds import kind_of
    from genjin.core.transfer.models import ImportRun
    from genjin.core.transfer.pace import Pace

    # What was read so far stays for good, and rows make few circles: looking for them took 8 µs a row.
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    _answer(out, READY, b"")
    done = pickle.loads(_heard(heard))  # noqa: S301
    pace = Pace()
    pace.rows = _SIZE.unpack(heard.read(_SIZE.size))[0]
    threading.Thread(target=_follow, args=(heard, pace), name="pace", daemon=True).start()
    run = ImportRun.objects.get(pk=told["run"])
    try:
        importer = kind_of(run).begin(run, at=told["at"], for_real=True)
        for batch in judged_batches(run, importer, done, pace):
            _answer(out, BATCH, pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
    except Refused as refused:
        _answer(out, REFUSED, pickle.dumps(refused.reason.as_json()))
    else:
        _answer(out, END, b"")


def _follow(heard: IO[bytes], pace: "Pace") -> None:
    """Make batches as large as they are wanted now, and end with who wants them."""
    while len(size := heard.read(_SIZE.size)) == _SIZE.size:
        pace.rows = _SIZE.unpack(size)[0]
    os._exit(0)


def _heard(heard: IO[bytes]) -> bytes:
    head = heard.read(_HEAD.size)
    if len(head) < _HEAD.size:
        os._exit(0)
    return heard.read(_HEAD.unpack(head)[1])


def _answer(out: IO[bytes], what: int, message: bytes) -> None:
    """All of it: a pipe takes less than that at once."""
    left = memoryview(_HEAD.pack(what, len(message)) + message)
    while left:
        left = left[out.write(left) :]
