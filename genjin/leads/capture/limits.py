"""How often one address has sent lately, counted in memory that all web processes share.

The memory is taken before the processes are copied and has a fixed size; nothing of it reaches the disk. Two that count
in the same moment may lose a count: one more gets through, which does no harm.
"""

import hashlib
import mmap
import struct

WINDOW = 600  # seconds (ours)
PLACES = 32_768
TRIES = 8  # places looked at for one address

_entry = struct.Struct("<QII")  # address mark, window, count
_memory = mmap.mmap(-1, PLACES * _entry.size)


def count(address: str, key: object, *, now: float) -> int:
    """Count one more from this address for this form; how many it were in these ten minutes."""
    digest = hashlib.blake2b(f"{key} {address}".encode(), digest_size=12).digest()
    mark = int.from_bytes(digest[:8]) or 1
    first, window = int.from_bytes(digest[8:]), int(now) // WINDOW
    oldest, fewest = first % PLACES, None
    for step in range(TRIES):
        place = (first + step) % PLACES
        found, then, times = _entry.unpack_from(_memory, place * _entry.size)
        if found == mark and then == window:
            _entry.pack_into(_memory, place * _entry.size, mark, window, times + 1)
            return int(times) + 1
        rank = times if then == window else -1
        if fewest is None or rank < fewest:
            oldest, fewest = place, rank
    _entry.pack_into(_memory, oldest * _entry.size, mark, window, 1)
    return 1


def seconds_left(*, now: float) -> int:
    """Until one may send again."""
    return WINDOW - int(now) % WINDOW


def forget() -> None:
    """Begin anew, for everybody."""
    _memory[:] = bytes(len(_memory))
