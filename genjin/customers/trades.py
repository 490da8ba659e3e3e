"""The words of a company's name that say its trade, and what is left of the name without them: its own part (字号).

The list (`trades.json`) is ours: what stands in the names of companies. A trade that is not in it leaves a name without
a part of its own that could be told.
"""

import json
import re
from pathlib import Path

_NAMES = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
_WORDS = "|".join(sorted((*_NAMES["chinese"], *_NAMES["english"]), key=len, reverse=True))
_ONLY_TRADE = re.compile(f"(?:{_WORDS})+")
_OWN = re.compile(f"(.{{2,}}?)(?:{_WORDS})")


def own_part(key: str) -> str | None:
    """What a name key (`rules.name_key`) has before its trade: 瑞和 of 瑞和酒店管理.

    "" where it says a trade and nothing else, None where it says no trade that is known.
    """
    if _ONLY_TRADE.fullmatch(key):
        return ""
    found = _OWN.match(key)
    if found is None:
        return None
    return "" if _ONLY_TRADE.fullmatch(found[1]) else found[1]
