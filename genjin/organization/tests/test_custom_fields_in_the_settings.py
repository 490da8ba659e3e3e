"""Custom fields are defined on screen, by the owner; a manager reads what there is."""

import pytest
from django.urls import reverse

from genjin.core.fields.models import Field
from genjin.core.fields.reading import ask_again, fields_of

pytestmark = pytest.mark.django_db

PLAIN = {
    "label": "员工人数",
    "kind": "number",
    "seen_by": ["manager", "seller", "service", "reader"],
    "changed_by": ["manager", "seller", "service"],
}


@pytest.fixture
def add(client_of, qian):
    def send(**changed):
        sent = {key: value for key, value in (PLAIN | changed).items() if value is not None}
        answer = client_of(qian).post(reverse("field_add") + "?of=customer", sent)
        ask_again()
        return answer

    return send


def test_who_opens_it(client_of, qian, liang, lin):
    assert client_of(qian).get(reverse("field_list")).status_code == 200
    assert client_of(liang).get(reverse("field_list")).status_code == 200
    assert client_of(lin).get(reverse("field_list")).status_code == 403
    assert client_of(liang).get(reverse("field_add") + "?of=customer").status_code == 403
    assert client_of(liang).post(reverse("field_add") + "?of=customer", PLAIN).status_code == 403
    assert client_of(qian).get(reverse("field_add") + "?of=nothing").status_code == 404
    assert not Field.objects.exists()


def test_it_is_made_for_everybody(add, client_of, qian):
    assert add(least="1", decimals="0").status_code == 302
    (field,) = fields_of("customer")
    assert (field.label, field.kind, field.seen_by, field.least) == ("员工人数", "number", frozenset(), 1)
    page = client_of(qian).get(reverse("field_list")).content.decode()
    assert "员工人数" in page
    assert "数字" in page


def test_choices_stand_in_lines_and_the_default_is_written_as_it_is_called(add):
    add(label="现用品牌", kind="choice", more_choices="用友\n 金蝶 \n\n用友", default="金蝶", least="5")
    (field,) = fields_of("customer")
    assert [(choice.key, choice.label) for choice in field.choices] == [("yongyou", "用友"), ("jindie", "金蝶")]
    assert (field.default, field.least) == ("jindie", None)


@pytest.mark.parametrize(
    ("sent", "where"),
    [
        ({"label": ""}, "label"),
        ({"kind": "choice"}, "more_choices"),
        ({"kind": "choice", "more_choices": "长" * 61}, "more_choices"),
        ({"default": "很多"}, "default"),
        ({"least": "5", "most": "4"}, "most"),
        ({"kind": "text", "longest": "9000"}, "longest"),
        ({"kind": "text", "is_searchable": "on", "seen_by": ["manager"]}, "is_searchable"),
        ({"kind": "picture"}, "kind"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_place(add, sent, where):
    answer = add(**sent)
    assert answer.status_code == 422
    assert "员工人数" in answer.content.decode() or where == "label"
    assert not Field.objects.exists()


def test_choices_are_renamed_placed_and_retired(add, client_of, qian):
    add(label="现用品牌", kind="choice", more_choices="用友\n金蝶\nSAP")
    field = Field.objects.get()
    sent = PLAIN | {
        "label": "品牌", "kind": "choice", "version": "1", "more_choices": "浪潮",
        "choice_yongyou": "用友", "place_yongyou": "3", "choice_jindie": "金蝶云", "place_jindie": "1",
        "choice_sap": "SAP", "place_sap": "2", "retired_sap": "on",
    }  # fmt: skip
    address = reverse("field_change", args=[field.pk])
    assert 'value="金蝶"' in client_of(qian).get(address).content.decode()
    assert client_of(qian).post(address, sent).status_code == 302
    ask_again()
    (field,) = fields_of("customer")
    assert field.label == "品牌"
    assert [(c.key, c.label, c.is_retired) for c in field.choices] == [
        ("jindie", "金蝶云", False),
        ("sap", "SAP", True),
        ("yongyou", "用友", False),
        ("langchao", "浪潮", False),
    ]
    sent["version"] = "1"
    assert client_of(qian).post(address, sent | {"label": "另一个"}).status_code == 422
    assert Field.objects.get().label == "品牌"


def test_only_some_roles_see_it(add, client_of, qian, liang):
    add(kind="money", seen_by=["manager"], changed_by=[])
    (field,) = fields_of("customer")
    assert (field.seen_by, field.changed_by) == ({"owner", "manager"}, {"owner"})
    assert "员工人数" in client_of(liang).get(reverse("field_list")).content.decode()


def test_fields_move_retire_and_come_back(add, client_of, qian, liang):
    add()
    add(label="预算", kind="money")
    first, second = Field.objects.order_by("position")
    browser = client_of(qian)
    assert browser.post(reverse("field_up", args=[second.pk])).status_code == 302
    ask_again()
    assert [field.label for field in fields_of("customer")] == ["预算", "员工人数"]
    assert client_of(liang).post(reverse("field_retire", args=[first.pk])).status_code == 403
    browser.post(reverse("field_retire", args=[first.pk]))
    ask_again()
    assert [field.label for field in fields_of("customer")] == ["预算"]
    browser.post(reverse("field_return", args=[first.pk]))
    ask_again()
    assert len(fields_of("customer")) == 2
    assert browser.get(reverse("field_retire", args=[first.pk])).status_code == 405
    assert browser.post(reverse("field_retire", args=[99999])).status_code == 404
