"""What qualification says, in words."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genjin.leads import history
from genjin.web import wording


def _missing(what: list[Any]) -> str:
    return gettext("Before it becomes a customer: %(what)s. Who leads the unit may go past it with a reason.") % {
        "what": "、".join(map(str, what))
    }


wording.register(
    {
        "no_checklist": _("There is no checklist for %(name)s."),
        "qualification_is_missing": _missing,
        "checklist_is_empty": _("Write at least one point, or choose a field."),
        "checklist_is_too_long": _("At most %(most)s points and fields."),
        "checklist_stands_twice": _("%(what)s stands there twice."),
        "checklist_no_such_field": _("There is no field %(field)s."),
        "checklist_words_too_long": _("At most %(longest)s characters: %(words)s…"),
        "checklist_points": _("A whole number from 0 to %(most)s: %(what)s"),
    }
)
history.register_verbs({"lead.qualified": ("check", _("Went through the checklist"))})
