"""A row that sums up is told from one that names a customer."""

import pytest

from genjin.core.transfer.totals import is_total


@pytest.mark.parametrize(
    "cells",
    [
        ["合计", "", "128", "3,560.00"],
        ["合 计：", "128"],
        ["", "", "总计", "12", "￥3,560.5"],
        ["小计", "-", "12个"],
        ["合计"],
        ["Total", "128", "", "45%"],
        ["Grand Total:", "(128)"],
        ["SUBTOTAL", "1.5"],
        ["华东一组 汇总", "128"],
        ["林小满 小计", "12", "－"],
        ["East Total", "12"],
        ["（合计）", "１２８"],
    ],
)
def test_a_total_is_one(cells):
    assert is_total(cells)


@pytest.mark.parametrize(
    "cells",
    [
        ["Total"],
        ["Total", "13812345678"],
        ["道达尔 Total", "0519-88888888", "常州"],
        ["合计贸易有限公司", "128"],
        ["合计", "128", "负责人：林小满"],
        ["小计", "13812345678"],
        ["常州怡美卫浴", "128"],
        ["会计", "12"],
        ["汇总", "常州"],
        ["林小满 小计"],
        ["12", "合计"],
        ["", "", ""],
        [],
    ],
)
def test_what_names_somebody_is_none(cells):
    assert not is_total(cells)
