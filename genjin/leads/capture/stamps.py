"""The stamp on a form that was shown: when, for which form, and a number used once. Signed, so nobody can make one."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.core.signing import BadSignature, Signer

from genjin.leads.capture.rules import STALE

_signer = Signer(salt="genjin capture form")


@dataclass(frozen=True, slots=True)
class Stamp:
    """`seconds` since the page was shown; `text` as it stands in the page."""

    text: str
    nonce: UUID
    seconds: float


def stamp(slug: str, *, at: datetime) -> str:
    """A new one, for one page."""
    return _signer.sign(f"{slug}.{int(at.timestamp() * 1000)}.{secrets.token_hex(16)}")


def read_stamp(text: str, slug: str, *, at: datetime) -> Stamp | None:
    """None for one that is forged, of another form, or too old."""
    try:
        for_slug, shown, nonce = _signer.unsign(text).split(".")
    except (BadSignature, ValueError):
        return None
    seconds = at.timestamp() - int(shown) / 1000
    if for_slug != slug or not -5 <= seconds <= STALE:
        return None
    return Stamp(text, UUID(nonce), max(seconds, 0.0))


def key_of(found: Stamp, mark: str) -> UUID:
    """What makes a page that is sent twice one arrival; what was corrected in between is another."""
    return uuid5(found.nonce, mark)
