"""Why somebody gets no message at the weekend, and why one cannot be changed, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genjin.web import wording
from genjin.web.formats import day_weekday


def _lately(**figures: Any) -> str:
    return _("Contacted on %(day)s") % {"day": day_weekday(figures["on"])}


wording.register(
    {
        "weekend_contacted_lately": _lately,
        "weekend_is_blocked": gettext_lazy("Asked not to be contacted"),
        "weekend_cannot_be_reached": gettext_lazy("Neither a phone nor WeChat is known"),
        "weekend_message_is_sent": gettext_lazy("This one is sent already."),
        "weekend_message_is_empty": gettext_lazy("Write what is to be said."),
        "weekend_message_is_long": gettext_lazy("%(signs)s characters; at most %(most)s."),
        "weekend_channel_unknown": gettext_lazy("Say whether it went by WeChat or by SMS."),
        "has_key_note": gettext_lazy("stands in the register"),
        "has_weekend_message": gettext_lazy("was proposed for a message"),
    }
)
