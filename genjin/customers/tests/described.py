"""Custom fields that tests define, and a secret one."""

from genjin.core.fields.services import make_field


def define(qian, at, *, subject="customer"):
    """A number, a choice, a day, several choices, and an amount that only who leads sees."""
    made = [
        ("员工人数", "number", {"default": 5}),
        ("现用品牌", "choice", {"choices": [("", "用友", False), ("", "金蝶", False)]}),
        ("合同到期日", "date", {}),
        ("关心", "several", {"choices": [("", "价格", False), ("", "售后", False)]}),
        ("年预算", "money", {"seen_by": ["manager"]}),
        ("备用电话", "phone", {"is_searchable": True}),
        ("公众号", "text", {"is_searchable": True}),
        ("介绍人", "person", {}),
        ("签过", "yes_no", {}),
    ]
    return [make_field(subject=subject, label=label, kind=kind, by=qian, at=at, **more) for label, kind, more in made]


VALUES = {
    "yuangongrenshu": 40, "xianyongpinpai": "jindie", "hetongdaoqiri": "2026-12-31", "guanxin": ["shouhou"],
    "nianyusuan": "12800.00", "beiyongdianhua": "13900001111", "gongzhonghao": "恒丰装饰之家", "qianguo": False,
}  # fmt: skip
