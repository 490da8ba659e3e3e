"""The columns a customer list may have. The words they are known by stand in `columns.yaml`."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from genjin.core.transfer.mapping import Vocabulary, has_figure
from genjin.customers.importing import people
from genjin.customers.importing.cells import KIND_OF_WORD
from genjin.customers.rules import phones_in

NAME = "name"
PHONES = "phones"
OWNER = "owner"
CLASS = "class"
PLANNED_ON = "planned_on"
LAST_EFFECTIVE_ON = "last_effective_on"
REMARK_ON = "remark_on"
REMARKS_TITLED = "remarks_titled"
EXTERNAL_ID = "external_id"
CITY = "city"
GIVEN_NAME = "given_name"
SURNAME = "surname"
AREA_CODE = "area_code"

_WORDS = Vocabulary(Path(__file__).with_name("columns.yaml"))
_field = _WORDS.field


def _is_phone(text: str) -> bool:
    """Whether a cell holds phones and cannot well be anything else: one at least with its area code."""
    found = phones_in(text)
    return isinstance(found, list) and any(len(number) >= 10 for number in found)


_SEVERAL = _("several in one cell are divided by 、")


def _is_kind(text: str) -> bool:
    return text.strip().casefold() in KIND_OF_WORD


_PEOPLE = [people.fields(_WORDS, number) for number in range(1, people.MOST + 1)]

FIELDS = (
    _field(NAME, _("Customer name"), example="常州怡美卫浴有限公司"),
    _field("short_name", _("Short name"), example="怡美卫浴"),
    _field("kind", _("Kind"), fits=_is_kind, example="公司", hint=_("company, household or person")),
    _field(PHONES, _("Phone"), looks=_is_phone, many=True, example="0519-80000000", hint=_SEVERAL),
    _field(AREA_CODE, _("Area code"), hint=_("put before a landline that has none")),
    *_PEOPLE[0],
    _field("industry", _("Industry"), example="建材"),
    _field("source", _("Source"), example="老客户介绍"),
    _field("region", _("Province, city, district"), hint=_("in one cell, for example 江苏常州武进区")),
    _field("province", _("Province"), example="江苏"),
    _field(CITY, _("City"), example="常州"),
    _field("district", _("District"), example="武进区"),
    _field("address", _("Address"), many=True, example="鸣新中路 1 号"),
    _field("tags", _("Tags"), many=True, example="展会、样册", hint=_SEVERAL),
    _field(OWNER, _("Owner"), hint=_("a colleague's name, sign-in or e-mail")),
    _field(CLASS, _("Class"), hint=_("a class of the team's playbook; empty means new")),
    _field(PLANNED_ON, _("Next contact"), fits=has_figure, example="2026-12-01"),
    _field(
        LAST_EFFECTIVE_ON,
        _("Last effective contact"),
        fits=has_figure,
        example="2026-11-18",
        hint=_("the cycle counts from it"),
    ),
    _field("remark_text", _("Dated remark"), example="要样册", hint=_("shown on the timeline, counts as no contact")),
    _field(REMARK_ON, _("Day of the dated remark"), fits=has_figure, example="2026-11-18"),
    _field("remarks", _("Remarks"), many=True, example="做过别家"),
    _field(EXTERNAL_ID, _("External id"), example="KH-0001", hint=_("a row whose id is known already is left out")),
    _field(SURNAME, _("Surname"), hint=_("with the given name it names the customer, or else the contact person")),
    _field(GIVEN_NAME, _("Given name")),
    *_PEOPLE[1],
    *_PEOPLE[2],
    _field(REMARKS_TITLED, _("Remarks, with the column's name"), many=True, hint=_("for what no other field holds")),
)
