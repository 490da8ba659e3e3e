"""Why customers go back to the pool, and what cannot be taken back, in words."""

from typing import Any

from django.utils.translation import ngettext

from genjin.web import wording
from genjin.web.formats import day


def _no_contact(**figures: Any) -> str:
    sentence = ngettext(
        "No effective contact in %(days)d working day, counted from %(since)s",
        "No effective contact in %(days)d working days, counted from %(since)s",
        figures["days"],
    )
    return sentence % {"days": figures["days"], "since": day(figures["since"])}


def _no_move_up(**figures: Any) -> str:
    sentence = ngettext(
        "Not moved up in %(days)d working day, counted from %(since)s",
        "Not moved up in %(days)d working days, counted from %(since)s",
        figures["days"],
    )
    return sentence % {"days": figures["days"], "since": day(figures["since"])}


def _not_won(**figures: Any) -> str:
    sentence = ngettext(
        "Not won in %(days)d working day, owned since %(since)s",
        "Not won in %(days)d working days, owned since %(since)s",
        figures["days"],
    )
    return sentence % {"days": figures["days"], "since": day(figures["since"])}


wording.register(
    {
        "recycle_no_contact": _no_contact,
        "recycle_no_move_up": _no_move_up,
        "recycle_not_won": _not_won,
    }
)
