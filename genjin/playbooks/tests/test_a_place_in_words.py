"""What differs is told by badges, as everybody knows the classes, never by the codes of the file."""

from genjin.playbooks.editing.adding import with_class
from genjin.playbooks.editions.canonical import as_plain
from genjin.playbooks.editions.differences import differences
from genjin.playbooks.place_words import in_words
from genjin.playbooks.schema import shipped
from genjin.playbooks.tests.changing import changed

BASE = shipped()["telesales"]


def told(after):
    return in_words(differences(BASE, after), as_plain(BASE), as_plain(after))


def test_the_classes_of_a_block_are_told_by_their_badges():
    more = with_class(BASE, like="3", name={"zh": "试用客户", "en": "On trial"}, badge="试")
    assert ("时段 · 3 类 · 类别", "重3，普3", "重3，普3，试") in told(more)
    assert any("普3 试" in place for place, _before, _after in told(more))
    assert not any("c1" in part for line in told(more) for part in line)


def test_a_single_class_too():
    [(_place, before, after)] = told(changed({"retry.proposals.0.move_to": "6"}))
    assert (before, after) == ("5", "6")
    [(_place, before, after)] = told(changed({"entry_class": "0k"}))
    assert (before, after) == ("0", "重0")


def test_a_name_that_reads_like_a_code_stays_a_name():
    [(_place, before, after)] = told(changed({"classes.0.name.zh": "3"}))
    assert (before, after) == ("1 类", "3")
