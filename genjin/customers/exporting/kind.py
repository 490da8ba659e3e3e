"""Customers as something that can be exported."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from genjin.core.transfer.exports import ExportKind
from genjin.customers import listing
from genjin.customers.exporting.reading import CustomerExporter


def title(person: Any, query: str) -> str:
    """Which list it is, in words."""
    return listing.read(query, person).words()


KIND = ExportKind("customer", "customers.export", _("Customers"), CustomerExporter, title)
