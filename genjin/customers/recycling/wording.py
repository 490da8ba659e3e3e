"""Why and when customers go back to the pool, and how long one may be kept, in words."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

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


def left_in_words(left: int) -> str:
    """How long an owner still has: 再过 2 个工作日回公海, 今晚回公海."""
    if left == 0:
        return gettext("Back to the pool tonight")
    sentence = ngettext("Back to the pool in %(n)d working day", "Back to the pool in %(n)d working days", left)
    return sentence % {"n": left}


def _keeping_is_too_long(**figures: Any) -> str:
    return gettext("It can be kept for a year at most, until %(day)s.") % {"day": day(figures["day"])}


wording.register(
    {
        "recycle_no_contact": _no_contact,
        "recycle_no_move_up": _no_move_up,
        "recycle_not_won": _not_won,
        "keeping_needs_a_reason": _("Say why it is kept."),
        "keeping_is_too_long": _keeping_is_too_long,
        "kept_needs_an_owner": _("%(name)s has no owner, so there is nobody to keep it for."),
        "only_who_leads_keeps": _("Only who leads its unit may keep %(name)s from going back."),
    }
)
