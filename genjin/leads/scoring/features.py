"""What estimates by likeness plug into core, web and the pages of leads and customers."""

from django.utils.translation import gettext_lazy as _

from genjin.core import panels, permissions
from genjin.web import commands

permissions.declare({"leads.see_likeness": {"owner", "manager", "reader"}})
panels.register(panels.Panel(place="lead", url_name="lead_likeness", title=_("Chance by likeness"), order=20))
panels.register(panels.Panel(place="customer", url_name="customer_likeness", title=_("Chance by likeness"), order=40))
commands.register(
    commands.Command(
        "likeness", _("How good estimates by likeness are"), "likeness", "trend", permission="leads.see_likeness"
    )
)
