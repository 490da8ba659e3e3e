"""What this app plugs into core: permissions, navigation."""

from genjin.core import permissions

permissions.declare(
    {
        "organization.change_units": {"owner"},
        "organization.change_people": {"owner", "manager"},
        "organization.see_people": {"owner", "manager", "reader"},
    }
)
