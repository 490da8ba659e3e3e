"""Customers as something that can be exported."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from genjin.core.reasons import NotPermitted
from genjin.core.transfer.exports import ExportKind
from genjin.customers import listing
from genjin.customers.exporting.reading import CustomerExporter


def title(person: Any, query: str) -> str:
    """Which list it is, in words."""
    return listing.read(query, person).words()


KIND = ExportKind("customer", "customers.export", _("Customers"), CustomerExporter, title)


def require_export(actor: Any) -> None:
    """Raise NotPermitted, saying where it is opened to more people, unless the actor's role may export."""
    if not actor.may(KIND.permission):
        raise NotPermitted("may_not_export")
