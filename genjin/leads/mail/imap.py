"""Reading a folder over IMAP: looked at, never changed, bounded in size, only at an address that may be asked."""

import base64
import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from types import TracebackType
from typing import Self

from genjin.core.reasons import Refused

SECONDS = 20  # for each step (ours)
LARGEST = 256 * 1024  # bytes of a letter that are read: its words stand before what is attached (ours)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
imaplib.Commands.setdefault("ID", ("AUTH", "NONAUTH", "SELECTED"))


@dataclass(frozen=True, slots=True)
class Account:
    """`number` is the IP address that was looked up and may be asked. `security`: tls, starttls or plain."""

    host: str
    port: int
    number: str
    security: str
    user: str
    password: str = field(repr=False)


class _Connection(imaplib.IMAP4):
    def __init__(self, account: Account) -> None:
        self.account = account
        super().__init__(account.host, account.port, timeout=SECONDS)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        made = socket.create_connection((self.account.number, self.account.port), timeout)
        if self.account.security == "tls":
            return ssl.create_default_context().wrap_socket(made, server_hostname=self.account.host)
        return made


class Folder:
    """An open folder: `with Folder(account, "INBOX") as folder`. Refused with why it cannot be read."""

    def __init__(self, account: Account, name: str) -> None:
        self.account, self.name = account, name
        self.uid_validity = 0

    def __enter__(self) -> Self:
        with _told(self.account.host):
            self._at = _Connection(self.account)
        try:
            self._open()
        except BaseException:
            self._at.shutdown()
            raise
        return self

    def _open(self) -> None:
        with _told(self.account.host):
            if self.account.security == "starttls":
                self._at.starttls(ssl.create_default_context())
        with _told(self.account.host):
            self._sign_in()
        with _told(self.account.host):
            if "ID" in self._at.capabilities:  # NetEase lets nobody read who does not say what they are
                self._at._simple_command("ID", '("name" "genjin" "vendor" "genjin")')
            status, _count = self._at.select(f'"{folder_name(self.name)}"', readonly=True)
            if status != "OK":
                raise Refused("mailbox_no_folder", name=self.name)
            _kind, said = self._at.response("UIDVALIDITY")
            self.uid_validity = int(said[0] or 0) if said and said[0] else 0

    def _sign_in(self) -> None:
        try:
            self._at.login(self.account.user, self.account.password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            raise Refused("mailbox_wrong_password", host=self.account.host) from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError, imaplib.IMAP4.error):
            self._at.logout()

    def newer_than(self, uid: int, *, since: date) -> list[int]:
        """The letters after this one that arrived since a day, the oldest first."""
        day = f"{since.day}-{MONTHS[since.month - 1]}-{since.year}"
        with _told(self.account.host):
            status, said = self._at.uid("SEARCH", f"UID {uid + 1}:*", f"SINCE {day}")
        if status != "OK":
            raise Refused("mailbox_said_no", host=self.account.host)
        found = b" ".join(line for line in said if isinstance(line, bytes)).split()
        return sorted(number for text in found if text.isdigit() and (number := int(text)) > uid)

    def letters(self, uids: list[int]) -> Iterator[tuple[int, bytes | None]]:
        """Each letter's first bytes; None for one that the server does not hand out."""
        for uid in uids:
            with _told(self.account.host):
                status, said = self._at.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST}>)")
            parts = [part[1] for part in said if isinstance(part, tuple) and isinstance(part[1], bytes)]
            yield uid, parts[0] if status == "OK" and parts else None


@contextmanager
def _told(host: str) -> Iterator[None]:
    """What goes wrong on the line, as a refusal."""
    try:
        yield
    except TimeoutError:
        raise Refused("outside_timed_out", host=host) from None
    except ssl.SSLError:
        raise Refused("outside_not_trusted", host=host) from None
    except (imaplib.IMAP4.abort, OSError):
        raise Refused("outside_unreachable", host=host) from None
    except imaplib.IMAP4.error:
        raise Refused("mailbox_said_no", host=host) from None


def folder_name(name: str) -> str:
    """As IMAP writes it: modified UTF-7 (RFC 3501, 5.1.3)."""

    def encoded(found: re.Match[str]) -> str:
        if found[0] == "&":
            return "&-"
        text = base64.b64encode(found[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
        return f"&{text}-"

    return re.sub(r"&|[^ -~]+", encoded, name).replace("\\", "\\\\").replace('"', '\\"')
