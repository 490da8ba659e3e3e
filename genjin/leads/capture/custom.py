"""The custom fields of leads that strangers may be asked: all but those that would show them our colleagues."""

from genjin.core.fields.definitions import Definition
from genjin.core.fields.reading import fields_of
from genjin.leads.capture.rules import CUSTOM

KIND = "lead"


def askable() -> dict[str, Definition]:
    """By the names that they have in a form."""
    return {CUSTOM + field.code: field for field in fields_of(KIND) if field.kind != "person"}
