"""Contacts made before as something that can be imported."""

from genjin.core.transfer.kinds import Kind
from genjin.customers.importing.problems_file import titles_of_ours
from genjin.followups.contacts_made.fields import AT, AUTHOR, CHANNEL, EFFECTIVE, FIELDS_OF_CONTACTS, TEXT
from genjin.followups.contacts_made.importer import ContactsMadeImporter, verify
from genjin.followups.contacts_made.undoing import ContactsMadeUndo

KIND = Kind(
    "touch",
    "customers.import",
    FIELDS_OF_CONTACTS,
    verify,
    ContactsMadeImporter,
    undo=ContactsMadeUndo,
    ours=titles_of_ours,
    sharing="customers.share_mapping",
)
CHIEF = ("name", AT, AUTHOR, CHANNEL, EFFECTIVE, TEXT)
