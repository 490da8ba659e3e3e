"""A checklist: what is asked, the sum of points, versions, what is required before conversion; its pages both ways."""

import pytest
from django.urls import reverse

from genjin.core.fields.models import Field
from genjin.core.fields.reading import ask_again
from genjin.core.reasons import NotPermitted, Reason
from genjin.customers.models import Customer
from genjin.leads.converting.services import Wanted, convert_lead
from genjin.leads.models import Lead
from genjin.leads.qualifying import rules
from genjin.leads.qualifying.models import Checklist, Qualification
from genjin.leads.qualifying.reading import checklist_for, stand_of
from genjin.leads.qualifying.services import answer, retire_checklist, save_checklist

BUDGET = rules.Item("p1", "预算说了", score=30, is_required=True)
DECIDES = rules.Item("p2", "见到决策人", score=50)
MAIL = rules.Item("email", field="email", score=20)
ASKED = rules.Content((rules.Step("需求", (BUDGET, MAIL)), rules.Step("人", (DECIDES,))), is_asked=True)


@pytest.mark.parametrize(
    ("answers", "filled", "score", "missing"),
    [
        ({}, (), 0, ["p1"]), ({"p1": True}, (), 30, []), ({"p1": False}, ("email",), 20, ["p1"]),
        ({"p1": True, "p2": True}, ("email", "phone"), 100, []), ({"p9": True}, (), 0, ["p1"]),
    ],
)  # fmt: skip
def test_the_sum_and_what_is_missing(answers, filled, score, missing):
    found = rules.result(ASKED, answers, filled)
    assert (found.score, found.most, [item.code for item in found.missing]) == (score, 100, missing)


