"""Why an absence cannot be written down or taken back, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genjin.web import wording
from genjin.web.formats import day_weekday


def _past(**figures: Any) -> str:
    return _("%(day)s has passed: your manager writes down past days.") % {"day": day_weekday(figures["first"])}


def _long_past(**figures: Any) -> str:
    said = {"day": day_weekday(figures["first"]), "days": figures["days"]}
    return _("%(day)s lies more than %(days)d days back.") % said


def _there(**figures: Any) -> str:
    return _("%(day)s is written down already.") % {"day": day_weekday(figures["day"])}


def _begun(**figures: Any) -> str:
    return _("It began on %(day)s: your manager corrects it.") % {"day": day_weekday(figures["first"])}


wording.register(
    {
        "absence_runs_backwards": gettext_lazy("The last day lies before the first."),
        "absence_too_long": gettext_lazy(
            "%(days)d days: at most %(longest)d at once. Whoever is away longer hands the customers over."
        ),
        "absence_of_past_days": _past,
        "absence_long_past": _long_past,
        "absence_there_already": _there,
        "absence_has_begun": _begun,
    }
)
