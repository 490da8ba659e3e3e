"""The owner defines fields; what makes no sense is refused and changes nothing."""

from datetime import date

import pytest

from genjin.core.audit.models import Entry
from genjin.core.fields import services
from genjin.core.fields.models import Field
from genjin.core.fields.reading import ask_again, field_of, fields_of
from genjin.core.reasons import NotPermitted, Outdated, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def define(qian, at):
    def make(label="员工人数", kind="number", **details):
        return services.make_field(subject="customer", label=label, kind=kind, by=qian, at=at, **details)

    return make


def test_a_field_gets_its_code_from_its_label_and_keeps_it(define, qian, at):
    field = define()
    assert field.code == "yuangongrenshu"
    services.change_field(field=field, label="人数", by=qian, at=at)
    assert fields_of("customer")[0].code == "yuangongrenshu"
    assert define(label="员工人数").code == "yuangongrenshu_2"
    assert define(label="2027 预算").code == "f_2027_yusuan"


def test_it_is_noted_who_made_it(define, qian):
    field = define(help="在册的")
    entry = Entry.objects.about("field", field.pk).get()
    assert (entry.verb, entry.by, entry.changes["label"]) == ("field.made", qian, [None, "员工人数"])


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"label": ""}, "field_label_length"),
        ({"label": "长" * 41}, "field_label_length"),
        ({"kind": "picture"}, "field_kind_unknown"),
        ({"code": "Nö"}, "field_code_is_none"),
        ({"kind": "choice"}, "field_needs_choices"),
        ({"kind": "choice", "choices": [("", "a", True)]}, "field_needs_choices"),
        ({"kind": "choice", "choices": [("", "a", False), ("b", "A", False)]}, "field_choice_stands_twice"),
        ({"kind": "choice", "choices": [("", "长" * 61, False)]}, "field_choice_length"),
        ({"choices": [("", "a", False)]}, "field_needs_no_choices"),
        ({"kind": "date", "least": 1}, "field_takes_no_bounds"),
        ({"least": 5, "most": 4}, "field_bounds_run_backwards"),
        ({"decimals": 5}, "field_too_many_decimals"),
        ({"kind": "text", "longest": 2001}, "field_length_out_of_bounds"),
        ({"is_searchable": True}, "field_kind_is_not_searched"),
        ({"kind": "text", "is_searchable": True, "seen_by": ["manager"]}, "field_search_tells_all"),
        ({"kind": "text", "is_searchable": True, "longest": 500}, "field_too_long_to_search"),
        ({"default": "x"}, "field_takes_no_number"),
        ({"most": 4, "default": 5}, "field_too_high"),
    ],
)
def test_what_makes_no_sense_is_refused(define, details, code):
    with pytest.raises(Refused) as refused:
        define(**details)
    assert refused.value.reason.code == code
    assert not Field.objects.exists()
    assert not Entry.objects.exists()


def test_two_fields_in_use_have_two_labels(define, qian, at):
    first = define()
    with pytest.raises(Refused, match="field_label_taken"):
        define(label="员工人数 ".strip())
    services.retire_field(field=first, by=qian, at=at)
    define(label="员工人数")
    with pytest.raises(Refused, match="field_label_taken"):
        services.bring_back_field(field=first, by=qian, at=at)


def test_only_the_owner_defines(liang, lin, at):
    for person in (liang, lin):
        with pytest.raises(NotPermitted):
            services.make_field(subject="customer", label="x", kind="text", by=person, at=at)
    assert not Field.objects.exists()


def test_a_choice_that_is_left_out_is_retired_and_its_key_stays(define, qian, at):
    field = define(label="品牌", kind="choice", choices=[("", "用友", False), ("", "金蝶", False)])
    services.change_field(field=field, choices=[("jindie", "金蝶云", False), ("", "SAP", False)], by=qian, at=at)
    choices = fields_of("customer")[0].choices
    assert [(each.key, each.label, each.is_retired) for each in choices] == [
        ("jindie", "金蝶云", False),
        ("sap", "SAP", False),
        ("yongyou", "用友", True),
    ]


