"""One phone, one hand at a time: two who add the same number in the same instant see each other.

SQLite has one writer and needs nothing. On PostgreSQL whoever adds phones holds those numbers until the transaction
ends; an import, which adds thousands, holds all of them. Taken before any row is: then nobody waits in a circle.
"""

import hashlib
from collections.abc import Iterable

from django.db import connection

ALL_PHONES = 7_331_001  # a key of this product's own, kept apart from the hashes below by its two-part form


def hold_phones(numbers: Iterable[str]) -> None:
    """Hold these normalised numbers until the transaction ends."""
    keys = sorted({_key(number) for number in numbers})
    if connection.vendor != "postgresql" or not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, 0)", [ALL_PHONES])
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def hold_every_phone() -> None:
    """Let nobody else add a phone until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [ALL_PHONES])


def _key(number: str) -> int:
    return int.from_bytes(hashlib.blake2b(number.encode(), digest_size=8).digest(), "big", signed=True)
