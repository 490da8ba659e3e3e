"""Which encoding a file of text is in, told from its bytes."""

import codecs
import re
from pathlib import Path

from genjin.core.reasons import Refused

_PIECE = 1 << 20
_SAMPLE = 4 << 20
_GB2312_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]")
_LONG_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")


def encoding_of(path: Path) -> str:
    """utf-8-sig, utf-8, utf-16, gb18030 or cp1252; Refused("file_encoding_unknown") when it is none of them.

    UTF-8 is certain, its bytes forbid accident. What is not UTF-8 is Chinese when most of its high bytes pair up as
    common characters do, and Western when they stand alone between letters.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(path, "utf-16")
    if start.startswith(codecs.BOM_UTF8):
        return _checked(path, "utf-8-sig")
    if _decodes(path, "utf-8"):
        return "utf-8"
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    high = len(_HIGH.findall(sample))
    paired = 2 * len(_GB2312_PAIR.findall(sample))
    if high == 0 or paired >= high * 0.6:
        return _checked(path, "gb18030")
    if high < len(sample) * 0.25 and len(_LONG_HIGH_RUN.findall(sample)) * 50 <= high:
        return _checked(path, "cp1252")
    raise Refused("file_encoding_unknown")


def _checked(path: Path, encoding: str) -> str:
    if not _decodes(path, encoding):
        raise Refused("file_encoding_unknown")
    return encoding


def _decodes(path: Path, encoding: str) -> bool:
    """Whether the whole file can be read so."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while piece := file.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
