"""The columns a list of contacts may have. The words they are known by stand in `columns.yaml`."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from genjin.core.transfer.mapping import Field, Vocabulary, has_figure
from genjin.customers.importing.fields import CITY, EXTERNAL_ID, FIELDS, NAME
from genjin.customers.importing.named import CUSTOMER_PHONE

AT = "contact_at"
CLOCK = "contact_clock"
AUTHOR = "contact_author"
CHANNEL = "contact_channel"
EFFECTIVE = "contact_effective"
OUTCOME = "contact_outcome"
TEXT = "contact_text"
PERSON = "contact_person"
DURATION = "contact_duration"
LOG = "contact_log"

_WORDS = Vocabulary(Path(__file__).with_name("columns.yaml"))
_field = _WORDS.field
_LOG = re.compile(r"\s*[【\[(（]?\s*\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}[^\n]*[^\W\d_年月日号TZ]{2}")
_OF_CUSTOMERS = {field.name: field for field in FIELDS}


def is_log(text: str) -> bool:
    """Whether a cell begins with a day and goes on with words."""
    return _LOG.match(text) is not None


def _of_customer(name: str, hint: Any) -> Field:
    """A field of the customer, also known by the words that name it beside a contact."""
    field = _OF_CUSTOMERS[name]
    return replace(field, synonyms=(*field.synonyms, *_WORDS.synonyms(name)), hint=hint)


FIELDS_OF_CONTACTS = (
    _of_customer(NAME, _("whom was contacted; told by the id first, then by name and city, then by phone")),
    _of_customer(EXTERNAL_ID, _("the customer's id; found before its name")),
    _field(CUSTOMER_PHONE, _("Customer's phone"), many=True),
    _OF_CUSTOMERS[CITY],
    _field(
        AT,
        _("When it was"),
        fits=has_figure,
        example="2026-03-02 14:30",
        hint=_("a day, with the time where it is known"),
    ),
    _field(CLOCK, _("Time of day"), fits=has_figure, hint=_("where the day stands in a column of its own")),
    _field(
        AUTHOR,
        _("Who made it"),
        example="林小满",
        hint=_("a colleague's name, sign-in or e-mail; anybody else stays as it is written"),
    ),
    _field(
        CHANNEL,
        _("Channel"),
        example="电话",
        hint=_("phone, visit, WeChat, SMS, e-mail, fax; anything else is “other”"),
    ),
    _field(
        EFFECTIVE,
        _("Effective"),
        example="是",
        hint=_("yes or no; what empty ones count as is chosen beside the columns"),
    ),
    _field(
        OUTCOME,
        _("Outcome"),
        example="有意向",
        hint=_("kept with the text; one that is a reason for a missed call says not effective"),
    ),
    _field(TEXT, _("What was said"), many=True, example="要样册，周五前寄", hint=_("several columns are joined")),
    _field(PERSON, _("With whom"), example="周先生", hint=_("somebody at the customer")),
    _field(DURATION, _("Length of the talk"), fits=has_figure, hint=_("seconds, or 4:12")),
    _field(
        LOG,
        _("Contacts in one cell, line by line"),
        looks=is_log,
        example="2026-03-02 张三：要样册",
        hint=_("each line begins with its day; a customer list with such a column is read once more as contacts"),
    ),
)
