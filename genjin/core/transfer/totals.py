"""Rows that sum up the ones above them: no record, whatever the list holds. Plain cells in, answer out."""

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 40  # characters of a group's name with its total behind it (ours)

_TOTALS = frozenset(
    ("合计", "总计", "小计", "共计", "总合计", "累计", "汇总", "本页合计", "本页小计", "合计数", "合计金额")
)
_IN_ENGLISH = frozenset(("total", "totals", "subtotal", "sub total", "sub-total", "grand total", "sum", "sum total"))
# What a spreadsheet writes when it groups: the group's name, then this.
_OF_GROUP = ("小计", "合计", "总计", "汇总", " total", " subtotal")
_LAST = frozenset("计总数额合 lLsSmM:：)）")  # no other last letter needs a closer look
_FIGURE = re.compile(r"[¥￥$€£]?\(?[-+]?\d[\d,，]*(\.\d+)?\)?(%|元|万|万元|人|个|家|户|条|笔|件|台|次|行|名)?")
_NOTHING = frozenset(("-", "--", "—", "——", "/", "\\"))
_PHONE = re.compile(r"(\+?86)?1[3-9]\d{9}|0\d{9,11}|400\d{7}")


def is_total(cells: Sequence[str]) -> bool:
    """Whether the first filled cell says “total” and the others hold figures, or nothing.

    A Chinese word alone is enough: no customer is called 合计. In English it takes a figure, for Total is a company; a
    phone is none.
    """
    first = ""
    for first in cells:
        if first:
            break
    if first[-1:] not in _LAST or len(first) > LONGEST:
        return False
    filled = [unicodedata.normalize("NFKC", cell).strip() for cell in cells if cell and not cell.isspace()]
    if not filled:
        return False
    word = " ".join(filled[0].casefold().split()).strip(" :()")
    rest = [cell for cell in filled[1:] if cell not in _NOTHING]
    if not all(_FIGURE.fullmatch(cell) and not _PHONE.fullmatch(cell) for cell in rest):
        return False
    if word.replace(" ", "") in _TOTALS:
        return True
    return bool(rest) and (word in _IN_ENGLISH or word.endswith(_OF_GROUP))
