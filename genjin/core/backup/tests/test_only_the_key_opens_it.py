import io

import pytest

from genjin.core.backup.sealing import PIECE, Opening, Sealing, WrongKey, is_sealed

WORDS = "正确的马 battery staple"


def sealed(content: bytes, words: str = WORDS) -> bytes:
    file = io.BytesIO()
    sealing = Sealing(file, words)
    for start in range(0, len(content), 300_000):
        sealing.write(content[start : start + 300_000])
    sealing.finish()
    return file.getvalue()


def opened(content: bytes, words: str = WORDS) -> bytes:
    return io.BufferedReader(Opening(io.BytesIO(content), words)).read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_goes_in_comes_out(size):
    content = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    shut = sealed(content)
    assert is_sealed(io.BytesIO(shut))
    assert b"0123456789abcdef" not in shut
    assert opened(shut) == content


def test_another_key_does_not_open_it():
    with pytest.raises(WrongKey):
        opened(sealed(b"rows"), "another")


@pytest.mark.parametrize("where", [20, 40, 60, -1])
def test_a_changed_byte_is_seen(where):
    shut = bytearray(sealed(b"rows" * 100))
    shut[where] ^= 1
    with pytest.raises(WrongKey):
        opened(bytes(shut))


@pytest.mark.parametrize("left", [10, 39, PIECE, PIECE + 16 + 39])
def test_one_that_was_cut_off_is_seen(left):
    shut = sealed(b"x" * (2 * PIECE + 5))
    with pytest.raises(WrongKey):
        opened(shut[:left])


def test_pieces_cannot_change_places():
    shut = sealed(b"a" * PIECE + b"b" * PIECE + b"c")
    head, size = 39, PIECE + 16
    swapped = shut[:head] + shut[head + size : head + 2 * size] + shut[head : head + size] + shut[head + 2 * size :]
    with pytest.raises(WrongKey):
        opened(swapped)
