"""A draft becomes the next version, or is refused and nothing has changed."""

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.playbooks import rules
from genjin.playbooks.editions import current
from genjin.playbooks.editions.models import Draft, Edition
from genjin.playbooks.editions.services import begin_draft, change_draft, discard_draft, put_into_effect, version
from genjin.playbooks.models import Adoption
from genjin.playbooks.schema import shipped
from genjin.playbooks.services import playbook_for, variant
from genjin.playbooks.tests.changing import changed, made_current, without_class

SLOWER = {"classes.3.cycle": {"min": 5, "max": 10}}


def test_without_a_version_the_shipped_file_counts(db):
    assert (current.number_of("telesales"), current.current()["telesales"]) == (0, shipped()["telesales"])


def test_a_draft_counts_for_nobody(east_one, qian, at):
    change_draft(playbook="telesales", content=changed(SLOWER), by=qian, at=at)
    current.forget()
    assert playbook_for(east_one.pk).class_of("3").max_days == 8


def test_put_into_effect_it_counts_for_all_and_is_on_record(east_one, qian, at):
    edition = made_current(changed(SLOWER), by=qian, at=at, note="淡季放慢")
    assert (playbook_for(east_one.pk).class_of("3").max_days, edition.number) == (10, 1)
    entry = Entry.objects.about("playbook", edition.pk).get()
    assert (entry.verb, entry.by, entry.note) == ("playbook_changed", qian, "淡季放慢")
    assert entry.changes["classes[3].cycle"] == [{"min": 5, "max": 8}, {"min": 5, "max": 10}]
    assert not Draft.objects.exists()


def test_back_to_an_older_version_is_a_new_one(qian, at):
    made_current(changed(SLOWER), by=qian, at=at)
    made_current(changed({"daily_slots": 45}), by=qian, at=at)
    draft = begin_draft(playbook="telesales", number=1, by=qian, at=at)
    back = put_into_effect(draft=draft, note="还是慢一点", by=qian, at=at)
    assert (back.number, variant("telesales").class_of("3").max_days, variant("telesales").daily_slots) == (3, 10, 40)
    assert [each.number for each in Edition.objects.all()] == [3, 2, 1]


def test_back_to_the_shipped_one_keeps_no_copy_of_it(qian, at):
    made_current(changed(SLOWER), by=qian, at=at)
    draft = begin_draft(playbook="telesales", number=0, by=qian, at=at)
    assert put_into_effect(draft=draft, note="回到原装", by=qian, at=at).content is None
    assert current.current()["telesales"] == version("telesales", 2) == shipped()["telesales"]


def test_the_other_playbook_stays_as_it_is(qian, at):
    made_current(changed(SLOWER), by=qian, at=at)
    assert (current.number_of("general"), variant("general").class_of("A").max_days) == (0, 5)


def refused(code, draft, by, at, note="试试"):
    before = Edition.objects.count(), Draft.objects.count(), Entry.objects.count()
    with pytest.raises(Refused, match=code) as refusal:
        put_into_effect(draft=draft, note=note, by=by, at=at)
    assert (Edition.objects.count(), Draft.objects.count(), Entry.objects.count()) == before
    return refusal.value.reason.figures


def test_refused_without_a_note(qian, at):
    draft = change_draft(playbook="telesales", content=changed(SLOWER), by=qian, at=at)
    refused("edition_needs_a_note", draft, qian, at, note="  ")


def test_refused_when_it_contradicts_itself_with_the_place(qian, at):
    draft = change_draft(playbook="telesales", content=changed({"blocks.2.target": 12}), by=qian, at=at)
    assert refused("playbook_contradicts_itself", draft, qian, at)["place"] == "blocks"


def test_refused_when_nothing_differs(qian, at):
    refused("edition_changes_nothing", begin_draft(playbook="telesales", by=qian, at=at), qian, at)


def test_refused_when_somebody_else_was_faster(qian, at):
    draft = change_draft(playbook="telesales", content=changed(SLOWER), by=qian, at=at)
    Edition.objects.create(playbook="telesales", number=1, made_from=0, note="x", made_by=qian, made_at=at)
    current.ask_again()
    assert refused("edition_outdated", draft, qian, at)["number"] == 1


def test_refused_at_the_last_moment_too(qian, at):
    """Two put their drafts into effect at once: who comes second has not seen the other's yet."""
    draft = change_draft(playbook="telesales", content=changed(SLOWER), by=qian, at=at)
    assert current.number_of("telesales") == 0
    Edition.objects.create(playbook="telesales", number=1, made_from=0, note="x", made_by=qian, made_at=at)
    refused("edition_outdated", draft, qian, at)


def test_a_number_set_that_a_unit_works_by_stays(east_one, qian, at):
    Adoption.objects.filter(unit=east_one).update(size="large")
    draft = change_draft(playbook="telesales", content=changed({"sizes.1": None}), by=qian, at=at)
    assert refused("number_set_in_use", draft, qian, at) == {"unit": east_one.name, "choice": "large"}


def test_a_class_in_which_nobody_stands_may_go(qian, at):
    made_current(without_class("7"), by=qian, at=at)
    assert not variant("telesales").has_class("7")


def test_a_class_that_is_gone_is_still_called_by_its_name(qian, at):
    made_current(without_class("7"), by=qian, at=at)
    assert current.word_of("telesales", "classes", "7").zh == "7 类"


def test_only_who_may_change_playbooks_changes_them(liang, qian, at):
    with pytest.raises(NotPermitted):
        change_draft(playbook="telesales", content=changed(SLOWER), by=liang, at=at)
    draft = change_draft(playbook="telesales", content=changed(SLOWER), by=qian, at=at)
    with pytest.raises(NotPermitted):
        put_into_effect(draft=draft, note="试试", by=liang, at=at)
    with pytest.raises(NotPermitted):
        discard_draft(playbook="telesales", by=liang)
    assert Draft.objects.get().person == qian


def test_a_draft_of_one_playbook_is_none_of_another(qian, at):
    with pytest.raises(Refused, match="draft_of_another_playbook"):
        change_draft(playbook="general", content=changed(SLOWER), by=qian, at=at)


def test_a_version_that_never_was_is_refused(qian, at):
    with pytest.raises(Refused, match="no_such_edition"):
        begin_draft(playbook="telesales", number=7, by=qian, at=at)


def test_a_class_that_is_no_more_is_what_it_became(qian, at):
    made_current(without_class("7", became="6"), by=qian, at=at)
    playbook = variant("telesales")
    assert (playbook.has_class("7"), playbook.class_of("7")) == (False, playbook.class_of("6"))
    assert rules.map_class(playbook, "telesales", "7").code == "6"


def test_what_a_class_became_must_be_there(qian, at):
    draft = change_draft(playbook="telesales", content=without_class("7", became="8"), by=qian, at=at)
    figures = refused("playbook_contradicts_itself", draft, qian, at)
    assert (figures["place"], figures["what"]) == ("retired.7", "没有 8 类")