def row(place, words="", **more):
    given = {"step": "", "code": "", "field": "", "score": "10", "is_required": False} | more
    return rules.Row(place=place, words=words, **given)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "checklist_is_empty"), ([row(1, "  ")], "checklist_is_empty"),
        ([row(1, field="nonsense")], "checklist_no_such_field"), ([row(1, "预算", score="101")], "checklist_points"),
        ([row(1, "预算", score="-3")], "checklist_points"), ([row(1, "预算", score="多")], "checklist_points"),
        ([row(1, "预" * 121)], "checklist_words_too_long"),
        ([row(1, field="email"), row(2, field="email")], "checklist_stands_twice"),
        ([row(n, f"点{n}") for n in range(61)], "checklist_is_too_long"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_named(rows, code):
    found = rules.compose(rows, fields={"email"}, is_asked=False)
    assert isinstance(found, Reason)
    assert found.code == code


def test_lines_stand_in_their_places_and_points_keep_their_codes():
    rows = [row(3, "三", step="乙"), row(1, "一", step="甲", code="p7"), row(2, field="email", step="甲")]
    found = rules.compose(rows, fields={"email"}, is_asked=True)
    assert [(step.title, [item.code for item in step.items]) for step in found.steps] == [
        ("甲", ["p7", "email"]), ("乙", ["p1"]),
    ]  # fmt: skip
    assert rules.read(rules.written(found)) == found


@pytest.fixture
def asked(east_one, liang, at):
    return save_checklist(unit=east_one, product="", content=ASKED, by=liang, at=at)


@pytest.mark.django_db
def test_the_nearest_unit_and_the_product_decide(asked, pushed, lin, liang, east, at):
    lead = pushed(lin, product="标准版")
    assert checklist_for(lead) == asked
    own = save_checklist(unit=asked.unit, product="标准版", content=ASKED, by=liang, at=at)
    save_checklist(unit=east, product="标准版", content=ASKED, by=liang, at=at)
    assert checklist_for(lead) == own
    retire_checklist(checklist=own, by=liang, at=at)
    retire_checklist(checklist=asked, by=liang, at=at)
    assert checklist_for(lead).unit == east


@pytest.mark.django_db
def test_a_changed_checklist_does_not_change_what_was_answered(asked, pushed, lin, liang, at):
    lead = pushed(lin)
    answer(lead=lead, answers={"p1": True, "p2": False}, fields={"email": "a@b.cn"}, own={}, by=lin, at=at)
    less = rules.Content((rules.Step("", (DECIDES,)),))
    again = save_checklist(unit=asked.unit, product="", content=less, by=liang, at=at)
    assert (again.number, Checklist.objects.filter(is_current=True).get()) == (2, again)
    stand = stand_of(Lead.objects.get(pk=lead.pk))
    assert (stand.checklist, stand.result.score, stand.answers) == (asked, 50, {"p1": True, "p2": False})
    assert save_checklist(unit=asked.unit, product="", content=less, by=liang, at=at) == again


@pytest.mark.django_db
def test_what_is_required_is_asked_for_and_who_leads_goes_past_it_with_a_reason(asked, pushed, lin, liang, at, refused):
    lead = pushed(lin)
    with refused("qualification_is_missing") as figures:
        convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    assert figures["what"] == ["预算说了"]
    with refused("qualification_is_missing"):
        convert_lead(lead=lead, wanted=Wanted(reason="急"), by=lin, at=at)
    with refused("qualification_is_missing"):
        convert_lead(lead=lead, wanted=Wanted(), by=liang, at=at)
    convert_lead(lead=lead, wanted=Wanted(reason="老板亲自谈的"), by=liang, at=at)
    assert Customer.objects.count() == 1


@pytest.mark.django_db
def test_met_it_becomes_a_customer_with_the_fields_both_have(asked, pushed, lin, at):
    for subject in ("lead", "customer"):
        Field.objects.create(subject=subject, code="seats", label="座席数", kind="number")
    Field.objects.create(subject="lead", code="only_here", label="只在线索", kind="text")
    ask_again()
    lead = pushed(lin)
    answer(lead=lead, answers={"p1": True}, fields={}, own={"seats": 12, "only_here": "x"}, by=lin, at=at)
    convert_lead(lead=lead, wanted=Wanted(), by=lin, at=at)
    assert Customer.objects.get().custom == {"seats": 12}


@pytest.mark.django_db
def test_who_may_not_work_it_may_not_answer(asked, pushed, lin, zhou, at):
    with pytest.raises(NotPermitted):
        answer(lead=pushed(lin), answers={"p1": True}, fields={}, own={}, by=zhou, at=at)
    assert not Qualification.objects.exists()


@pytest.mark.django_db
def test_a_checklist_of_another_region_or_by_a_seller_is_refused(east_one, lin, fang, at):
    for stranger in (lin, fang):
        with pytest.raises(NotPermitted):
            save_checklist(unit=east_one, product="", content=ASKED, by=stranger, at=at)
    assert not Checklist.objects.exists()


@pytest.mark.django_db
def test_one_is_led_from_step_to_step(asked, pushed, lin, client_of):
    lead, client = pushed(lin), client_of(lin)
    here = reverse("lead_qualification", args=[lead.pk])
    first = client.get(here).content.decode()
    assert "预算说了" in first
    assert "见到决策人" not in first
    answered = client.post(f"{here}?step=1", {"p1": "yes", "email": "a@b.cn"})
    assert answered["Location"] == f"{here}?step=2"
    assert client.post(f"{here}?step=2", {"p2": "no"})["Location"] == f"/leads/{lead.pk}/"
    panel = client.get(reverse("lead_qualification_panel", args=[lead.pk])).content.decode()
    assert "50 / 100" in panel or "50" in panel
    assert Lead.objects.get(pk=lead.pk).email == "a@b.cn"
    for nonsense in ("9", "0", "-1", "abc", "99999"):
        assert client.get(f"{here}?step={nonsense}").status_code in (200, 404)


@pytest.mark.django_db
def test_a_stranger_finds_no_checklist(asked, pushed, lin, fang, client_of):
    lead = pushed(lin)
    for name in ("lead_qualification", "lead_qualification_panel"):
        assert client_of(fang).get(reverse(name, args=[lead.pk])).status_code == 404
    assert client_of(fang).get(reverse("checklist", args=[asked.unit_id])).status_code == 404
    assert client_of(fang).post(reverse("checklist_retire", args=[asked.pk])).status_code == 404
    assert client_of(lin).get(reverse("checklists")).status_code == 403


@pytest.mark.django_db
def test_a_checklist_is_written_on_the_screen(liang, east_one, client_of):
    address = reverse("checklist", args=[east_one.pk]) + "?product=标准版"
    lines = {
        "place": ["2", "1", "3"], "step": ["需求", "需求", ""], "code": ["", "", ""], "words": ["预算说了", "", ""],
        "field": ["", "email", ""], "score": ["30", "20", ""], "required": ["1"], "is_asked": "1",
    }  # fmt: skip
    client = client_of(liang)
    assert client.get(address).status_code == 200
    assert client.post(address, {**lines, "score": ["x", "20", ""]}).status_code == 422
    assert client.post(address, lines).status_code == 303
    content = rules.read(Checklist.objects.get().content)
    assert [(item.code, item.score, item.is_required) for item in content.items] == [
        ("email", 20, False), ("p1", 30, True),
    ]  # fmt: skip
    assert content.is_asked
    assert "标准版" in client.get(reverse("checklists")).content.decode()
