"""What this app plugs into core and web: permissions, the sentences of its refusals."""

from genjin.core import permissions
from genjin.organization import wording  # noqa: F401  registers the sentences

permissions.declare(
    {
        "organization.change_units": {"owner", "manager"},
        "organization.see_units": {"owner", "manager", "reader"},
        "organization.change_people": {"owner", "manager"},
        "organization.see_people": {"owner", "manager", "reader"},
    }
)
