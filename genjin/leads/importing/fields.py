"""The columns a list of leads may have. The words they are known by stand in `columns.yaml`."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from genjin.core.transfer.mapping import Vocabulary, has_figure
from genjin.customers.importing.fields import FIELDS as CUSTOMER_FIELDS
from genjin.customers.importing.fields import PHONES

COMPANY = "company"
PERSON = "person_name"
PHONE = "phone"
EMAIL = "email"
WECHAT = "wechat"
WANTS = "wants"
SOURCE = "source"
CAMPAIGN = "campaign"
OWNER = "owner"
ARRIVED_ON = "arrived_on"
WHO = (COMPANY, PERSON, PHONE, EMAIL, WECHAT)  # one of them says whom a row is about

_field = Vocabulary(Path(__file__).with_name("columns.yaml")).field
_looks_like_a_phone = next(field.looks for field in CUSTOMER_FIELDS if field.name == PHONES)

FIELDS_OF_LEADS = (
    _field(COMPANY, _("Company"), example="无锡惠山机械有限公司"),
    _field(PERSON, _("Contact person"), example="徐建国"),
    _field("title", _("Title of the person"), example="采购经理"),
    _field(PHONE, _("Phone"), looks=_looks_like_a_phone, example="13812345678"),
    _field(EMAIL, _("E-mail"), looks=lambda text: "@" in text, fits=lambda text: "@" in text, example="xu@example.com"),
    _field(WECHAT, _("WeChat")),
    _field("province", _("Province"), example="江苏"),
    _field("city", _("City"), example="无锡"),
    _field("product", _("Product"), example="G3 系列"),
    _field(WANTS, _("What they want"), many=True, example="想要报价", hint=_("several columns are joined")),
    _field(SOURCE, _("Source"), example="展会", hint=_("one of your sources by its name; a new one is made")),
    _field(CAMPAIGN, _("Campaign"), example="2026 春季展"),
    _field(OWNER, _("Owner"), hint=_("a colleague's name, sign-in or e-mail; empty goes by the rules, else the queue")),
    _field(ARRIVED_ON, _("Arrived on"), fits=has_figure, example="2026-11-20", hint=_("empty means today")),
)
