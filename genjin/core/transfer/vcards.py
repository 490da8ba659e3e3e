"""vCard files: versions 2.1, 3.0 and 4.0 are read as phones have written them; 3.0, which all of them know, is written.

Pictures, sounds and keys are passed over. A file of cards becomes a table with one row a card.
"""

import codecs
import csv
import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from genjin.core.reasons import Refused

# The properties of a card that are read, by which the columns of its table are called.
TITLES = ("FN", "ORG", "TITLE", "TEL", "EMAIL", "X-WECHAT", "ADR", "NOTE", "UID")
BEGINS = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*BEGIN:VCARD", re.IGNORECASE)
MAX_CARDS = 200_000
MOST_OF_A_VALUE = 20_000  # a longer one is a picture

_BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "AGENT"})
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NAME = re.compile(r"[^;:\"]*(?:;(?:[^;:\"]|\"[^\"]*\")*)*")


@dataclass(slots=True)
class Card:
    """What is read of one card. `surname` and `given` are the parts of the name, where it has them."""

    name: str = ""
    surname: str = ""
    given: str = ""
    organisation: str = ""
    title: str = ""
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    wechat: str = ""
    address: str = ""
    note: str = ""
    uid: str = ""


def write_table(path: Path, out: Path) -> int:
    """Write the cards of a file as CSV with the columns of TITLES; how many there are. Refused when there is none."""
    count = 0
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(TITLES)
        for card in cards_in(path):
            name = card.name or _whole_name(card)
            if not (name or card.organisation or card.phones or card.emails):
                continue
            count += 1
            if count > MAX_CARDS:
                raise Refused("file_has_too_many_cards", limit=MAX_CARDS)
            writer.writerow(
                [name, card.organisation, card.title, "、".join(card.phones), "; ".join(card.emails), card.wechat,
                 card.address, card.note, card.uid]
            )  # fmt: skip
    if count == 0:
        raise Refused("file_has_no_card")
    return count


def cards_in(path: Path) -> Iterator[Card]:
    """Every card of a file, one after the other; a card that is cut off counts as far as it goes."""
    card: Card | None = None
    inner = 0
    for line in _lines(path):
        name, parameters, value = _divided(line)
        if name == "BEGIN" and value.strip().upper() == b"VCARD":
            if card is not None and b"AGENT" in line.upper():
                inner += 1
            else:
                if card is not None and not inner:
                    yield card
                card, inner = Card(), 0
        elif name == "END" and card is not None:
            if inner:
                inner -= 1
            else:
                yield card
                card = None
        elif card is not None and not inner and name not in _BINARY and len(value) <= MOST_OF_A_VALUE:
            _take(card, name, parameters, _decoded(value, parameters))
    if card is not None:
        yield card


def _lines(path: Path) -> Iterator[bytes]:
    """Unfolded lines: a line that begins with a space goes on, and so does a quoted-printable one that ends with =."""
    with path.open("rb") as file:
        start = file.read(2)
        file.seek(0)
        source: Iterable[bytes] = file
        if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            source = (line.encode() for line in file.read().decode("utf-16", "replace").splitlines(keepends=True))
        held: list[bytes] = []
        size, soft = 0, False
        for raw in source:
            line = raw.rstrip(b"\r\n")
            goes_on = line[:1] in (b" ", b"\t")
            if held and (goes_on or soft):
                if size <= MOST_OF_A_VALUE * 4:
                    held.append((b"\n" + line) if soft else line[1:])
                size += len(line)
            else:
                if held:
                    yield b"".join(held)
                held, size = [line.removeprefix(codecs.BOM_UTF8)], len(line)
            soft = line.endswith(b"=") and b"QUOTED-PRINTABLE" in held[0].upper()
        if held:
            yield b"".join(held)


def _divided(line: bytes) -> tuple[str, dict[str, str], bytes]:
    """Name, parameters and value; the group before a name (item1.TEL) is dropped."""
    text = line.decode("latin-1")
    head = _NAME.match(text)
    end = head.end() if head else 0
    if end >= len(text) or text[end] != ":":
        return "", {}, b""
    first, *rest = re.findall(r'(?:[^;"]|"[^"]*")+', text[:end]) or [""]
    parameters: dict[str, str] = {}
    for one in rest:
        key, equals, value = one.partition("=")
        if equals:
            name = key.strip().upper()
            parameters[name] = ",".join(filter(None, (parameters.get(name, ""), value.strip('"'))))
        elif key.strip().upper() in ("QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"):
            parameters["ENCODING"] = key.strip()
        else:  # 2.1 writes TEL;CELL;PREF
            parameters["TYPE"] = ",".join(filter(None, (parameters.get("TYPE", ""), key.strip())))
    return first.rpartition(".")[2].strip().upper(), parameters, line[end + 1 :]


