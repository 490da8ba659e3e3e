"""Whatever is wrong in a playbook is said in the reader's language, too."""

import pytest
from django.utils import translation

from genjin.playbooks.editions.canonical import faults_of
from genjin.playbooks.schema import PlaybookError
from genjin.playbooks.tests.changing import changed


@pytest.mark.parametrize(
    ("changes", "chinese"),
    [
        ({"classes.3.cycle.min": 0}, "至少是 1"),
        ({"classes.3.cycle.max": "8"}, "这里要写整数，不是文字"),
        ({"classes.3.colour": "blue"}, "这里没有 colour 这一项"),
        ({"classes.3.name.zh": None}, "缺 zh"),
        ({"blocks.2.from": "25:00"}, "这里要写钟点，比如 08:30"),
        ({"classes.3.code": "普通"}, "这里只能写字母和数字"),
        ({"ladder.0.who": "nobody"}, "这里不能写 'nobody'"),
        ({"retry.steps": []}, "至少要有 1 项"),
        ({"daily_slots": 501}, "最多是 500"),
        ({"classes.3.code": "abcde"}, "最多 4 个字"),
    ],
)
def test_a_value_that_cannot_stand(changes, chinese):
    with translation.override("zh-hans"), pytest.raises(PlaybookError) as error:
        changed(changes)
    with translation.override("zh-hans"):
        assert error.value.wrong.in_words() == chinese


def test_values_that_contradict_each_other():
    found = faults_of(changed({"classes.3.cycle.max": 4}))
    with translation.override("zh-hans"):
        assert [each.what.in_words() for each in found] == ["最大 4 比最小 5 还小"]
