"""Below a stock target the plan makes room for development: it refuses nothing and takes nobody's day (C1, C13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from genjin.playbooks.rules.capacity import target_for_new
from genjin.playbooks.rules.stock import Holding, load_arithmetic, stock
from genjin.playbooks.variant import Variant


@dataclass(frozen=True, slots=True)
class Development:
    """Groups below their target, and what the plan does about it: `slots` a day more for new customers.

    `asked`: what the missing customers would ask for a day; `spare`: what the stock at its slackest and the blocks for
    new customers leave of it.
    """

    short: tuple[Holding, ...]
    asked: float
    spare: float
    slots: int


def development(playbook: Variant, counts: Mapping[str, int], *, slots: int) -> Development:
    """Room for development: while a stock target is not reached, the contacts that the missing customers would ask for
    go to new ones, as far as the stock leaves them free. A stock that asks for the whole day keeps its cycles first.
    """
    short = tuple(each for each in stock(playbook, counts) if each.state == "below_target")
    asked = sum(each.short / playbook.class_of(each.classes[0]).max_days for each in short)
    new = min(target_for_new(playbook, slots), sum(counts.get(code, 0) for code in playbook.queue_classes))
    spare = max(slots - new - load_arithmetic(playbook, counts).slackest, 0.0)
    return Development(short, asked, spare, min(ceil(asked), int(spare)) if playbook.queue_classes else 0)
