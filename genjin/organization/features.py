"""What this app plugs into core and web: permissions, the settings and its own pages there."""

from django.utils.translation import gettext_lazy as _

from genjin.core import permissions
from genjin.core.backup.services import PERMISSION as BACKUPS
from genjin.organization import first_steps, wording  # noqa: F401  registers the sentences
from genjin.organization.absences import wording as absence_wording  # noqa: F401  registers its sentences
from genjin.organization.models import Person, Unit
from genjin.web.navigation import Place, register

permissions.declare(
    {
        "organization.change_units": {"owner", "manager"},
        "organization.see_units": {"owner", "manager", "reader"},
        "organization.change_people": {"owner", "manager"},
        "organization.see_people": {"owner", "manager", "reader"},
    }
)

register(Place("settings", _("Settings"), "settings", "set", 900, at_end=True))
register(
    Place(
        "people",
        _("People"),
        "person_list",
        "team",
        10,
        permission="organization.see_people",
        within="settings",
        summary=_("Who works here: role, way in, hand-over when somebody leaves."),
    )
)
register(
    Place(
        "units",
        _("Units"),
        "unit_list",
        "users",
        20,
        permission="organization.see_units",
        within="settings",
        summary=_("Regions, dealers, teams: their week and their shift."),
    )
)
register(
    Place(
        "calendar",
        _("Calendar"),
        "calendar",
        "cal",
        40,
        within="settings",
        summary=_("Public holidays and make-up working days."),
    )
)
register(
    Place(
        "fields",
        _("Custom fields"),
        "field_list",
        "edit",
        45,
        permission="fields.see",
        within="settings",
        summary=_("What your business wants to know besides: of customers, of the people there."),
    )
)
register(
    Place(
        "absences",
        _("Leave"),
        "absence_list",
        "cal",
        50,
        within="settings",
        summary=_("Who is away when, whole days and half days: plans make way."),
    )
)
register(
    Place(
        "backups",
        _("Backups"),
        "backup_list",
        "file",
        70,
        permission=BACKUPS,
        within="settings",
        summary=_("Which there are and how old, one more now."),
    )
)
register(
    Place(
        "me",
        _("My settings"),
        "me",
        "user",
        90,
        within="settings",
        summary=_("Your name, phone, language and password."),
    )
)

first_steps.register(
    first_steps.Step(
        "unit_list",
        _("Name your regions and teams"),
        _("Each has its own week and shift. One team needs nothing here."),
        _("Units"),
        is_done=lambda: Unit.objects.count() > 1,
        order=20,
        permission="organization.change_units",
    )
)
first_steps.register(
    first_steps.Step(
        "person_add",
        _("Bring in your colleagues"),
        _("Each gets a one-time link and chooses a password."),
        _("New colleague"),
        is_done=lambda: Person.objects.active().count() > 1,
        order=30,
        permission="organization.change_people",
    )
)
