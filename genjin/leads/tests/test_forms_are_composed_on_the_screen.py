"""Who leads a unit composes its forms; others neither see nor change them."""

import re

import pytest

from genjin.core.reasons import NotPermitted, Refused
from genjin.leads.capture.models import CaptureForm
from genjin.leads.capture.rules import Asked
from genjin.leads.capture.services import Composed, change_form, copy_form, make_form

pytestmark = pytest.mark.django_db


def sent(unit, **other):
    return {
        "name": "官网", "unit": unit.pk, "language": "zh-hans", "title": "预约演示", "is_open": "on",
        "most_by_address": "20", "use-phone": "1", "required-phone": "1", "place-phone": "2", "use-company": "1",
        "place-company": "1", "label-company": "贵公司", **other,
    }  # fmt: skip


def test_it_is_composed_and_asks_in_the_order_given(client_of, liang, east_one):
    answer = client_of(liang).post("/settings/forms/new/", sent(east_one, origins="https://www.example.com/x"))
    made = CaptureForm.objects.get()
    assert answer["Location"] == f"/settings/forms/{made.pk}/embedding/"
    assert [(each["name"], each["label"], each["is_required"]) for each in made.fields] == [
        ("company", "贵公司", False),
        ("phone", "", True),
    ]
    assert made.origins == ["https://www.example.com"]


def test_a_form_that_reaches_nobody_is_refused_with_all_that_was_typed(client_of, liang, east_one):
    given = sent(east_one)
    del given["use-phone"]
    answer = client_of(liang).post("/settings/forms/new/", given)
    assert answer.status_code == 422
    assert "贵公司" in answer.content.decode()
    assert not CaptureForm.objects.exists()


def test_a_product_is_chosen_from_a_list(client_of, liang, east_one):
    given = sent(east_one, **{"use-product": "1", "place-product": "3", "choices-product": "进销存\n\n 客户管理 "})
    client_of(liang).post("/settings/forms/new/", given)
    assert CaptureForm.objects.get().fields[-1]["choices"] == ["进销存", "客户管理"]


def test_every_wording_of_the_consent_is_kept(form, liang, at):
    made = form(consent="第一版")
    asked = [Asked("phone")]
    again = {"unit": made.unit, "name": made.name, "title": made.title, "fields": asked}
    made = change_form(made, Composed(**again, consent="第二版"), version=1, by=liang, at=at)
    assert [(each.version, each.text) for each in made.consents.all()] == [(2, "第二版"), (1, "第一版")]
    made = change_form(made, Composed(**again), version=2, by=liang, at=at)
    assert made.consent_version == 0
    made = change_form(made, Composed(**again, consent="第三版"), version=3, by=liang, at=at)
    assert made.consent_version == 3


def test_what_somebody_changed_meanwhile_is_not_written_over(form, liang, at):
    made = form()
    again = Composed(unit=made.unit, name="新名字", title="x", fields=[Asked("phone")])
    with pytest.raises(Refused, match="form_was_changed"):
        change_form(made, again, version=7, by=liang, at=at)
    made.refresh_from_db()
    assert made.name == "官网询价"


def test_a_copy_stands_elsewhere_and_is_closed(form, liang, at):
    made = form(consent="同意")
    copy = copy_form(made, name="副本", by=liang, at=at)
    assert (copy.fields, copy.is_open, copy.consents.get().text) == (made.fields, False, "同意")
    assert copy.slug != made.slug


@pytest.mark.parametrize("who", ["lin", "fang"])
def test_others_make_none(request, who, east_one, at):
    with pytest.raises(NotPermitted):
        make_form(
            Composed(unit=east_one, name="x", title="x", fields=[Asked("phone")]),
            by=request.getfixturevalue(who), at=at,
        )  # fmt: skip
    assert not CaptureForm.objects.exists()


@pytest.mark.parametrize("page", ["", "preview/", "embedding/", "suspects/"])
def test_its_pages_are_for_who_leads_and_not_there_for_strangers(client_of, form, liang, fang, lin, page):
    address = f"/settings/forms/{form().pk}/{page}"
    assert client_of(liang).get(address).status_code == 200
    assert client_of(fang).get(address).status_code == 404
    assert client_of(lin).get(address).status_code == 403


def test_the_snippets_name_its_address(client_of, form, liang):
    made = form(origins=["https://www.example.com"], consent="同意")
    text = client_of(liang).get(f"/settings/forms/{made.pk}/embedding/").content.decode()
    assert re.search(rf"&lt;iframe src=&#34;http://[^&]*/f/{made.slug}/&#34;", text)
    assert "name=&#34;phone&#34;" in text


def test_the_preview_shows_what_strangers_see_and_sends_nothing(client_of, form, liang):
    text = client_of(liang).get(f"/settings/forms/{form().pk}/preview/").content.decode()
    assert "手机或电话" in text
    assert "disabled" in text
