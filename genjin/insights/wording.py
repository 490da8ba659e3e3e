"""The reasons that the boards give, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from genjin.web import wording


def _too_short(**figures: Any) -> str:
    if not figures["signs"]:
        return str(_("Not a word is written."))
    return ngettext("Only %(signs)d sign.", "Only %(signs)d signs.", figures["signs"]) % figures


wording.register(
    {
        "note_copied": _("The same words stand at %(customers)d customers within %(days)d days."),
        "note_without_next_step": _("It does not say when it goes on, or with what."),
        "note_without_interest": _("No interest point."),
        "note_without_objection": _("No doubt."),
        "note_without_services": _("No service introduced."),
        "note_too_short": _too_short,
        "note_well_written": _("Well written."),
    }
)
