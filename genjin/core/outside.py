"""Asking an address outside the house: https only, no private networks, no redirects, bounded in time and length.

An address that somebody typed must not become a way into the network that Genjin stands in. So the name is resolved
once, every address it has must be one of the public internet, and the connection goes to the one that was looked at.
What may stand inside is named by the operator (`GENJIN_INSIDE_HOSTS`), and may then speak plain http, too.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from genjin.core.reasons import Refused

SECONDS = 10  # for each step (ours)
SECONDS_IN_ALL = 20
LONGEST_ANSWER = 4096  # bytes that are read (ours)
LONGEST_ADDRESS = 1000
NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str


@dataclass(frozen=True, slots=True)
class Address:
    """A checked address. `target` is its path with the query, which may hold a secret and is not shown."""

    host: str
    port: int
    is_tls: bool
    is_inside: bool
    target: str = field(repr=False)


def checked(url: str, *, inside: Collection[str] = ()) -> Address:
    """The parts of an address that may be asked. Refused: no https address, or one with a name and password in it."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Refused("outside_no_address") from None
    plain = any(ord(sign) <= 32 or ord(sign) > 126 for sign in url.strip())
    if not host or plain or parts.username is not None or len(url) > LONGEST_ADDRESS:
        raise Refused("outside_no_address")
    is_inside = host in inside or f"{host}:{port}" in inside
    if parts.scheme not in ("https", "http") or (parts.scheme == "http" and not is_inside):
        raise Refused("outside_not_https")
    is_tls = parts.scheme == "https"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(host, port or (443 if is_tls else 80), is_tls, is_inside, target)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it is written inside another one."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        within = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in NAT64:
            within = IPv4Address(int(found) & 0xFFFFFFFF)
        if within is not None:
            found = within
    return found.is_global and not found.is_multicast


def post(url: str, content: bytes, *, headers: Mapping[str, str], inside: Collection[str] = ()) -> Answer:
    """Send JSON and read the answer. A redirect is an answer like any other and is not followed.

    Refused: an address that may not be asked, one that cannot be reached or does not answer in time. Neither the
    refusal nor a log says more of the address than its host.
    """
    address = checked(url, inside=inside)
    connection = _Connection(address, _looked_up(address))
    ends = threading.Timer(SECONDS_IN_ALL, connection.cut)
    ends.daemon = True
    ends.start()
    try:
        sent = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Genjin", **headers}
        connection.request("POST", address.target, body=content, headers=sent)
        answer = connection.getresponse()
        return Answer(answer.status, answer.read(LONGEST_ANSWER).decode(errors="replace"))
    except TimeoutError:
        raise Refused("outside_timed_out", host=address.host) from None
    except ssl.SSLError:
        raise Refused("outside_not_trusted", host=address.host) from None
    except (OSError, http.client.HTTPException, ValueError):
        code = "outside_timed_out" if connection.is_cut else "outside_unreachable"
        raise Refused(code, host=address.host) from None
    finally:
        ends.cancel()
        connection.close()


def number_of(host: str, port: int, *, inside: Collection[str] = ()) -> str:
    """The IP address of a server that is no website and may be asked. Refused as for a website."""
    is_inside = host in inside or f"{host}:{port}" in inside
    return _looked_up(Address(host, port, is_tls=True, is_inside=is_inside, target=""))


def _looked_up(address: Address) -> str:
    """The IP address that is asked. Refused where any that the name has leads into a private network."""
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused("outside_unknown_host", host=address.host) from None
    numbers = [str(each[4][0]) for each in found]
    if not numbers:
        raise Refused("outside_unknown_host", host=address.host)
    if not address.is_inside and not all(map(is_public, numbers)):
        raise Refused("outside_private", host=address.host)
    return numbers[0]


class _Connection(http.client.HTTPConnection):
    """A connection to the address that was looked up, under the name that was asked for."""

    def __init__(self, address: Address, number: str) -> None:
        super().__init__(address.host, address.port, timeout=SECONDS)
        self.default_port = 443 if address.is_tls else 80
        self.number, self.is_tls, self.is_cut = number, address.is_tls, False

    def connect(self) -> None:
        self.sock = socket.create_connection((self.number, self.port), self.timeout)
        if self.is_tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """The time is over, however slowly something still comes."""
        self.is_cut = True
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                self.close()
