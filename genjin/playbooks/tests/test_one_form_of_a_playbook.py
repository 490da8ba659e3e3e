"""A playbook is kept and written in one form, and read back as what it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.playbooks.editions.canonical import as_plain, as_yaml, faults_of, from_plain
from genjin.playbooks.schema import PlaybookError, load, shipped
from genjin.playbooks.tests.changing import changed

BOTH = sorted(shipped())
WORDS = st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable())


@pytest.mark.parametrize("code", BOTH)
def test_the_kept_form_gives_the_same_playbook(code):
    assert from_plain(json.loads(json.dumps(as_plain(shipped()[code])))) == shipped()[code]


@pytest.mark.parametrize("code", BOTH)
def test_a_written_file_is_read_as_the_same_playbook(code):
    assert load(as_yaml(shipped()[code])) == shipped()[code]


@given(words=WORDS, low=st.integers(1, 366), high=st.integers(1, 366))
def test_whatever_words_and_figures_it_has(words, low, high):
    playbook = changed(
        {"classes.3.cycle": {"min": low, "max": high}, "classes.3.talk_track.0.say": {"zh": words, "en": words}}
    )
    if low <= high:
        assert load(as_yaml(playbook)) == playbook
    else:
        assert [each.place for each in faults_of(playbook)] == ["classes[3].cycle.max"]


def test_a_part_of_the_wrong_type_is_no_playbook():
    raw = as_plain(shipped()["telesales"]) | {"daily_slots": "many"}
    with pytest.raises(PlaybookError, match="daily_slots"):
        from_plain(raw)
