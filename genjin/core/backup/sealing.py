"""A file that only the key opens: AES-256-GCM in pieces of a megabyte, so that memory stays flat whatever its size.

Magic, salt and nonce prefix, then the pieces, each with its tag. A piece's nonce is the prefix, its number and whether
it is the last; so none can be left out, moved or cut off unseen. The key is made of the words of `GENJIN_BACKUP_KEY` by
scrypt.
"""

import os
from collections.abc import Iterator
from hashlib import scrypt
from io import RawIOBase
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"GENJIN-BACKUP-1\n"
PIECE = 1 << 20
TAG = 16
SALT, PREFIX = 16, 7


class WrongKey(Exception):
    """The key does not open it, or it is not what was sealed: the two look alike."""


def _cipher(words: str, salt: bytes) -> AESGCM:
    return AESGCM(scrypt(words.encode(), salt=salt, n=1 << 15, r=8, p=1, maxmem=1 << 26, dklen=32))


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


class Sealing(RawIOBase):
    """Write what is to be sealed; `close` writes the last piece. The file below stays open."""

    def __init__(self, file: BinaryIO, words: str) -> None:
        super().__init__()
        salt, self._prefix = os.urandom(SALT), os.urandom(PREFIX)
        self._head = MAGIC + salt + self._prefix
        self._cipher, self._file, self._number, self._rest = _cipher(words, salt), file, 0, bytearray()
        file.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._rest += content
        while len(self._rest) > PIECE:
            self._put(bytes(self._rest[:PIECE]), is_last=False)
            del self._rest[:PIECE]
        return len(content)

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, piece, self._head))
        self._number += 1

    def finish(self) -> None:
        """Without this what was written cannot be opened: a sealing that broke off is no backup."""
        self._put(bytes(self._rest), is_last=True)


def is_sealed(file: BinaryIO) -> bool:
    """Looks at the beginning and goes back there."""
    start = file.read(len(MAGIC))
    file.seek(0)
    return start == MAGIC


class Opening(RawIOBase):
    """Read what was sealed. WrongKey at the first piece that is not as it was."""

    def __init__(self, file: BinaryIO, words: str) -> None:
        super().__init__()
        head = file.read(len(MAGIC) + SALT + PREFIX)
        if len(head) < len(MAGIC) + SALT + PREFIX:
            raise WrongKey
        self._pieces = self._opened(file, head, _cipher(words, head[len(MAGIC) : len(MAGIC) + SALT]))
        self._rest = b""

    def _opened(self, file: BinaryIO, head: bytes, cipher: AESGCM) -> Iterator[bytes]:
        number, piece = 0, file.read(PIECE + TAG)
        while True:
            following = file.read(PIECE + TAG)
            nonce = _nonce(head[-PREFIX:], number, is_last=not following)
            try:
                yield cipher.decrypt(nonce, piece, head)
            except InvalidTag as error:
                raise WrongKey from error
            if not following:
                return
            number, piece = number + 1, following

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
