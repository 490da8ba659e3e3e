"""Web server and job worker as one thing: started together, watched, stopped together.

They are started first of all and read their code while the supervisor prepares the database; then they are let in.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

CHILDREN = ("web", "worker")
SUPERVISED = "GENJIN_SUPERVISED"
QUICK_DEATH_SECONDS = 10
GRACE_SECONDS = 25
LET_IN = b"\n"


@dataclass
class Child:
    """One process that is kept running. It stops by itself when the pipe to its supervisor breaks."""

    name: str
    process: subprocess.Popen | None = None
    started: float = 0.0
    quick_deaths: int = field(default=0)
    is_let_in: bool = False

    def start(self) -> None:
        line = [sys.executable, "-m", "genjin", self.name]
        # A session of its own: Ctrl+C reaches the supervisor alone, which then stops the children in order.
        self.process = subprocess.Popen(  # noqa: S603  our own program
            line, stdin=subprocess.PIPE, start_new_session=True, env={**os.environ, SUPERVISED: "1"}
        )
        self.started = time.monotonic()
        if self.is_let_in:
            self.let_in()

    def let_in(self) -> None:
        """The database is ready: it may begin, and so may whoever takes its place."""
        self.is_let_in = True
        if self.process is not None and self.process.stdin is not None:
            with contextlib.suppress(OSError):  # it is gone: whoever watches it sees that
                self.process.stdin.write(LET_IN)
                self.process.stdin.flush()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def restart(self) -> bool:
        """Start it anew; False when it died five times in a row soon after its start."""
        lived = time.monotonic() - self.started
        self.quick_deaths = self.quick_deaths + 1 if lived < QUICK_DEATH_SECONDS else 0
        if self.quick_deaths >= 5:
            return False
        if self.quick_deaths:
            time.sleep(min(2**self.quick_deaths / 4, 5))
        self.start()
        return True

    def stop(self, how: signal.Signals) -> None:
        if self.is_running and self.process is not None:
            self.process.send_signal(how)


class Supervisor:
    """Starts the children, restarts one that died, and on SIGINT or SIGTERM stops all of them."""

    def __init__(self, report: Callable[[str, int | None], None]) -> None:
        self.children = [Child(name) for name in CHILDREN]
        self.report = report
        self.stopping = threading.Event()

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()

    def start(self) -> None:
        for child in self.children:
            child.start()

    def let_in(self) -> None:
        for child in self.children:
            child.let_in()

    def watch(self) -> int:
        """Until told to stop; answers the exit status."""
        status = 0
        while not self.stopping.wait(0.5):
            for child in self.children:
                if child.is_running or self.stopping.is_set():
                    continue
                code = child.process.returncode if child.process else None
                self.report(child.name, code)
                if not child.restart():
                    status = 1
                    self.stopping.set()
        self.stop()
        return status

    def stop(self) -> None:
        """Ask every child to finish what it is doing, and end those that do not."""
        for child in self.children:
            child.stop(signal.SIGTERM)
        until = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(until - time.monotonic(), 0))
            except subprocess.TimeoutExpired:
                child.stop(signal.SIGKILL)
                child.process.wait()


def is_supervised() -> bool:
    """Whether this process is a child of `genjin serve`, which has prepared the database."""
    return os.environ.get(SUPERVISED) == "1"


_let_in = threading.Event()


def wait_until_let_in() -> None:
    """In a child: until the supervisor has prepared the database."""
    if is_supervised():
        _let_in.wait()


def follow_supervisor() -> None:
    """In a child: hear when one is let in, and end as if told to when the supervisor is gone, however it went."""
    if not is_supervised():
        return

    def wait_for_the_end() -> None:
        while os.read(0, 1):
            _let_in.set()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait_for_the_end, name="supervisor", daemon=True).start()
