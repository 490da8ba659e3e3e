"""The custom fields of the demo company, and what stands in them."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from genjin.core.fields.services import make_field
from genjin.organization.models import Person

STAFF, BRAND, CONTRACT = "yuangongrenshu", "xianyongpinpai", "hetongdaoqi"
USED = ("用友", "金蝶", "管家婆", "没有，手工记")
SIZES = (3, 5, 8, 12, 15, 20, 26, 35, 48, 60, 85, 120, 200)


def make_fields(*, by: Person, at: datetime) -> None:
    """How many work there, what they use now, and until when they are bound to it."""
    made: list[tuple[str, str, dict[str, Any]]] = [
        ("员工人数", "number", {"code": STAFF, "is_known_at_arrival": True, "help": "大概就行"}),
        ("现用品牌", "choice", {"code": BRAND, "choices": [("", name, False) for name in USED]}),
        ("合同到期", "date", {"code": CONTRACT, "help": "现在那家的合同什么时候到期"}),
    ]
    for label, kind, details in made:
        make_field(subject="customer", label=label, kind=kind, by=by, at=at, **details)


class Filler:
    """What sellers have found out: of most customers the staff, of some what they use. Given a chance of
    its own, so that what else is invented stays as it was."""

    def __init__(self, random: Random, today: date) -> None:
        self.random, self.today = random, today
        self.brands = ("yongyou", "jindie", "guanjiapo", "meiyou_shougongji")

    def custom(self) -> dict[str, Any] | None:
        chance, choose = self.random.random, self.random.choice
        values: dict[str, Any] = {STAFF: choose(SIZES)} if chance() < 0.6 else {}
        if chance() < 0.4:
            values[BRAND] = choose(self.brands)
            if values[BRAND] != self.brands[-1] and chance() < 0.7:
                values[CONTRACT] = (self.today + timedelta(days=self.random.randint(-60, 400))).isoformat()
        return values or None
