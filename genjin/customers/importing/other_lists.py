"""Lists that are no customers: orders and opportunities have a row for each deal, and say so by their columns."""

from collections.abc import Sequence

from genjin.core.reasons import Reason
from genjin.core.transfer.mapping import plain_title, words_of

ENOUGH = 3  # so many columns of such a list make it one (ours)

_ORDERS = words_of(
    "订单编号, 订单号, 订单id, 订单金额, 总金额, 订单总额, 实付金额, 买家实际支付金额, 支付金额, 交易金额, 退款金额,"
    "订单创建时间, 订单付款时间, 下单时间, 付款时间, 支付时间, 订单状态, 商品名称, 商品数量, 运费, 物流单号,"
    "order id, order number, order no, invoice, invoice no, stock code, unit price, quantity, order total,"
    "order date, order status, tracking number"
)
_OPPORTUNITIES = words_of(
    "商机名称, 商机编号, 商机金额, 商机阶段, 销售阶段, 预计成交日期, 预计成交金额, 赢率, 成交概率,"
    "stage, stage name, deal stage, deal name, deal id, opportunity id, opportunity name, close date, close value,"
    "probability, expected revenue, forecast category, is won, is closed, expected closing"
)
_LISTS = {
    "file_holds_orders": frozenset(map(plain_title, _ORDERS)),
    "file_holds_opportunities": frozenset(map(plain_title, _OPPORTUNITIES)),
}


def what_else(header: Sequence[str], *, names_customers: bool) -> Reason | None:
    """What the rows are when they are no customers, and whether their customers can be told at all."""
    titles = {plain_title(title) for title in header}
    for code, words in _LISTS.items():
        if len(titles & words) >= ENOUGH:
            return Reason(code if names_customers else f"{code}_of_nobody")
    return None
