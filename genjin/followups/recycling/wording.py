"""Why a night cannot be taken back, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from genjin.web import wording


def _too_old(**figures: Any) -> str:
    sentence = ngettext(
        "A night can be given back for %(days)d day, which has passed.",
        "A night can be given back for %(days)d days, which have passed.",
        figures["days"],
    )
    return sentence % figures


wording.register(
    {
        "recycle_is_running": _("This night is not at its end yet. Try again in a minute."),
        "recycle_is_too_old": _too_old,
        "only_who_leads_gives_back": _("Only who leads the unit may give its customers back."),
    }
)
