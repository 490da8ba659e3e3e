"""Browsers break 11-24 after its hyphen: in a sentence the day stays in one piece, and the rest of it is escaped."""

import pytest
from markupsafe import Markup

from genjin.web.markup import unbroken


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("约好 11:30。", "约好 11:30。"),
        ("最晚 11-24 周二联系", '最晚 <span class="nowrap">11-24 周二</span>联系'),
        ("Due 2027-01-04 Mon, free.", 'Due <span class="nowrap">2027-01-04 Mon</span>, free.'),
        ("11-19 谈过；每 2–5 个工作日", '<span class="nowrap">11-19</span> 谈过；每 2–5 个工作日'),
        ("<b>138-1234-5521</b>", "&lt;b&gt;138-1234-5521&lt;/b&gt;"),
    ],
)
def test_a_day_stays_in_one_piece(sentence, shown):
    assert unbroken(sentence) == shown


def test_what_a_template_gives_is_escaped_once():
    assert unbroken(Markup("最晚 11-24 周二&amp;联系")) == '最晚 <span class="nowrap">11-24 周二</span>&amp;联系'
