"""Rules are data: checked strictly, every change a version, by who leads the unit; refused means nothing changed."""

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.leads.assigning.document import Condition, Rule, Share, Target
from genjin.leads.assigning.models import RuleVersion
from genjin.leads.assigning.services import (
    bring_back,
    document_of,
    move_rule,
    newest_of,
    remove_rule,
    save_rule,
    switch_rule,
    write_rules,
)
from genjin.leads.tests.ruling import among, into, made

pytestmark = pytest.mark.django_db


def names(unit):
    return [(rule.name, rule.is_on) for rule in document_of(newest_of(unit.pk)).rules]


def test_who_leads_the_unit_changes_them_and_others_do_not(east_one, lin, fang, liang, qian, at):
    for stranger in (lin, fang):
        with pytest.raises(NotPermitted):
            save_rule(unit=east_one, rule=among(lin), number=0, by=stranger, at=at)
    assert not RuleVersion.objects.exists()
    made(east_one, among(lin, name="一"), by=liang, at=at)
    made(east_one, among(lin, name="二"), by=qian, at=at)
    assert names(east_one) == [("一", True), ("二", True)]


def test_every_change_is_a_version_with_who_and_what(east_one, lin, liang, at):
    version = made(east_one, among(lin, name="一"), among(lin, name="二"), by=liang, at=at)
    version = move_rule(unit=east_one, key=2, up=True, number=version.number, by=liang, at=at)
    version = switch_rule(unit=east_one, key=2, is_on=False, number=version.number, by=liang, at=at)
    assert names(east_one) == [("二", False), ("一", True)]
    version = remove_rule(unit=east_one, key=2, number=version.number, by=liang, at=at)
    assert version.number == 5
    old = RuleVersion.objects.get(unit=east_one, number=2)
    bring_back(unit=east_one, version=old, number=5, by=liang, at=at)
    assert names(east_one) == [("一", True), ("二", True)]
    verbs = list(Entry.objects.filter(kind="rules", subject=east_one.pk).order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "rules.saved", "rules.saved", "rules.moved", "rules.switched_off", "rules.removed", "rules.brought_back",
    ]  # fmt: skip


def test_a_key_is_never_given_twice(east_one, lin, liang, at):
    version = made(east_one, among(lin, name="一"), by=liang, at=at)
    remove_rule(unit=east_one, key=1, number=version.number, by=liang, at=at)
    made(east_one, among(lin, name="新"), by=liang, at=at)
    assert [rule.key for rule in document_of(newest_of(east_one.pk)).rules] == [2]


def test_two_who_change_at_once_do_not_undo_each_other(east_one, lin, liang, qian, at):
    version = made(east_one, among(lin, name="一"), by=liang, at=at)
    save_rule(unit=east_one, rule=among(lin, name="二"), number=version.number, by=liang, at=at)
    with pytest.raises(Refused) as refused:
        save_rule(unit=east_one, rule=among(lin, name="三"), number=version.number, by=qian, at=at)
    assert refused.value.reason.code == "rules_changed_since"
    assert names(east_one) == [("一", True), ("二", True)]


TO = Target("people", shares=(Share(1),))


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (Rule(0, "", TO), "rule_needs_a_name"),
        (Rule(0, "x", TO, (Condition("nose", "is", ("1",)),)), "rule_field_unknown"),
        (Rule(0, "x", TO, (Condition("own.nose", "is", ("1",)),)), "rule_field_unknown"),
        (Rule(0, "x", TO, (Condition("city", "like", ("1",)),)), "rule_operator_unknown"),
        (Rule(0, "x", TO, (Condition("city", "is"),)), "rule_value_missing"),
        (Rule(0, "x", TO, (Condition("city", "is", (" ",)),)), "rule_value_unknown"),
        (Rule(0, "x", TO, (Condition("city", "is", ("无" * 101,)),)), "rule_values_too_long"),
        (Rule(0, "x", TO, (Condition("city", "empty", ("1",)),)), "rule_value_not_wanted"),
        (Rule(0, "x", TO, (Condition("channel", "is", ("pigeon",)),)), "rule_value_unknown"),
        (Rule(0, "x", TO, (Condition("source", "is", ("999999",)),)), "rule_value_unknown"),
        (Rule(0, "x", Target("queue", queue=999999)), "rule_queue_unknown"),
        (Rule(0, "x", Target("unit", unit=999999)), "rule_unit_unknown"),
        (Rule(0, "x", Target("people")), "rule_needs_people"),
        (Rule(0, "x", Target("people", shares=(Share(999999),))), "rule_person_unknown"),
        (Rule(0, "x", TO, cap_a_day=0), "rule_number_out_of_bounds"),
        (Rule(0, "x", TO, accept_minutes=-5), "rule_number_out_of_bounds"),
    ],
)
def test_what_is_not_known_is_named_and_nothing_is_taken_over(east_one, lin, liang, at, rule, code):
    with pytest.raises(Refused) as refused:
        save_rule(unit=east_one, rule=rule, number=0, by=liang, at=at)
    assert refused.value.reason.code == code
    assert not RuleVersion.objects.exists()


def test_somebody_of_another_region_and_their_queue_cannot_be_named(east_one, south, fang, liang, at):
    with pytest.raises(Refused) as refused:
        save_rule(unit=east_one, rule=among(fang), number=0, by=liang, at=at)
    assert refused.value.reason.code == "rule_person_unknown"
    with pytest.raises(Refused) as refused:
        save_rule(unit=east_one, rule=into(south.lead_queue), number=0, by=liang, at=at)
    assert refused.value.reason.code == "rule_queue_unknown"


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"rules": [{"key": 1, "name": "x", "target": {"kind": "moon"}}]}, "moon"),
        ({"rules": [{"key": 1, "name": "x", "target": {"kind": "queue"}, "colour": "red"}]}, "colour"),
        ({"rules": "all"}, "rules"),
        ([], "array"),
    ],
)
def test_as_data_they_are_read_strictly(east_one, liang, at, given, wrong):
    with pytest.raises(Refused) as refused:
        write_rules(unit=east_one, given=given, number=0, by=liang, at=at)
    assert refused.value.reason.code == "rules_unreadable"
    assert wrong in refused.value.reason.figures["wrong"]


def test_as_data_they_can_be_written_whole(east_one, lin, liang, at):
    there = made(east_one, among(lin, where=[("wants", "has", "报价")]), by=liang, at=at)
    again = write_rules(unit=east_one, given=there.document, number=1, by=liang, at=at)
    assert (again.number, again.document) == (2, there.document)


def test_a_colleague_who_left_may_stay_named(east_one, lin, zhou, liang, at, today):
    made(east_one, among(lin, zhou, name="一"), by=liang, at=at)
    lin.is_active, lin.left_on = False, today
    lin.save()
    made(east_one, among(zhou, name="二"), by=liang, at=at)
    assert len(names(east_one)) == 2
