"""What conversion plugs into core, web and the apps before it."""

from django.utils.translation import gettext_lazy as _

from genjin.core import panels
from genjin.customers import hanging
from genjin.customers.forms import people
from genjin.customers.timeline import register_source
from genjin.leads.converting import wording  # noqa: F401  registers its sentences
from genjin.leads.converting.services import receivers
from genjin.leads.converting.timeline import leads_for_timeline
from genjin.leads.models import Conversion, Lead

hanging.register(hanging.Hanging(Lead, to="matched", goes=False, forgets=True, goes_along=True))
hanging.register(
    hanging.Hanging(Lead, "has_referred_others", hanging.every_row, to="referred_by", goes=False, goes_along=True)
)
hanging.register(hanging.Hanging(Conversion, "has_leads", hanging.every_row, goes=False))
register_source(leads_for_timeline)
people.register("lead_receivers", receivers)
panels.register(panels.Panel(place="lead", url_name="lead_conversion_panel", title=_("Make it a customer"), order=5))
panels.register(panels.Panel(place="customer", url_name="customer_origin", title=_("Was a lead"), order=30))
