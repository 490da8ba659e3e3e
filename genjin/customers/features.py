"""What this app plugs into core: permissions, navigation, search, panels."""

from django.utils.translation import gettext_lazy as _

from genjin.core import permissions
from genjin.core.search import registry
from genjin.core.transfer import kinds
from genjin.customers import search
from genjin.customers.importing import wording as import_wording  # noqa: F401  registers its sentences
from genjin.customers.importing.kind import KIND

registry.register(
    registry.Source(
        kind=search.KIND,
        title=_("Customers"),
        template="customers/_search_hit.html",
        documents=search.documents,
        answer=search.answer,
        order=10,
    )
)

permissions.declare(
    {
        "customers.work": {"owner", "manager", "seller", "service"},
        "customers.create": {"owner", "manager", "seller", "service"},
        "customers.assign": {"owner", "manager"},
        "customers.claim": {"owner", "manager", "seller"},
        "customers.release": {"owner", "manager", "seller"},
        "customers.move_class": {"owner", "manager"},
        "customers.confirm": {"owner", "manager"},
        "customers.reopen": {"owner", "manager"},
        "customers.import": {"owner", "manager"},
    }
)

kinds.register(KIND)
