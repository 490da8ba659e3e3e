"""Words that are kept to be used and never shown: sealed with the installation's key before they go into a row."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from genjin.core.reasons import Refused


def _cipher() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"genjin sealed words").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(key))


def seal(words: str) -> str:
    """What goes into the row; nothing stays nothing."""
    return _cipher().encrypt(words.encode()).decode() if words else ""


def unseal(sealed: str) -> str:
    """The words again. Refused where they were sealed with another key: then they have to be entered anew."""
    if not sealed:
        return ""
    try:
        return _cipher().decrypt(sealed.encode()).decode()
    except InvalidToken as other_key:
        raise Refused("sealed_with_another_key") from other_key
