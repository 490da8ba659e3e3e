"""Refusals about costs and rewards in words."""

from django.utils.translation import gettext_lazy as _

from genjin.web import formats, wording


def _paid_when(day: str) -> str:
    return str(_("%(day)s is before it was agreed, or still to come.")) % {"day": formats.day_weekday(day)}


def _to_come(day: str) -> str:
    return str(_("%(day)s is still to come.")) % {"day": formats.day_weekday(day)}


wording.register(
    {
        "cost_of_nothing": _("Write what it cost in yuan or in hours."),
        "cost_day_to_come": _to_come,
        "reward_of_nothing": _("Write how much they get."),
        "reward_paid_when": _paid_when,
    }
)
