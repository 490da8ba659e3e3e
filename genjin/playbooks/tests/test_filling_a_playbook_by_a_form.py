"""A form's fields are named by their places in the file; the file's parser is what checks them."""

import pytest
from django.http import QueryDict

from genjin.playbooks.editing.filled import filled
from genjin.playbooks.editing.form import SECTIONS, SectionForm, section_of
from genjin.playbooks.editing.leaving_out import without_class
from genjin.playbooks.editing.places import steps
from genjin.playbooks.editions.canonical import as_plain, faults_of
from genjin.playbooks.schema import shipped

TELESALES = as_plain(shipped()["telesales"])


def sent(fields):
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def form_of(section, fields):
    return SectionForm(TELESALES, section, sent(fields))


@pytest.mark.parametrize(
    ("place", "way"),
    [
        ("classes[3].cycle.max", ("classes", 3, "cycle", "max")),
        ("week.booked[0]", ("week", "booked", 0)),
        ("daily_slots", ("daily_slots",)),
        ("classes[9999].code", None),
        ("classes[x]", None),
        ("__class__.x y", None),
        ("", None),
    ],
)
def test_a_place_is_a_way_or_none(place, way):
    assert steps(place) == way


def test_a_figure_is_written_where_it_stands():
    playbook = form_of("classes", {"classes[3].cycle.max": " 10 "}).playbook
    assert playbook.classes[3].cycle.max == 10


def test_an_empty_field_takes_the_figure_out():
    assert form_of("classes", {"classes[3].warn_from_day": ""}).playbook.classes[3].warn_from_day is None


def test_a_bound_with_a_default_can_be_none():
    assert form_of("order", {"pool.claims_a_day": "", "pool.views_a_day": ""}).playbook.pool.claims_a_day is None


def test_a_part_of_which_all_is_cleared_is_gone():
    fields = {"sizes[0].stock[1].target.min": "", "sizes[0].stock[1].target.max": ""}
    assert form_of("stock", fields).playbook.sizes[0].stock[1].target is None


def test_a_new_row_comes_to_be_when_something_stands_in_it_and_gets_its_own_code():
    chips = form_of("words", {"chips.interests[6].zh": "团购", "chips.interests[6].en": ""}).playbook.chips.interests
    assert (len(chips), chips[6].zh, chips[6].en) == (7, "团购", "团购")
    assert chips[6].code.startswith("own_")


def test_a_blank_new_row_stays_away():
    fields = {"chips.interests[6].zh": "", "ladder[4].days": "", "ladder[4].who": ""}
    assert len(form_of("words", fields).playbook.chips.interests) == 6
    assert len(form_of("order", fields).playbook.ladder) == 4


def test_rows_are_taken_out_whatever_their_order():
    fields = {"remove": ["chips.interests[1]", "chips.interests[4]"], "chips.interests[5].zh": "客源"}
    chips = form_of("words", fields).playbook.chips.interests
    assert [chip.code for chip in chips] == ["customer_group", "brand", "widen_online", "customers"]
    assert chips[3].zh == "客源"


def test_boxes_that_are_not_ticked_are_sent_as_nothing():
    fields = {"recycle.active": ["", "1"], "blocks[0].classes": ["", "0"], "retry.steps[0].key_same_day": [""]}
    assert form_of("order", fields).playbook.recycle.active is True
    assert form_of("day", fields).playbook.blocks[0].classes == ("0",)
    assert form_of("misses", fields).playbook.retry.steps[0].key_same_day is False


@pytest.mark.parametrize(
    ("section", "fields", "place"),
    [
        ("classes", {"classes[3].cycle.max": "0"}, "classes[3].cycle.max"),
        ("classes", {"classes[3].cycle.max": "4"}, "classes[3].cycle.max"),
        ("classes", {"classes[3].cycle.max": "viele"}, "classes[3].cycle.max"),
        ("classes", {"classes[3].cycle.max": ""}, "classes[3].cycle.max"),
        ("day", {"blocks[2].from": "10:30"}, "blocks[2].from"),
        ("day", {"blocks[2].from": "25:00"}, "blocks[2].from"),
        ("day", {"blocks[2].target": "40"}, "blocks"),
        ("order", {"ladder[1].days": "1"}, "ladder[1].days"),
    ],
)
def test_what_is_wrong_is_named_at_its_field_and_nothing_typed_is_lost(section, fields, place):
    form = form_of(section, fields)
    assert form.playbook is None
    assert [each.place for each in form.faults] == [place]
    assert form.wrong(place)
    (name, value), *_others = fields.items()
    assert str(form.value(name)) == value


def test_a_section_writes_nothing_but_its_own_parts():
    fields = {"code": "mine", "daily_slots": "50", "pool.colour": "red"}
    found = filled(TELESALES, sent(fields), SECTIONS["order"])
    assert found == TELESALES


def test_a_contradiction_in_another_section_does_not_hinder():
    form = form_of("classes", {"classes[4].cycle.max": "50"})
    assert form.playbook is not None
    assert [(each.place, section_of(each.place)) for each in faults_of(form.playbook)] == [
        ("recycle.rules[1].no_contact", "order")
    ]


@pytest.mark.parametrize("code", [entry["code"] for entry in TELESALES["classes"] if entry["code"] != "9"])
def test_any_class_can_be_left_out_without_a_contradiction(code):
    became = "5" if code != "5" else "6"
    playbook = without_class(shipped()["telesales"], code, became)
    assert faults_of(playbook) == []
    assert playbook.retired == {code: became}
    assert code not in {entry.code for entry in playbook.classes}


def test_what_was_merged_into_a_class_that_is_left_out_follows():
    playbook = without_class(without_class(shipped()["telesales"], "7", "6"), "6", "5")
    assert playbook.retired == {"7": "5", "6": "5"}


@pytest.mark.parametrize(("code", "became"), [("8", "5"), ("7", "7"), ("7", "8"), ("7", "")])
def test_a_class_becomes_another_one_that_is_there(code, became):
    with pytest.raises(KeyError):
        without_class(shipped()["telesales"], code, became)
