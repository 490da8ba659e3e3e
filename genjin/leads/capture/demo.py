"""Two lead forms of the demo and the letter that answers them."""

from datetime import datetime

from genjin.customers.models import SourceChannel
from genjin.leads.capture.models import CaptureForm
from genjin.leads.capture.rules import Asked
from genjin.leads.capture.services import Composed, make_form
from genjin.leads.replies.services import Ruled, save_rule
from genjin.organization.models import Person, Unit

CONSENT = "同意我们用留下的联系方式回复这次咨询，不作他用。"
LETTER = "{{ person|您好 }}：\n\n您的咨询已收到，{{ owner|我们的同事 }}会在一个工作日内联系您。\n\n{{ unit }}"


def make_forms(*, unit: Unit, by: Person, at: datetime) -> list[CaptureForm]:
    """One for the website, one to be scanned at a fair; whoever leaves an e-mail is answered."""
    sources = {source.code: source for source in SourceChannel.objects.exclude(code="")}
    products = Asked("product", choices=("首页推广", "公众号代运营", "小程序", "竞价托管"))
    website = Composed(
        unit=unit, name="官网询价", title="想让更多人找到您的店", intro="留下电话，一个工作日内有人联系您。",
        fields=[Asked("person_name", is_required=True), Asked("phone", is_required=True), Asked("email"), products,
                Asked("wants")],
        consent=CONSENT, source=sources.get("marketing"), origins=["https://www.example.com"],
    )  # fmt: skip
    fair = Composed(
        unit=unit, name="秋季展会扫码", title="领取同行案例",
        fields=[Asked("person_name"), Asked("phone", is_required=True)],
        consent=CONSENT, source=sources.get("event"), campaign="秋季展会",
    )  # fmt: skip
    forms = [make_form(each, by=by, at=at) for each in (website, fair)]
    save_rule(None, Ruled(unit=unit, name="收到就回", subject="您的咨询已收到", text=LETTER), by=by, at=at)
    return forms
