"""One way to write: what makes no difference to a reader makes none to search.

Letters and digits only, in one width and one case, Chinese in simplified characters. The table of characters is that
of OpenCC (Apache License 2.0), each by itself: for finding, phrases need not be told apart, since what is kept and what
is asked are folded alike. 乾 stays, for it is read qián in 乾坤 and gān only in 乾燥.
"""

import json
import unicodedata
from pathlib import Path

_TABLE = json.loads(Path(__file__).with_name("simplified.json").read_text("utf-8"))
SIMPLIFIED = dict(zip(map(ord, _TABLE["traditional"]), _TABLE["simplified"], strict=True))
TRADITIONAL = frozenset(_TABLE["traditional"])


def fold(text: str) -> str:
    """Letters and digits only, in one width, one case and simplified: "Ａ·Ｃ（上海）" is "ac上海".

    >>> fold("ＡBC 恆通（上海）")
    'abc恒通上海'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if not TRADITIONAL.isdisjoint(text):
            text = text.translate(SIMPLIFIED)
    text = text.casefold()
    return text if text.isalnum() else "".join(filter(str.isalnum, text))


def digits(phone: str) -> str:
    """A number's digits in ASCII, without the country code of a Chinese mobile number."""
    if not (phone.isascii() and phone.isdecimal()):
        phone = "".join(char for char in unicodedata.normalize("NFKC", phone) if "0" <= char <= "9")
    return phone[2:] if len(phone) == 13 and phone.startswith("861") else phone
