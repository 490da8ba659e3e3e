"""Making the next pieces of work while the last one is being done: two processors, or one and a database, both busy."""

import sys
import threading
from collections.abc import Iterator
from queue import Empty, Full, Queue
from typing import TypeVar

from django.db import connections

Piece = TypeVar("Piece")

TICK = 0.1  # seconds after which a thread looks whether it is still wanted

# Seconds for which a thread may keep the interpreter to itself: for so long waits who comes back from the database.
# With Python's own 5 ms an import mostly waited.
TURN = 0.0005


class _End:
    """What comes after the last piece, with the error that broke the source off."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def made_ahead(source: Iterator[Piece], pieces: int) -> Iterator[Piece]:
    """What `source` gives, made by a thread of its own up to so many pieces ahead.

    The thread has database connections of its own: it sees what is committed. An error of the source is raised where
    its piece would have come. Whoever stops early closes the iterator (`contextlib.closing`), which ends the thread.
    """
    made: Queue[Piece | _End] = Queue(pieces)
    is_wanted = threading.Event()
    is_wanted.set()

    def offer(piece: Piece | _End) -> bool:
        while is_wanted.is_set():
            try:
                made.put(piece, timeout=TICK)
            except Full:
                continue
            return True
        return False

    def make() -> None:
        error: BaseException | None = None
        try:
            for piece in source:
                if not offer(piece):
                    return
        except BaseException as broken:  # it is raised again in the thread that asked
            error = broken
        finally:
            connections.close_all()
        offer(_End(error))

    usual = sys.getswitchinterval()
    thread = threading.Thread(target=make, name="made ahead", daemon=True)
    thread.start()
    sys.setswitchinterval(TURN)
    try:
        while True:
            try:
                piece = made.get(timeout=TICK)
            except Empty:
                continue
            if isinstance(piece, _End):
                if piece.error is not None:
                    raise piece.error
                return
            yield piece
    finally:
        sys.setswitchinterval(usual)
        is_wanted.clear()
        thread.join()
