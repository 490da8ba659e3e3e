"""What a file says of a customer's campaign as a whole: fields that followups brings to the import of customers."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from genjin.core.reasons import Reason
from genjin.core.transfer import bulk
from genjin.core.transfer.kinds import Addition, CellWrong, Row
from genjin.core.transfer.mapping import Field, words_of
from genjin.followups.models import CampaignSummary
from genjin.web.wording import register

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

_WON = {
    **dict.fromkeys(words_of("yes, y, true, 1, 是, 已成交, 成交, 已购买"), True),
    **dict.fromkeys(words_of("no, n, false, 0, 否, 未成交, 未购买"), False),
}

Summary = dict[str, Any]  # field → what the row says; a cell that is empty says nothing

COLUMNS = {
    ATTEMPTS: "attempts",
    WON: "is_won",
    OUTCOME: "outcome",
    LAST_CALL: "last_call_seconds",
    EARLIER: "earlier_contacts",
}
_SILENT = {ATTEMPTS: 0, WON: False, OUTCOME: "", LAST_CALL: None, EARLIER: 0}


def read(row: Row) -> Summary | None:
    """The summary of one row; None where it says nothing of a campaign."""
    said: Summary = {}
    for field in (ATTEMPTS, EARLIER, LAST_CALL):
        if (count := _count(row, field)) is not None:
            said[field] = count
    if outcome := row.text(OUTCOME):
        if len(outcome) > 40:
            raise CellWrong(OUTCOME, Reason("text_too_long", {"length": len(outcome), "limit": 40}))
        said[OUTCOME] = outcome
    if word := row.text(WON):
        won = _WON.get(word)
        if won is None and (won := _WON.get(word.casefold())) is None:
            raise CellWrong(WON, Reason("yes_or_no_unknown", {"text": word[:20]}))
        said[WON] = won
    return said or None


def _count(row: Row, field: str) -> int | None:
    text = row.text(field)
    if not text:
        return None
    if not (text.isdecimal() and text.isascii() and len(text) <= 7):
        raise CellWrong(field, Reason("count_unreadable", {"text": text[:20]}))
    return int(text)


def write(pairs: Sequence[tuple[int, Summary]]) -> None:
    """Store the summaries of customers that have none."""
    rows = ((key, *(said.get(field, silent) for field, silent in _SILENT.items())) for key, said in pairs)
    bulk.insert_rows(CampaignSummary, ("customer", *COLUMNS.values()), rows)


def known(pks: Sequence[int]) -> dict[int, Summary]:
    """The summaries that these customers have."""
    rows = CampaignSummary.objects.filter(customer__in=pks).values_list("customer_id", *COLUMNS.values())
    return {pk: {field: value for field, value in zip(COLUMNS, values, strict=True) if value} for pk, *values in rows}


def remove(pks: Sequence[int]) -> None:
    """Take the summaries of these customers away."""
    bulk.delete_rows(CampaignSummary, "customer", pks)


ADDITION = Addition(FIELDS, read, write, known, remove)

register(
    {
        "yes_or_no_unknown": _("“%(text)s” is neither yes nor no"),
        "count_unreadable": _("“%(text)s” is no count"),
    }
)
