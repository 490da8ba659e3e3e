"""Which encoding a file of text is in, told from its bytes, and whether it is text at all."""

import codecs
import re
from pathlib import Path

from genjin.core.reasons import Refused

# What can be chosen by hand; Western files that Windows-1252 has no sign for are read as Latin-1.
ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "cp1252")
# More than the longest row can have: 200 cells of 5,000 signs. A line is read whole, so that it has to end somewhere.
MAX_LINE = 4 * 1024 * 1024
FEW_NULS = 20  # so many are damage even in a short file
MOST_NULS = 0.001  # a damaged cell here and there; more of them is no text

_PIECE = 1 << 20
_SAMPLE = 4 << 20
_GB2312_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]")
_LONG_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")


def encoding_of(path: Path) -> str:
    """utf-8-sig, utf-8, utf-16, utf-16-le, gb18030 or cp1252; Refused("file_encoding_unknown") when it is none of them.

    UTF-8 is certain, its bytes forbid accident. What is not UTF-8 is Chinese when most of its high bytes pair up as
    common characters do, and Western when they stand alone between letters.
    """
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return checked(path, "utf-16")
    if sample.startswith(codecs.BOM_UTF8):
        return checked(path, "utf-8-sig")
    if b"\0" in sample[:4096] and sample[1:4096:2].count(0) * 4 > len(sample[1:4096:2]) > 3:
        return checked(path, "utf-16-le")
    if _decodes(path, "utf-8"):
        return "utf-8"
    high = len(_HIGH.findall(sample))
    paired = 2 * len(_GB2312_PAIR.findall(sample))
    if high == 0 or paired >= high * 0.6:
        return checked(path, "gb18030")
    if high < len(sample) * 0.25 and len(_LONG_HIGH_RUN.findall(sample)) * 50 <= high:
        return checked(path, "cp1252")
    raise Refused("file_encoding_unknown")


def checked(path: Path, encoding: str) -> str:
    """The encoding itself, or the one of its family that reads the whole file; Refused where none does."""
    families = {"utf-8": ("utf-8-sig",), "utf-16": ("utf-16", "utf-16-le"), "cp1252": ("cp1252", "latin-1")}
    with path.open("rb") as file:
        marked = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for one in families.get(encoding, (encoding,)):
        if one == "utf-16" and not marked:
            continue
        if _decodes(path, one):
            return one
    raise Refused("file_encoding_unknown")


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


def nuls_in(path: Path) -> int:
    """How many NUL bytes a file of text has. Refused when a line never ends: it could not be read in bounded memory."""
    nuls = run = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            nuls += piece.count(0)
            first = min((at for at in (piece.find(b"\n"), piece.find(b"\r")) if at >= 0), default=-1)
            run += len(piece) if first < 0 else first
            if run > MAX_LINE:
                raise Refused("file_line_too_long", megabytes=MAX_LINE // 1024 // 1024)
            if first >= 0:
                run = len(piece) - 1 - max(piece.rfind(b"\n"), piece.rfind(b"\r"))
    return nuls


def drop_nuls(path: Path) -> None:
    """The kept copy without its NUL bytes: no database takes them."""
    clean = path.with_name(f"{path.name}.clean")
    with path.open("rb") as file, clean.open("wb") as kept:
        while piece := file.read(_PIECE):
            kept.write(piece.replace(b"\0", b""))
    clean.replace(path)
