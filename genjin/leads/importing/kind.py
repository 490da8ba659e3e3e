"""Leads as something that can be imported."""

from genjin.core.transfer.kinds import Kind
from genjin.customers.importing.custom import fields_for
from genjin.customers.importing.problems_file import titles_of_ours
from genjin.leads.importing.fields import COMPANY, FIELDS_OF_LEADS, OWNER, PERSON, PHONE, WANTS
from genjin.leads.importing.importer import LeadImporter, verify
from genjin.leads.importing.undoing import LeadUndo

KIND = Kind(
    "lead",
    "customers.import",
    FIELDS_OF_LEADS,
    verify,
    LeadImporter,
    undo=LeadUndo,
    ours=titles_of_ours,
    sharing="customers.share_mapping",
    more=lambda by: fields_for(by, "lead"),
)
CHIEF = (COMPANY, PERSON, PHONE, OWNER, WANTS)
