"""What a file says of a customer's campaign as a whole: fields that followups brings to the import of customers."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from genjin.core.reasons import Reason
from genjin.core.transfer import bulk
from genjin.core.transfer.kinds import Addition, CellWrong, Row
from genjin.core.transfer.mapping import Field, words_of
from genjin.followups.models import CampaignSummary

ATTEMPTS = "campaign_attempts"
WON = "campaign_won"
OUTCOME = "campaign_outcome"
LAST_CALL = "campaign_last_call"
EARLIER = "campaign_earlier"

FIELDS = (
    Field(
        ATTEMPTS,
        _("Contacts in this campaign"),
        names=words_of("本次联系次数, 活动联系次数, contacts in this campaign"),
        synonyms=words_of("campaign, 联系次数, 拨打次数"),
    ),
    Field(
        WON,
        _("Bought"),
        names=words_of("是否成交, 成交, bought"),
        synonyms=words_of("y, 是否购买, 是否签约, won, converted"),
    ),
    Field(
        OUTCOME,
        _("Outcome of the campaign"),
        names=words_of("活动结果, campaign outcome"),
        synonyms=words_of("poutcome, outcome, 结果"),
    ),
    Field(
        LAST_CALL,
        _("Length of the last call (seconds)"),
        names=words_of("最后通话时长, length of the last call"),
        synonyms=words_of("duration, 通话时长, 通话秒数"),
    ),
    Field(
        EARLIER,
        _("Contacts before this campaign"),
        names=words_of("之前联系次数, contacts before this campaign"),
        synonyms=words_of("previous, 以往联系次数"),
    ),
)

_YES = frozenset(words_of("yes, y, true, 1, 是, 已成交, 成交, 已购买"))
_NO = frozenset(words_of("no, n, false, 0, 否, 未成交, 未购买")) | {""}
_COUNT = re.compile(r"\d{1,7}")

Summary = tuple[int, bool, str, int | None, int]


def read(row: Row) -> Summary | None:
    """The summary of one row; None where it says nothing of a campaign."""
    texts = {field.name: row.text(field.name) for field in FIELDS}
    if not any(texts.values()):
        return None
    if len(texts[OUTCOME]) > 40:
        raise CellWrong(OUTCOME, Reason("text_too_long", {"length": len(texts[OUTCOME]), "limit": 40}))
    word = texts[WON].casefold()
    if word not in _YES and word not in _NO:
        raise CellWrong(WON, Reason("yes_or_no_unknown", {"text": texts[WON][:20]}))
    return (
        _count(ATTEMPTS, texts[ATTEMPTS]) or 0,
        word in _YES,
        texts[OUTCOME],
        _count(LAST_CALL, texts[LAST_CALL]),
        _count(EARLIER, texts[EARLIER]) or 0,
    )


def _count(field: str, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and _COUNT.fullmatch(text)):
        raise CellWrong(field, Reason("count_unreadable", {"text": text[:20]}))
    return int(text)


def write(pairs: Sequence[tuple[int, Any]]) -> None:
    """Store the summaries of customers that were just made."""
    fields = ("customer", "attempts", "is_won", "outcome", "last_call_seconds", "earlier_contacts")
    bulk.insert_rows(CampaignSummary, fields, ((key, *summary) for key, summary in pairs))


ADDITION = Addition(FIELDS, read, write)
