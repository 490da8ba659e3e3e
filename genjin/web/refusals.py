"""The refusals of core in words; every app words its own beside its services."""

from django.utils.translation import gettext as _

from genjin.web import wording

wording.register(
    {
        "role_lacks_permission": lambda verb: _("Your role may not do this. Ask your manager."),
    }
)
