"""What a stranger sends to a form becomes a lead; what is refused keeps all that was typed."""

from datetime import date

import pytest
from django.test import Client

from genjin.core.fields.services import make_field
from genjin.core.reasons import Refused
from genjin.leads.capture.models import FormDay, Suspect
from genjin.leads.capture.reading import figures_of
from genjin.leads.capture.rules import Asked
from genjin.leads.models import Arrival, Lead

pytestmark = pytest.mark.django_db
GIVEN = {"person_name": "徐建国", "phone": "138 1234 5678", "wants": "想了解报价"}


def test_it_becomes_a_lead_of_the_forms_unit(form, fill_in, east_one):
    made = form(campaign="双十一")
    answer = fill_in(made, **GIVEN)
    assert (answer.status_code, answer["Location"]) == (303, f"/f/{made.slug}/thanks/")
    lead = Lead.objects.get()
    assert (lead.person_name, lead.phone, lead.wants) == ("徐建国", "13812345678", "想了解报价")
    assert (lead.unit, lead.campaign, lead.language, lead.channel) == (east_one, "双十一", "zh-hans", "form")
    assert lead.arrivals.get().form == made


def test_it_lies_in_the_queue_that_the_form_names(form, fill_in, east_one):
    queue = east_one.lead_queues.create(unit=east_one, name="展会")
    fill_in(form(queue=queue), **GIVEN)
    assert Lead.objects.get().queue == queue


def test_custom_fields_are_asked_and_kept_by_their_kind(form, fill_in, qian, at):
    make_field(subject="lead", label="几家门店", kind="number", code="shops", by=qian, at=at)
    make_field(subject="lead", label="谁介绍", kind="person", code="by_whom", by=qian, at=at)
    made = form(fields=[Asked("phone"), Asked("custom.shops", is_required=True)])
    assert fill_in(made, phone="13812345678").status_code == 422
    assert fill_in(made, phone="13812345678", **{"custom.shops": "许多"}).status_code == 422
    assert fill_in(made, phone="13812345678", **{"custom.shops": "3"}).status_code == 303
    assert Lead.objects.get().custom == {"shops": 3}
    with pytest.raises(Refused, match="form_asks_unknown"):
        form(fields=[Asked("phone"), Asked("custom.by_whom")])


def test_a_page_of_thanks_may_stand_elsewhere(form, fill_in):
    made = form(redirect_to="https://www.example.com/thanks")
    assert fill_in(made, **GIVEN)["Location"] == "https://www.example.com/thanks"
    assert "form-action 'self' https://www.example.com" in Client().get(f"/f/{made.slug}/")["Content-Security-Policy"]


def test_marks_of_a_campaign_and_the_page_before_are_kept(form, fill_in):
    fill_in(
        form(), opened="?utm_source=baidu&utm_campaign=spring&other=x",
        headers={"Referer": "https://www.example.com/pricing#top"}, **GIVEN,
    )  # fmt: skip
    kept = Arrival.objects.get().came_from
    assert (kept["utm_source"], kept["utm_campaign"]) == ("baidu", "spring")
    assert kept["referrer"] == "https://www.example.com/pricing"
    assert "other" not in kept
    assert Lead.objects.get().campaign == "spring"


def test_consent_is_asked_and_its_wording_kept(form, fill_in):
    made = form(consent="同意接收回访电话。")
    refused = fill_in(made, **GIVEN)
    assert refused.status_code == 422
    assert "徐建国" in refused.content.decode()
    assert fill_in(made, consent="on", **GIVEN).status_code == 303
    version = Arrival.objects.get().came_from["consent"]
    assert made.consents.get(version=version).text == "同意接收回访电话。"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"phone": "问前台"}, "这个号码不对"),
        ({"phone": ""}, "这一项要填"),
        ({"phone": "13812345678", "email": "没有邮箱"}, "邮箱"),
        ({"phone": "13812345678", "wants": "长" * 2001}, "2000"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(form, fill_in, given, said):
    answer = fill_in(form(), **{"person_name": "徐建国", **given})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert all(value in text for value in given.values())
    assert not Arrival.objects.exists()


def test_a_closed_form_says_so_and_shows_what_was_typed(form, fill_in, clock):
    made = form(open_until=date(2026, 11, 23))
    answer = fill_in(made, **GIVEN)
    assert answer.status_code == 410
    assert "想了解报价" in answer.content.decode()
    assert not Arrival.objects.exists()


def test_an_english_form_speaks_english_to_whoever_comes(form, clock):
    page = Client().get(f"/f/{form(language='en', title='Book a demo').slug}/")
    assert page["Content-Language"] == "en"
    assert "How can we help?" in page.content.decode()


def test_scripts_stay_text(form, fill_in):
    script = "<script>alert(1)</script>"
    fill_in(form(), person_name=script, phone="13812345678", wants=script)
    assert Lead.objects.get().wants == script
    assert script not in fill_in(form(), person_name=script, phone="x").content.decode()


def test_an_address_that_nobody_has_is_404(db, clock):
    assert Client().get("/f/nosuchform/").status_code == 404


def test_it_needs_no_cookie_and_sets_none(form, clock):
    assert not Client().get(f"/f/{form().slug}/").cookies


def test_whose_customer_it_is_is_told_to_nobody(form, fill_in, owned, lin):
    owned(lin, "惠山机械", phones=["13812345678"])
    known = fill_in(form(), **GIVEN)
    unknown = fill_in(form(), **{**GIVEN, "phone": "13900001111"})
    pages = [Client().get(answer["Location"]).content for answer in (known, unknown)]
    assert pages[0] == pages[1]
    assert known.headers.keys() == unknown.headers.keys()
    assert Lead.objects.get(phone="13812345678").owner == lin


def test_its_figures_are_counted(form, fill_in, today):
    made = form()
    fill_in(made, **GIVEN)
    fill_in(made, website="https://spam.example", **GIVEN)
    figures = figures_of([made], since=today)[made.pk]
    assert (figures.sent, figures.leads, figures.suspected, figures.undecided) == (1, 1, 1, 1)
    assert FormDay.objects.get().shown >= 1
    assert Suspect.objects.count() == 1
