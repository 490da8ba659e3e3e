"""What this app plugs into core, web and the apps before it: its place, its words, notes in the timeline, holdings."""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genjin.core import panels, permissions
from genjin.core.search import registry
from genjin.core.transfer import exports, kinds
from genjin.customers import hanging
from genjin.customers.filters import catalogue
from genjin.customers.importing import faces
from genjin.customers.timeline import register_source
from genjin.followups import (
    importing,
    search,
    unreachable,
    wording,
)
from genjin.followups.contacts_made import wording as contacts_made_wording  # noqa: F401  registers its sentences
from genjin.followups.contacts_made.face import FACE
from genjin.followups.contacts_made.kind import KIND as CONTACTS_MADE
from genjin.followups.counts import overdue_count, unread_count
from genjin.followups.escalation import wording as escalation_wording  # noqa: F401  registers its sentences
from genjin.followups.models import Appointment, CampaignSummary, Payment, PlannedContact, Promise, Proposal, Touch
from genjin.followups.note_reading import wording as note_reading_wording  # noqa: F401  registers its sentences
from genjin.followups.plans import attempts  # noqa: F401  registers who counts them
from genjin.followups.plans import wording as plan_wording  # noqa: F401  registers its sentences
from genjin.followups.proposals import wording as proposal_wording  # noqa: F401  registers its sentences
from genjin.followups.recycling import wording as recycling_wording  # noqa: F401  registers its sentences
from genjin.followups.recycling.models import RecycledCustomer
from genjin.followups.register import wording as register_wording  # noqa: F401  registers its sentences
from genjin.followups.register.models import KeyNote, WeekendMessage
from genjin.followups.reports import wording as report_wording  # noqa: F401  registers its sentences
from genjin.followups.reports.exporting import KIND as REPORTS_EXPORT
from genjin.followups.timeline import touches_for_timeline
from genjin.followups.week import wording as week_wording  # noqa: F401  registers its sentences
from genjin.organization import holdings
from genjin.web import commands, navigation

navigation.register(
    navigation.Place(
        name="today",
        title=_("Today"),
        url_name="today",
        icon="today2",
        order=10,
        permission="customers.work",
        key="t",
        on_phone=True,
        count=overdue_count,
        count_title=_("Overdue"),
    )
)
permissions.declare(
    {
        "followups.see_team": {"owner", "manager", "reader"},
        "followups.plan_for_others": {"owner", "manager"},
        "followups.change_robots": {"owner", "manager"},
        "followups.approve_proposals": {"owner", "manager"},
        "followups.read_notes": {"owner", "manager"},
        "followups.comment_reports": {"owner", "manager"},
        "followups.export_reports": settings.EXPORT_ROLES,
    }
)
navigation.register(
    navigation.Place(
        name="team",
        title=_("Team"),
        url_name="team",
        icon="team",
        order=60,
        permission="followups.see_team",
        key="m",
        on_phone=True,
        count=overdue_count,
        count_title=_("Overdue"),
    )
)
navigation.register(
    navigation.Place("week", _("Calendar"), "week", "cal", order=50, permission="customers.work", key="w")
)
navigation.register(
    navigation.Place(
        "digests", _("Reminders"), "digest_list", "bell", order=80, key="r", count=unread_count, count_title=_("Unread")
    )
)
navigation.register(
    navigation.Place(
        "robots",
        _("Group robots"),
        "robot_list",
        "bell",
        60,
        permission="followups.change_robots",
        within="settings",
        summary=_("What slipped, told once a day in the group: WeCom, DingTalk, Feishu."),
    )
)
navigation.register(
    navigation.Place("register", _("Key"), "register", "flag", order=25, permission="customers.work", key="k")
)
catalogue.register(unreachable.FIELD)
registry.register_tab(
    registry.Tab(kind="note", title=_("Notes"), template="followups/_search_note.html", answer=search.answer)
)
commands.register(commands.Command("recycle_list", _("Went back to the pool"), "recycle_list", "pool"))
commands.register(
    commands.Command(
        "next_call", _("Start the next call"), "today", "phone", order=10, permission="customers.work", key="g t"
    )
)
commands.register(
    commands.Command("report", _("Write the daily report"), "report_today", "note", permission="customers.work")
)
for name, title, url_name, icon in (
    ("note", _("Write a note for %(name)s"), "note_new", "note"),
    ("promise", _("Keep a promise to %(name)s in mind"), "promise_new", "flag"),
    ("appointment", _("Make an appointment with %(name)s"), "appointment_new", "cal"),
):
    commands.register_for_rows(
        commands.RowCommand(name, "customer", title, url_name, icon, is_open_to=search.may_be_worked)
    )
panels.register(panels.Panel(place="customer", url_name="customer_proposals", title=_("To decide"), order=5))
panels.register(panels.Panel(place="customer", url_name="agreements", title=_("Agreed"), order=10))
register_source(touches_for_timeline)
kinds.add_fields("customer", importing.ADDITION)
kinds.register(CONTACTS_MADE)
exports.register(REPORTS_EXPORT)
faces.register(FACE)

hanging.register(
    hanging.Hanging(Touch, "has_touches", hanging.of_others("import_run"), order=5, goes_along=True, told=wording.notes)
)
IS_OPEN = Q(ended_at=None)
hanging.register(
    hanging.Hanging(
        Promise,
        "has_promises",
        hanging.every_row,
        goes_along=True,
        told=wording.promises,
        follows=("by_id",),
        in_the_way=IS_OPEN,
    )
)
hanging.register(
    hanging.Hanging(
        Appointment,
        "has_appointments",
        hanging.every_row,
        goes_along=True,
        told=wording.appointments,
        follows=("by_id",),
        in_the_way=IS_OPEN,
    )
)
hanging.register(hanging.Hanging(Payment, "has_payments", hanging.every_row, goes_along=True))
hanging.register(hanging.Hanging(KeyNote, "has_key_note", hanging.every_row, texts=("next_step", "left_open", "memo")))
hanging.register(hanging.Hanging(WeekendMessage, "has_weekend_message", hanging.every_row, order=4))
hanging.register(hanging.Hanging(CampaignSummary))
hanging.register(hanging.Hanging(PlannedContact))
hanging.register(hanging.Hanging(RecycledCustomer))
# What the rules propose by themselves keeps nobody; what a person decided or asked for does.
hanging.register(hanging.Hanging(Proposal, "has_proposals", lambda run: ~Q(decided_by=None) | ~Q(asked_by=None)))

holdings.register(
    holdings.Holding(
        "appointments",
        _("Appointments"),
        lambda person: Appointment.objects.open().filter(by=person).count(),
        order=20,
        follows=True,
    )
)
holdings.register(
    holdings.Holding(
        "promises",
        _("Promises"),
        lambda person: Promise.objects.open().filter(by=person).count(),
        order=30,
        follows=True,
    )
)
