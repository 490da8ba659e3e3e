"""What qualification plugs into core, web and the page of a lead."""

from django.utils.translation import gettext_lazy as _

from genjin.core import panels, permissions
from genjin.leads.qualifying import wording  # noqa: F401  registers its sentences
from genjin.web import navigation

permissions.declare({"leads.change_checklists": {"owner", "manager"}})
panels.register(panels.Panel(place="lead", url_name="lead_qualification_panel", title=_("Checklist"), order=3))
navigation.register(
    navigation.Place(
        "checklists",
        _("Checklists"),
        "checklists",
        "check",
        order=58,
        permission="leads.change_checklists",
        within="settings",
        summary=_("What is asked of a lead, of which unit and product, with points, and what is required."),
    )
)
