"""What rules and queues plug in: who changes them, their places in the settings, their words."""

from django.utils.translation import gettext_lazy as _

from genjin.core import permissions
from genjin.followups.escalation.other_lines import OtherLine, register_line
from genjin.leads.assigning import wording  # noqa: F401  registers its sentences
from genjin.leads.assigning.lapsed import nobody_accepted
from genjin.web import navigation

permissions.declare({"leads.change_rules": {"owner", "manager"}, "leads.change_queues": {"owner", "manager"}})
navigation.register(
    navigation.Place(
        "lead_rules",
        _("Assignment rules"),
        "rule_list",
        "swap",
        order=56,
        permission="leads.change_rules",
        within="settings",
        summary=_("To whom new leads go: by rules in their order, tried on last month's leads first."),
    )
)
navigation.register(
    navigation.Place(
        "queues",
        _("Lead queues"),
        "queue_list",
        "lead",
        order=57,
        permission="leads.change_queues",
        within="settings",
        summary=_("Where leads wait for somebody to accept them, who sees them, and how long they may wait."),
    )
)
register_line(OtherLine("digest_lapsed_leads", nobody_accepted, "leads", "?view=queue"))
