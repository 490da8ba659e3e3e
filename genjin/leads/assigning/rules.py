"""Which rule a lead meets and whose turn it is. Plain values in, answer out: the same for real leads and for tries."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from genjin.leads.assigning.document import Condition, Rule

Facts = Mapping[str, Any]  # field → text, number as text, several texts, True or False; what is missing is ""
REGIONS = ("province", "city")
_ENDS = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市")


def folded(text: Any) -> str:
    """As texts are compared: width, case and space do not count."""
    return " ".join(unicodedata.normalize("NFKC", str(text)).casefold().split())


def region(text: str) -> str:
    """江苏省 and 江苏 are one."""
    plain = folded(text)
    end = next((end for end in _ENDS if plain.endswith(end) and len(plain) > len(end) + 1), "")
    return plain.removesuffix(end)


def matches(rule: Rule, facts: Facts) -> bool:
    """Whether the rule is for this lead: all of its conditions hold, or any; without a condition it is for all."""
    if not rule.conditions:
        return True
    holds = (meets(condition, facts) for condition in rule.conditions)
    return all(holds) if rule.join == "all" else any(holds)


def meets(condition: Condition, facts: Facts) -> bool:
    """Whether one condition holds. What is not known is neither more nor less than anything."""
    value, operator = facts.get(condition.field, ""), condition.operator
    if operator in ("empty", "filled"):
        return (value in ("", None, (), [])) == (operator == "empty")
    if operator in ("yes", "no"):
        return value is (operator == "yes")
    if operator in ("min", "max", "before", "after"):
        return _is_beyond(operator, value, condition.values[0])
    compared = region if condition.field in REGIONS else folded
    wanted = [compared(each) for each in condition.values]
    held = [compared(each) for each in value] if isinstance(value, (list, tuple)) else [compared(value)]
    if operator in ("is", "not"):
        return any(each in wanted for each in held) == (operator == "is")
    found = any(want in each for want in wanted for each in held)
    return found == (operator == "has")


def _is_beyond(operator: str, value: Any, bound: str) -> bool:
    if value in ("", None):
        return False
    if operator in ("before", "after"):
        return str(value) < bound if operator == "before" else str(value) > bound
    try:
        number, limit = Decimal(str(value)), Decimal(bound)
    except InvalidOperation:
        return False
    return number >= limit if operator == "min" else number <= limit


def next_in_turn(weights: Mapping[int, int], standing: Mapping[int, int]) -> tuple[int, dict[int, int]]:
    """Whose turn it is among these, and how they stand after it.

    Smooth weighted round robin: each gains their weight, the one ahead is chosen and pays the sum. With equal weights
    they take turns in the order given; over as many turns as the sum of the weights each has exactly their share.
    Who does not take part this time keeps their standing.
    """
    after = dict(standing)
    for person, weight in weights.items():
        after[person] = after.get(person, 0) + weight
    chosen = max(weights, key=lambda person: after[person])
    after[chosen] -= sum(weights.values())
    return chosen, after


@dataclass(slots=True)
class Hand:
    """Somebody whom rules may give leads to. `room`: how many more new customers their stock takes, None for as many
    as come; `off`: the halves of days on which they are away; `open` and `given` are counted on as leads are given."""

    person: int
    may_hold: bool = True
    off: Mapping[date, frozenset[str]] = field(default_factory=dict)
    open: int = 0
    given: Counter[date] = field(default_factory=Counter)
    room: int | None = None


@dataclass(slots=True)
class Floor:
    """Everybody rules may name, and whose turn it is: by the rule's key, then by person."""

    hands: dict[int, Hand]
    teams: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # a unit's people, in their order
    standing: dict[int, dict[int, int]] = field(default_factory=dict)
    open_queues: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Moment:
    """When a lead is given: on which day, and in which half of it, somebody can first work it."""

    day: date
    half: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A queue, a person, or nobody: then `besides` says how many were passed over, by why."""

    person: int | None = None
    queue: int | None = None
    besides: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_nobody(self) -> bool:
        return self.person is None and self.queue is None


@dataclass(frozen=True, slots=True)
class Decision:
    """The rule that gave it, None where it falls to the unit's own queue; `empty_handed` are the rules it met whose
    people were all passed over."""

    rule: Rule | None
    choice: Choice
    empty_handed: tuple[tuple[Rule, Mapping[str, int]], ...] = ()


def shares_of(rule: Rule, floor: Floor) -> dict[int, int]:
    """Who takes part in a rule, with their weights, in their order."""
    target = rule.target
    if target.kind == "unit":
        return dict.fromkeys(floor.teams.get(target.unit or 0, ()), 1)
    return {share.person: share.weight for share in target.shares}


def refusal(hand: Hand | None, rule: Rule, moment: Moment, asked: Iterable[int] = ()) -> str | None:
    """Why somebody is passed over this time, as a word; None when they are not."""
    if hand is None or not hand.may_hold:
        return "gone"
    if hand.person in asked:
        return "asked"
    if moment.half in hand.off.get(moment.day, ()):
        return "away"
    if rule.cap_a_day is not None and hand.given[moment.day] >= rule.cap_a_day:
        return "cap"
    if (rule.skips_full or rule.target.way == "room") and hand.room is not None and hand.room - hand.open <= 0:
        return "full"
    return None


def choose(rule: Rule, floor: Floor, moment: Moment, asked: Iterable[int] = ()) -> Choice:
    """To whom a rule gives the next lead, and note it on the floor. `asked` let this lead lapse before."""
    if rule.target.kind == "queue":
        queue = rule.target.queue if rule.target.queue in floor.open_queues else None
        return Choice(queue=queue, besides={} if queue else {"closed": 1})
    asked = frozenset(asked)
    free: dict[int, int] = {}
    besides: Counter[str] = Counter()
    for person, weight in shares_of(rule, floor).items():
        word = refusal(floor.hands.get(person), rule, moment, asked)
        if word:
            besides[word] += 1
        else:
            free[person] = weight
    if not free:
        return Choice(besides=dict(besides) or {"nobody": 1})
    person = _one_of(free, rule, floor)
    hand = floor.hands[person]
    hand.open += 1
    hand.given[moment.day] += 1
    return Choice(person=person, besides=dict(besides))


def _one_of(free: Mapping[int, int], rule: Rule, floor: Floor) -> int:
    way = rule.target.way
    if way == "least":
        return min(free, key=lambda person: floor.hands[person].open)
    if way == "room":
        return max(free, key=lambda person: _room(floor.hands[person]))
    weights = free if way == "weighted" else dict.fromkeys(free, 1)
    person, floor.standing[rule.key] = next_in_turn(weights, floor.standing.get(rule.key, {}))
    return person


def _room(hand: Hand) -> tuple[bool, int]:
    """Who has no limit has most room; among those whoever has the fewest leads."""
    return hand.room is None, (hand.room or 0) - hand.open


def decide(
    rules: Iterable[Rule], facts: Facts, floor: Floor, moment: Moment, *, counts: Callable[[Rule], bool] | None = None
) -> Decision:
    """The first rule that is on, is for this lead and has somebody for it. `counts` says instead which are on."""
    empty: list[tuple[Rule, Mapping[str, int]]] = []
    for rule in rules:
        if not (counts(rule) if counts else rule.is_on) or not matches(rule, facts):
            continue
        choice = choose(rule, floor, moment)
        if not choice.is_nobody:
            return Decision(rule, choice, tuple(empty))
        empty.append((rule, choice.besides))
    return Decision(None, Choice(), tuple(empty))
