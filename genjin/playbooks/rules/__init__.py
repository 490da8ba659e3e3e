"""The playbook's decisions: plain values in, answer and reason out. No Django, no clock."""

from genjin.playbooks.rules.backlog import Spread, spread
from genjin.playbooks.rules.capacity import Shares, shares
from genjin.playbooks.rules.closing import CloseWindow, close_window
from genjin.playbooks.rules.development import Development, development
from genjin.playbooks.rules.due import AnchorKind, Due, due, due_by_person
from genjin.playbooks.rules.effective import effective
from genjin.playbooks.rules.entry import DERIVED_FACTS, may_enter, missing_conditions
from genjin.playbooks.rules.giving_up import UNWILLING, Attempt, Met, standard_met
from genjin.playbooks.rules.leave import HALVES, half_of, longest_break, slots_left, slots_of_days, without
from genjin.playbooks.rules.levelling import Levelled, Move, NoDay, Standing, level
from genjin.playbooks.rules.mapping import map_class
from genjin.playbooks.rules.misses import Proposal, Retry, after_miss, later_block
from genjin.playbooks.rules.mix import MixLine, check_mix, mix_of
from genjin.playbooks.rules.planning import (
    SEARCHED_DAYS,
    ChosenDate,
    Planned,
    check_chosen_date,
    first_free,
    next_contact,
)
from genjin.playbooks.rules.recycling import RECYCLED_BY, Clocks, GoesBack, goes_back, last_worked, loosened
from genjin.playbooks.rules.stock import (
    ClassLoad,
    Holding,
    Load,
    full_stock,
    limit_on,
    load_arithmetic,
    refusal_to_take_on,
    stock,
)
from genjin.playbooks.rules.today import (
    BlockPlan,
    Candidate,
    DayPlan,
    Done,
    Entry,
    Promised,
    fill_day,
    order_of_urgency,
    scaled_targets,
)
from genjin.playbooks.rules.why import why_today

__all__ = [
    "DERIVED_FACTS",
    "HALVES",
    "RECYCLED_BY",
    "SEARCHED_DAYS",
    "UNWILLING",
    "AnchorKind",
    "Attempt",
    "BlockPlan",
    "Candidate",
    "ChosenDate",
    "ClassLoad",
    "Clocks",
    "CloseWindow",
    "DayPlan",
    "Development",
    "Done",
    "Due",
    "Entry",
    "GoesBack",
    "Holding",
    "Levelled",
    "Load",
    "Met",
    "MixLine",
    "Move",
    "NoDay",
    "Overdue",
    "Planned",
    "Promised",
    "Proposal",
    "Retry",
    "Shares",
    "Spread",
    "Standing",
    "after_miss",
    "check_chosen_date",
    "check_mix",
    "close_window",
    "development",
    "due",
    "due_by_person",
    "effective",
    "fill_day",
    "first_free",
    "full_stock",
    "goes_back",
    "half_of",
    "last_worked",
    "later_block",
    "level",
    "limit_on",
    "load_arithmetic",
    "longest_break",
    "loosened",
    "map_class",
    "may_enter",
    "missing_conditions",
    "mix_of",
    "next_contact",
    "order_of_urgency",
    "refusal_to_take_on",
    "scaled_targets",
    "shares",
    "slots_left",
    "slots_of_days",
    "spread",
    "standard_met",
    "stock",
    "why_today",
    "without",
]
