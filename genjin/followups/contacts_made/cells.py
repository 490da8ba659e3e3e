"""What the other cells of a contact say. Plain values in, answer out."""

import re
from collections.abc import Mapping

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import CellWrong
from genjin.followups.contacts_made.fields import DURATION, EFFECTIVE

_YES = frozenset({"是", "有效", "有", "对", "y", "yes", "true", "1", "√", "✓", "有效联系", "有效跟进", "effective"})
_NO = frozenset({"否", "无效", "无", "不是", "n", "no", "false", "0", "×", "-", "无效联系", "无效跟进", "ineffective"})
_CHANNELS: Mapping[str, tuple[str, ...]] = {
    "phone": ("电话", "手机", "来电", "去电", "呼", "通话", "call", "phone", "dial"),
    "visit": ("拜访", "上门", "面谈", "到店", "到访", "见面", "会议", "visit", "meeting", "face", "onsite", "event"),
    "wechat": ("微信", "wechat", "企微", "wecom", "weixin"),
    "sms": ("短信", "sms", "text message"),
    "email": ("邮件", "邮箱", "email", "e-mail", "mail"),
    "fax": ("传真", "fax"),
}
_LONGEST_CALL = 24 * 60 * 60
_PARTED = re.compile(r"(?:(\d{1,2})[:：])?(\d{1,3})[:：](\d{2})")
_SPOKEN = re.compile(r"(?:(\d+)\s*(?:小时|时|h))?\s*(?:(\d+)\s*(?:分钟|分|min|m))?\s*(?:(\d+)\s*(?:秒钟|秒|s))?")


def yes_or_no(text: str) -> bool | None:
    """Whether a cell says that the contact was effective; None where it is empty."""
    word = text.strip().casefold()
    if not word:
        return None
    if word in _YES or word in _NO:
        return word in _YES
    raise CellWrong(EFFECTIVE, Reason("effective_unknown", {"text": text[:20]}))


def channel(text: str) -> str:
    """The channel a cell names; empty means phone only where nothing else is said, another word “other”."""
    word = text.strip().casefold()
    if not word:
        return ""
    return next((code for code, words in _CHANNELS.items() if any(each in word for each in words)), "other")


def seconds(text: str) -> int | None:
    """252, 4:12, 0:04:12, 4分12秒 in seconds."""
    plain = text.strip().casefold()
    if not plain:
        return None
    if plain.isdecimal() and plain.isascii() and len(plain) <= 6:
        found = int(plain)
    elif parted := _PARTED.fullmatch(plain):
        found = int(parted[1] or 0) * 3600 + int(parted[2]) * 60 + int(parted[3])
    elif (spoken := _SPOKEN.fullmatch(plain)) and any(spoken.groups()):
        hours, minutes, rest = (int(part or 0) for part in spoken.groups())
        found = hours * 3600 + minutes * 60 + rest
    else:
        raise CellWrong(DURATION, Reason("duration_unreadable", {"text": text[:20]}))
    if found > _LONGEST_CALL:
        raise CellWrong(DURATION, Reason("duration_unreadable", {"text": text[:20]}))
    return found


_MISSED: Mapping[str, tuple[str, ...]] = {
    "no_answer": (
        "无人接听", "未接", "未接通", "没接", "没人接", "无应答", "未接听", "占线", "忙线", "通话中", "no answer",
        "unanswered", "busy", "no contact", "left voicemail", "voicemail", "missed", "not reached",
    ),
    "hung_up": ("挂断", "拒接", "挂机", "hung up", "rejected", "declined"),
    "switched_off": ("关机", "停机", "关机停机", "已停机", "无法接通", "switched off", "unavailable", "unreachable"),
    "empty_number": ("空号", "错号", "号码错误", "no such number", "wrong number", "invalid number", "bad number"),
    "not_kp": ("非kp", "非 kp", "非关键人", "not the kp"),
}  # fmt: skip
_MISS_OF = {word: code for code, words in _MISSED.items() for word in words}


def miss_reason(outcome: str) -> str:
    """The chip of the reason for a missed call that an outcome names; "" for any other outcome."""
    return _MISS_OF.get(outcome.strip().casefold(), "")
