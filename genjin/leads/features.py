"""What this app plugs into core, web and the apps before it: its place, its words, its search, who may do what."""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genjin.core import permissions, scoping
from genjin.core.fields import registry as described
from genjin.core.search import registry
from genjin.core.transfer import exports, kinds
from genjin.customers import hanging
from genjin.customers.importing import faces
from genjin.customers.rules import normalised_phone
from genjin.followups.other_entries import register_entries
from genjin.leads import search, wording  # noqa: F401  registers its sentences
from genjin.leads.assigning import features as assigning_features  # noqa: F401  rules, queues and their words
from genjin.leads.capture import wording as capture_wording  # noqa: F401  registers its sentences
from genjin.leads.converting import features as converting  # noqa: F401  declares what it plugs in
from genjin.leads.custom import KIND
from genjin.leads.exporting import KIND as LEADS_EXPORT
from genjin.leads.importing import wording as importing_wording  # noqa: F401  registers its sentences
from genjin.leads.importing.face import FACE as LEADS_FACE
from genjin.leads.importing.kind import KIND as LEADS_IMPORT
from genjin.leads.mail import wording as mail_wording  # noqa: F401  registers its sentences
from genjin.leads.merging import wording as merging_wording  # noqa: F401  registers its sentences
from genjin.leads.models import Lead
from genjin.leads.qualifying import features as qualifying  # noqa: F401  declares what it plugs in
from genjin.leads.queues.models import kept_apart
from genjin.leads.replies import wording as reply_wording  # noqa: F401  registers its sentences
from genjin.leads.replies.reading import replies_for_timeline
from genjin.leads.scoring import features as scoring  # noqa: F401  declares what it plugs in
from genjin.leads.sources import wording as sources_wording  # noqa: F401  registers its sentences
from genjin.leads.timeline import register_source as register_timeline
from genjin.leads.today import ENTRIES
from genjin.organization import holdings
from genjin.web import commands, navigation

scoping.keep_apart("queue", kept_apart)
permissions.declare(
    {
        "leads.work": {"owner", "manager", "seller", "service"},
        "leads.create": {"owner", "manager", "seller", "service"},
        "leads.assign": {"owner", "manager"},
        "leads.see_costs": {"owner", "manager", "reader"},
        "leads.keep_costs": {"owner", "manager"},
    }
)
navigation.register(navigation.Place(name="leads", title=_("Leads"), url_name="leads", icon="lead", order=15, key="l"))
register_entries(ENTRIES)
commands.register(
    commands.Command("costs", _("Costs of the sources"), "cost_list", "lead", permission="leads.see_costs")
)
commands.register(commands.Command("lead_new", _("New lead"), "lead_new", "plus", permission="leads.create"))
registry.register(
    registry.Source(
        kind=search.KIND,
        title=_("Leads"),
        template="leads/_search_hit.html",
        documents=search.documents,
        answer=search.answer,
        order=20,
    )
)
holdings.register(holdings.Holding("leads", _("Leads"), lambda person: Lead.objects.owned_by(person).count(), order=15))
hanging.register(hanging.Hanging(Lead, "has_leads", lambda run: Q(pk__isnull=False), goes=False, goes_along=True))

# Export
permissions.declare({"leads.export": settings.EXPORT_ROLES})
exports.register(LEADS_EXPORT)
# Merging
permissions.declare({"leads.merge": {"owner", "manager", "seller", "service"}})
# Import
kinds.register(LEADS_IMPORT)
faces.register(LEADS_FACE)
# Custom fields
described.register(described.Subject(KIND, _("Leads"), Lead, as_phone=normalised_phone, order=5))
# Capture forms and automatic replies
permissions.declare(
    {
        "leads.capture": {"owner", "manager"},
        "leads.change_replies": {"owner", "manager"},
        "leads.change_sms": {"owner"},
        "leads.change_mailboxes": {"owner", "manager"},
    }
)
navigation.register(
    navigation.Place(
        "mailboxes",
        _("Mailboxes"),
        "mailbox_list",
        "mail",
        41,
        permission="leads.change_mailboxes",
        within="settings",
        summary=_("Who writes to your sales address becomes a lead."),
    )
)
register_timeline(replies_for_timeline)
navigation.register(
    navigation.Place(
        "replies",
        _("Automatic replies"),
        "reply_list",
        "mail",
        42,
        permission="leads.change_replies",
        within="settings",
        summary=_("Who writes in is answered at once, by e-mail or SMS, by rules of your own."),
    )
)
navigation.register(
    navigation.Place(
        "capture_forms",
        _("Lead forms"),
        "capture_form_list",
        "link",
        40,
        permission="leads.capture",
        within="settings",
        summary=_("Forms for your website and for sharing: who fills one in becomes a lead."),
    )
)
