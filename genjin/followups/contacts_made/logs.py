"""A cell with many contacts, each on a line that begins with its day: “2026-03-02 张三：要样册”.

Plain values in, answer out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import CellWrong
from genjin.followups.contacts_made.fields import LOG

_BEGINS = re.compile(
    r"\s*[【\[(（]?\s*(?P<day>\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?)"
    r"(?P<clock>[T\s]*\d{1,2}\s*[:：]\s*\d{2}(?:\s*[:：]\s*\d{2})?)?\s*[】\])）]?\s*[,，、;；|]?\s*(?P<rest>.*)",
    re.DOTALL,
)
_NAMED = re.compile(r"[【\[(（]?(?P<who>[^:：\s】\])）]{1,30})[】\])）]?\s*[:：]\s*(?P<text>.+)", re.DOTALL)
# Common surnames, which a person's name in a log begins with (ours).
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖"
    "邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
# Words that stand before a colon as a name would, and begin with a surname.
_NO_NAMES = frozenset(
    {
        "方案",
        "金额",
        "高层",
        "时间",
        "安排",
        "任务",
        "方法",
        "方式",
        "方向",
        "成交",
        "程度",
        "白天",
        "常规",
        "文件",
        "石材",
        "江苏",
    }
)
_HAN = re.compile(r"[\u4e00-\u9fff]{2,3}")


@dataclass(frozen=True, slots=True)
class Line:
    """One contact of a log: its day with the time where there is one, who made it ("" for nobody), what was said."""

    at: str
    who: str
    text: str


def lines_of(log: str, *, is_known: Callable[[str], bool]) -> list[Line]:
    """The contacts of a log, in its order. A line without a day goes on with the one before; at the top it raises
    CellWrong, for nothing tells when that was. `is_known` tells a colleague's name.
    """
    found: list[list[str]] = []
    for line in log.splitlines():
        if not line.strip():
            continue
        begins = _BEGINS.fullmatch(line)
        if begins is not None:
            found.append([f"{begins['day']} {begins['clock'] or ''}".strip(), begins["rest"].strip()])
        elif found:
            found[-1][1] = f"{found[-1][1]}\n{line.strip()}".strip()
        else:
            raise CellWrong(LOG, Reason("log_without_day", {"text": line.strip()[:20]}))
    return [Line(at, *_author(text, is_known)) for at, text in found]


def _author(text: str, is_known: Callable[[str], bool]) -> tuple[str, str]:
    """Who a line begins with, and the rest: a colleague, or what can only be a name; else it is all text."""
    named = _NAMED.fullmatch(text)
    if named is None:
        return "", text
    who = named["who"]
    is_name = _HAN.fullmatch(who) is not None and who[0] in _SURNAMES and who not in _NO_NAMES
    return (who, named["text"].strip()) if is_known(who) or is_name else ("", text)