def test_who_defines_always_sees_and_changes(define, qian):
    field = define(seen_by=["manager"], changed_by=["seller"])
    assert (field.seen_by, field.changed_by) == (["manager", "owner"], ["owner", "seller"])


def test_fields_of_a_role(define, qian, liang, lin):
    define(label="A", kind="text")
    define(label="B", kind="text", seen_by=["manager"])
    assert [field.label for field in fields_of("customer", lin)] == ["A"]
    assert [field.label for field in fields_of("customer", liang)] == ["A", "B"]
    assert field_of("customer", "b", lin) is None
    assert [field.label for field in fields_of("contact_person", qian)] == []


def test_they_move_among_those_in_use(define, qian, at):
    for label in "ABC":
        define(label=label, kind="text")
    services.retire_field(field=Field.objects.get(label="B"), by=qian, at=at)
    services.move_field(field=Field.objects.get(label="C"), up=True, by=qian, at=at)
    services.move_field(field=Field.objects.get(label="C"), up=True, by=qian, at=at)
    assert [field.label for field in fields_of("customer")] == ["C", "A"]
    assert [field.label for field in fields_of("customer", retired=True)] == ["C", "A", "B"]
    services.move_field(field=Field.objects.get(label="C"), up=False, by=qian, at=at)
    assert [field.label for field in fields_of("customer")] == ["A", "C"]


def test_a_retired_field_is_no_longer_offered(define, qian, at):
    field = services.retire_field(field=define(), by=qian, at=at)
    assert field.retired_on == date(2026, 11, 24)
    assert fields_of("customer") == []
    assert field_of("customer", "yuangongrenshu").is_retired
    services.bring_back_field(field=field, by=qian, at=at)
    assert len(fields_of("customer")) == 1


def test_whoever_was_faster_is_not_overwritten(define, qian, at):
    field = define()
    services.change_field(field=field, label="人数", by=qian, at=at, version=1)
    with pytest.raises(Outdated):
        services.change_field(field=field, label="总人数", by=qian, at=at, version=1)
    assert Field.objects.get().label == "人数"


def test_values_are_given_by_who_may(define, qian, liang, lin, fang, at):
    define(label="预算", kind="money", changed_by=["manager"])
    define(label="推荐人", kind="person")
    given = services.values_given("customer", {"yusuan": "5.00"}, held={"x": 1}, by=liang)
    assert given == {"x": 1, "yusuan": "5.00"}
    with pytest.raises(NotPermitted, match="field_not_for_your_role"):
        services.values_given("customer", {"yusuan": "5.00"}, by=lin)
    assert services.values_given("customer", {"yusuan": "5.00"}, held={"yusuan": "5.00"}, by=lin) == {"yusuan": "5.00"}
    with pytest.raises(Refused, match="field_value_refused"):
        services.values_given("customer", {"yusuan": 5}, by=liang)
    with pytest.raises(Refused, match="field_unknown"):
        services.values_given("customer", {"nothing": 5}, by=liang)
    with pytest.raises(Refused, match="field_value_refused"):
        services.values_given("customer", {"tuijianren": fang.pk}, by=liang)
    assert services.values_given("customer", {"tuijianren": lin.pk}, by=liang) == {"tuijianren": lin.pk}


def test_a_new_row_has_the_defaults(define, qian):
    define(label="级别", kind="number", default=3)
    assert services.values_of_new("customer", {}, by=qian) == {"jibie": 3}
    assert services.values_of_new("customer", {"jibie": None}, by=qian) is None


def test_the_definitions_are_asked_once_by_a_request(define, django_assert_num_queries):
    define()
    ask_again()
    with django_assert_num_queries(1):
        fields_of("customer")
        fields_of("contact_person")
