"""The file that is handed out to be filled: one row of heads, one example, every column explained."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from genjin.core.transfer.kinds import kind_named
from genjin.core.transfer.mapping import Field
from genjin.customers.importing.custom import fields_for
from genjin.customers.importing.fields import AREA_CODE, FIELDS, GIVEN_NAME, NAME, OWNER, REMARKS_TITLED, SURNAME
from genjin.organization.models import Person

# Its parts have columns of their own; the others are for lists that come from elsewhere.
LEFT_OUT = frozenset({"region", SURNAME, GIVEN_NAME, AREA_CODE, REMARKS_TITLED})


def columns(by: Person) -> list[Field]:
    """The columns of the template: those of the customer itself, custom ones last."""
    own = [field for field in FIELDS if field.name not in LEFT_OUT and not field.name.startswith("contact3_")]
    return [*own, *fields_for(by)]


def workbook(owner: str, class_code: str, by: Person) -> bytes:
    """An XLSX: the first sheet to fill, with text columns so that phones keep their digits; the second explains.

    `owner` and `class_code` make the example one that could really be imported here.
    """
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
    sheet = book.add_worksheet(_("Customers"))
    for place, field in enumerate(columns(by)):
        sheet.set_column(place, place, max(12, 2 * len(field.names[0]) + 4), text)
        sheet.write_string(0, place, field.names[0], head)
        sheet.write_string(1, place, {OWNER: owner, "class": class_code}.get(field.name, field.example), text)
    sheet.freeze_panes(1, 0)
    words = book.add_worksheet(_("Explanation"))
    words.set_column(0, 0, 18)
    words.set_column(1, 2, 60)
    for place, title in enumerate((_("Column"), _("What it means"), _("Other names that are understood"))):
        words.write_string(0, place, title, head)
    for number, field in enumerate(kind_named("customer").all_fields(by), start=1):
        meaning = f"{field.label}{_(' (needed)') if field.name == NAME else ''}"
        if field.hint:
            meaning = f"{meaning}: {field.hint}"
        words.write_string(number, 0, field.names[0])
        words.write_string(number, 1, meaning)
        words.write_string(number, 2, "、".join((*field.names[1:], *field.synonyms)))
    book.close()
    return memory.getvalue()
