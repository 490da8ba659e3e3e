"""One class more: it begins as another one, stands beside it everywhere, and customers can be of it at once."""

import pytest

from genjin.playbooks.editing.adding import code_for, with_class
from genjin.playbooks.editing.leaving_out import without_class
from genjin.playbooks.editions.canonical import as_yaml, faults_of
from genjin.playbooks.schema import load, shipped

TELESALES = shipped()["telesales"]
NAME = {"zh": "试用客户", "en": "On trial"}


def added(like="3", badge="试"):
    return with_class(TELESALES, like=like, name=NAME, badge=badge)


@pytest.mark.parametrize("playbook", shipped().values(), ids=lambda each: each.code)
def test_beside_any_class_it_contradicts_nothing_and_is_a_file_that_is_read_back(playbook):
    for entry in playbook.classes:
        if entry.code == playbook.won_class:
            continue
        more = with_class(playbook, like=entry.code, name=NAME, badge="新")
        assert faults_of(more) == []
        assert load(as_yaml(more)) == more
        chosen = more.resolved()
        assert [cls.code for cls in chosen.classes].index("c1") == more.classes.index(entry) + 1


def test_it_is_named_wherever_the_other_one_is():
    more = added().resolved()
    blocks = [block.code for block in more.blocks if "c1" in block.classes]
    assert blocks == [block.code for block in more.blocks if "3" in block.classes]
    assert "c1" in more.rest.then
    assert more.class_of("c1").counts_with == ("3", "c1")
    assert (more.class_of("c1").min_days, more.class_of("c1").max_days) == (5, 8)


@pytest.mark.parametrize(("badge", "code"), [("T", "T"), ("3", "c1"), ("试用", "c1"), ("TRIAL", "c1")])
def test_its_code_is_its_badge_where_that_is_free(badge, code):
    assert code_for(TELESALES, badge) == code


def test_the_code_of_a_class_left_out_is_not_given_again():
    more = without_class(with_class(TELESALES, like="3", name=NAME, badge="T"), "T", "4")
    assert code_for(more, "T") == "c1"


def test_neither_an_unknown_one_nor_the_won_class_is_a_beginning():
    for like in ("x", "9"):
        with pytest.raises(KeyError):
            added(like=like)


@pytest.mark.django_db
def test_on_the_page_with_what_was_typed_in_the_section_kept(client_of, qian, east_one):
    client, address = client_of(qian), "/settings/playbooks/telesales/draft/classes/"
    typed = {"classes[3].cycle.max": "9", "add_class": "1", "class_name": "试用客户", "class_like": "3"}
    wrong = client.post(address, {**typed, "class_badge": "普3"})
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert "试用客户" in page
    assert 'value="9"' in page
    by_enter = {name: said for name, said in typed.items() if name != "add_class"}
    done = client.post(address, {**by_enter, "class_badge": "试"})
    assert done.status_code == 302
    page = client.get(address).content.decode()
    assert "试用客户" in page
    shown = client.get("/settings/playbooks/telesales/effects/").content.decode()
    assert "试用客户" in shown
    renamed = client.post("/settings/playbooks/telesales/draft/talk/", {"classes[4].name.zh": "体验客户"})
    assert renamed.status_code == 302
    assert "体验客户" in client.get(address).content.decode()