def _decoded(value: bytes, parameters: dict[str, str]) -> str:
    """The value as text: quoted-printable undone, in the charset that is named, else UTF-8, else GB18030."""
    if parameters.get("ENCODING", "").upper() in ("QUOTED-PRINTABLE", "Q"):
        value = quopri.decodestring(value.replace(b"=\n", b"").replace(b"\n", b""))
    for charset in (parameters.get("CHARSET", "").strip('"'), "utf-8", "gb18030"):
        try:
            return value.decode("gb18030" if charset.upper() in ("GB2312", "GBK") else charset).replace("\0", "")
        except (LookupError, UnicodeDecodeError):
            continue
    return value.decode("gb18030", "replace").replace("\0", "")


def _take(card: Card, name: str, parameters: dict[str, str], value: str) -> None:
    kinds = parameters.get("TYPE", "").upper()
    text = _plain(value)
    if not text:
        return
    if name == "FN":
        card.name = card.name or text
    elif name == "N":
        card.surname, card.given = [*_parts(value), "", ""][:2]
    elif name == "ORG":
        card.organisation = card.organisation or _parts(value)[0]
    elif name in ("TITLE", "ROLE"):
        card.title = card.title or text
    elif name == "TEL":
        number = text.removeprefix("tel:").removeprefix("TEL:")
        if number and number not in card.phones and "FAX" not in kinds:
            card.phones.append(number)
    elif name == "EMAIL":
        card.emails.append(text.removeprefix("mailto:"))
    elif name in ("X-WECHAT", "X-WEIXIN") or _is_wechat(name, parameters, text):
        card.wechat = card.wechat or text.rpartition(":")[2].strip("/")
    elif name == "ADR":
        # Post box, extension, street, town, province, code, country: written as one does, from the large to the small.
        _box, extension, street, town, province, *_rest = [*_parts(value), *[""] * 7][:7]
        card.address = card.address or "".join(part for part in (province, town, street, extension) if part)
    elif name == "NOTE":
        card.note = "\n".join(filter(None, (card.note, text)))
    elif name == "UID":
        card.uid = card.uid or text.removeprefix("urn:uuid:")


def _is_wechat(name: str, parameters: dict[str, str], text: str) -> bool:
    service = f"{parameters.get('X-SERVICE-TYPE', '')} {parameters.get('TYPE', '')} {text[:8]}".lower()
    return name in ("IMPP", "X-SOCIALPROFILE") and ("wechat" in service or "weixin" in service)


def _plain(value: str) -> str:
    """Escapes undone: \\n is a line break, \\, a comma."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def _parts(value: str) -> list[str]:
    """The parts of a value that has several, divided by semicolons that are not escaped."""
    return [_plain(part) for part in re.split(r"(?<!\\);", value)]


def _whole_name(card: Card) -> str:
    if not card.surname or not card.given:
        return card.surname or card.given
    return f"{card.surname}{card.given}" if ord(card.surname[0]) > 0x2E80 else f"{card.given} {card.surname}"


def card_text(card: Card) -> str:
    """A card in version 3.0: UTF-8, lines of at most 75 bytes ended by CRLF."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{_escaped(card.surname or card.name)};{_escaped(card.given)};;;",
             f"FN:{_escaped(card.name)}"]  # fmt: skip
    for name, value in (("ORG", card.organisation), ("TITLE", card.title)):
        if value:
            lines.append(f"{name}:{_escaped(value)}")
    for number in card.phones:
        kind = "CELL" if len(number) == 11 and number.startswith("1") else "WORK,VOICE"
        lines.append(f"TEL;TYPE={kind}:{_escaped(number)}")
    lines += [f"EMAIL;TYPE=INTERNET:{_escaped(email)}" for email in card.emails]
    if card.wechat:
        lines.append(f"X-WECHAT:{_escaped(card.wechat)}")
    if card.address:
        lines.append(f"ADR;TYPE=WORK:;;{_escaped(card.address)};;;;")
    for name, value in (("NOTE", card.note), ("UID", card.uid)):
        if value:
            lines.append(f"{name}:{_escaped(value)}")
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCARD"])


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> str:
    """Broken between characters, never inside one."""
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > 74:
            pieces.append(piece)
            piece, size = " ", 1
        piece += sign
        size += width
    return "\r\n".join([*pieces, piece])
