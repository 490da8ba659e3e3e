"""What this app plugs into core: permissions, navigation, search, panels."""

from django.utils.translation import gettext_lazy as _

from genjin.core.search import registry
from genjin.customers import search

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
