"""Customers as something that can be imported."""

from datetime import datetime

from genjin.core.transfer.kinds import Importer, Kind
from genjin.core.transfer.models import ImportRun
from genjin.customers.importing.custom import fields_for
from genjin.customers.importing.fields import FIELDS
from genjin.customers.importing.importer import CustomerImporter, verify
from genjin.customers.importing.problems_file import titles_of_ours
from genjin.customers.importing.undoing import CustomerUndo
from genjin.customers.importing.updating.choices import choices_in
from genjin.customers.importing.updating.importer import UpdatingImporter


def begin(run: ImportRun, *, at: datetime, for_real: bool) -> Importer:
    """A pass that only makes new customers, or one that also changes those there are."""
    importer = UpdatingImporter if choices_in(run.options).updates else CustomerImporter
    return importer(run, at=at, for_real=for_real)


KIND = Kind(
    "customer",
    "customers.import",
    FIELDS,
    verify,
    begin,
    undo=CustomerUndo,
    ours=titles_of_ours,
    sharing="customers.share_mapping",
    more=fields_for,
)
