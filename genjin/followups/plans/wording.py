"""The reasons and refusals of plans in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genjin.playbooks.wording import class_words, cycle_words
from genjin.web import wording
from genjin.web.formats import day_weekday


def _planned_by_plan(**figures: Any) -> str:
    said = {
        "cls": class_words(figures["playbook"], figures["class_code"]),
        "every": cycle_words(figures["min"], figures["max"]),
        "last": day_weekday(figures["last"]),
    }
    return _("%(cls)s %(every)s, placed by the plan; its cycle ends on %(last)s.") % said


wording.register(
    {
        "planned_by_plan": _planned_by_plan,
        "no_place_today": gettext_lazy("The day has %(slots)d slots and %(taken)d who come first."),
        "plan_is_being_worked": gettext_lazy("%(name)s has begun this day: the plan stays as it was made."),
        "plan_of_another_unit": gettext_lazy("%(name)s is not in your unit. Their manager plans their day."),
    }
)
