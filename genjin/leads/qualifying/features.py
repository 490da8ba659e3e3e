"""What qualification plugs into core, web and the page of a lead."""

from django.utils.translation import gettext_lazy as _

from genjin.core import panels, permissions
from genjin.core.fields import registry as described
from genjin.customers.rules import normalised_phone
from genjin.leads.models import Lead
from genjin.leads.qualifying import wording  # noqa: F401  registers its sentences
from genjin.web import navigation

described.register(described.Subject("lead", _("Leads"), Lead, as_phone=normalised_phone, order=30))
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
