"""Customers as something that can be imported."""

from genjin.core.transfer.kinds import Kind
from genjin.customers.importing.fields import FIELDS
from genjin.customers.importing.importer import CustomerImporter, verify
from genjin.customers.importing.problems_file import titles_of_ours
from genjin.customers.importing.undoing import CustomerUndo

KIND = Kind(
    "customer",
    "customers.import",
    FIELDS,
    verify,
    CustomerImporter,
    undo=CustomerUndo,
    ours=titles_of_ours,
    sharing="customers.share_mapping",
)
