"""The refusals of the week in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genjin.playbooks.wording import class_words, cycle_words
from genjin.web import wording
from genjin.web.formats import day_weekday


def _day_is_off(**figures: Any) -> str:
    return _("%(day)s is a day off. Say why it has to be then.") % {"day": day_weekday(figures["day"])}


def _day_before_cycle(**figures: Any) -> str:
    said = {
        "cls": class_words(figures["playbook"], figures["class_code"]),
        "every": cycle_words(figures["min"], figures["max"]),
        "first": day_weekday(figures["first"]),
    }
    return _("%(cls)s %(every)s: its turn is from %(first)s on. Say why earlier.") % said


wording.register(
    {
        "day_is_off": _day_is_off,
        "day_before_cycle": _day_before_cycle,
        "no_visit_to_confirm": gettext_lazy("This is no open visit: there is nothing to confirm."),
    }
)
