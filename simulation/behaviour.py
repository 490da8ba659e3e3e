"""How customers answer. Plain values, no Django, no clock: what the floor does is told, what comes of it is drawn.

A customer is a `Mind`: how much they could ever want it, how much they want it now, whom one has to speak with, when
they are there, how annoyed they are. None of it is known to the sellers or to the product; they hear what is said.

Each draw comes from a stream of its own, named by seed, customer and number of the attempt. So the same attempt of the
same customer brings the same luck in every variant: what differs between two runs is what the floor did.
"""

from dataclasses import dataclass
from math import exp
from random import Random

from simulation.parameters import Parameters

# Yes at the n-th contact over clients who got so far, n = 1 to 7, of 45,211 clients (Moro et al. 2011; counted by us).
BANK = (5.66, 5.06, 4.08, 3.29, 2.27, 2.11, 1.53)
# B-table: share of revenue by the first interaction and the second, third, fourth and later tracking. The last, 80 %,
# is spread over six contacts (our reading: "most deals come after the 5th try"), 13.3 % each.
B_TABLE = (3.0, 5.0, 10.0, 80 / 6)
# Chance of a yes in one talk with the KP by interest: below 0.2, 0.4, 0.6, 0.8, and above (ours).
YES = (0.002, 0.008, 0.03, 0.1, 0.3)
# Working days of silence that one of this interest bears: the cycles of classes 4, key 4, 3, key 3, 2 (C1).
BEARS = (14.0, 11.0, 7.0, 4.0, 2.5)
# Working days before which the next talk comes too soon: two thirds of the shorter end of those cycles (ours).
TOO_SOON = (5.0, 5.0, 3.0, 1.0, 0.0)
# How well people are reached by the hour (ours): shops and owners are late in the morning, and have lunch.
BY_HOUR = {8: 0.8, 9: 0.9, 10: 1.1, 11: 1.05, 12: 0.6, 13: 0.85, 14: 1.0, 15: 1.15, 16: 1.1, 17: 0.95}
INTERESTS = ("customer_group", "peers", "brand", "widen_online", "website", "customers")
OBJECTIONS = ("effect", "truth", "not_suited", "waits", "cannot_operate", "trial", "free_enough", "price")


def band(interest: float) -> int:
    """Which of the five tables' places an interest has."""
    return min(int(interest * 5), 4)


def growing(nth: int) -> float:
    """How a yes grows with the n-th talk by the B-table, 1 from the fourth on."""
    return B_TABLE[min(nth, len(B_TABLE)) - 1] / B_TABLE[-1]


def falling(nth: int) -> float:
    """How a yes falls with the n-th contact in the bank's campaigns, 1 at the first."""
    return BANK[min(nth, len(BANK)) - 1] / BANK[0]


@dataclass(slots=True)
class Mind:
    """One customer from within. Interest and its `ceiling` lie between 0 and 1; days are counted working days."""

    ceiling: float
    interest: float
    reach: float
    mornings: bool
    is_dead: bool
    has_key_person: bool
    patience: float
    talks: int = 0
    annoyed: float = 0.0
    silent_since: int = 0  # number of the working day of the last talk, or of the day on which it began
    missed_at: int | None = None  # hour of the last miss
    stage: str = ""  # "", "contract" (has it), "signed" (sent it back), "paid"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one attempt brought, as the seller hears it.

    `seems` is the interest as the seller takes it: near the truth, not the truth. `said` is one of "", "yes",
    "signed", "paid", "reneged", "never again".
    """

    reached: bool
    miss: str = ""
    with_key_person: bool = False
    names_key_person: bool = False
    attitude: str = ""
    interest: str = ""
    objection: str = ""
    said: str = ""
    seems: float = 0.0
    asks_to_call: int | None = None  # in so many working days, at an exact time
    seconds: int = 0


def stream(seed: int, customer: int, what: str) -> Random:
    return Random(f"{seed}:{customer}:{what}")


def born(given: Parameters, *, seed: int, customer: int, day: int, is_key: bool = False) -> Mind:
    """A customer nobody has called yet. Key ones came by themselves or were referred: they can come to want it more."""
    luck = stream(seed, customer, "born")
    never = luck.random() < given.no_need * (0.6 if is_key else 1.0)
    ceiling = luck.uniform(0.02, 0.35) if never else luck.uniform(0.35, 1.0)
    return Mind(
        ceiling=ceiling,
        interest=ceiling * luck.uniform(0.05, 0.4),
        reach=min(max(luck.gauss(given.reach, given.reach * given.reach_spread), 0.05), 0.95),
        mornings=luck.random() < 0.5,
        is_dead=luck.random() < given.dead_numbers,
        has_key_person=luck.random() >= given.no_key_person,
        patience=given.bears * exp(luck.gauss(0, 0.4)),
        silent_since=day,
    )


def grown(given: Parameters, *, seed: int, customer: int, day: int, places: tuple[float, float]) -> Mind:
    """A customer that the floor has worked for a while: interest between `places`, some talks in the past."""
    mind = born(given, seed=seed, customer=customer, day=day)
    luck = stream(seed, customer, "grown")
    low, high = places
    mind.interest = luck.uniform(low, high)
    mind.ceiling = max(mind.ceiling, min(1.0, mind.interest + luck.uniform(0.0, 0.25)))
    mind.is_dead, mind.talks = False, luck.randint(1, 4)
    return mind


def attempt(mind: Mind, given: Parameters, *, seed: int, customer: int, nth: int, day: int, hour: int) -> Answer:
    """One attempt, the `nth` at this customer, on the working day number `day` at an hour. Changes the mind."""
    luck = stream(seed, customer, str(nth))
    drawn = [luck.random() for _ in range(6)]
    _fade(mind, given, day)
    if mind.is_dead:
        return Answer(False, miss="empty_number" if drawn[1] < 0.5 else "switched_off")
    if drawn[0] >= chance_to_reach(mind, given, hour):
        mind.missed_at = hour
        return Answer(False, miss="no_answer" if drawn[1] < 0.8 else "hung_up")
    mind.missed_at = None
    if not mind.has_key_person:
        mind.has_key_person = drawn[2] < given.key_person_named
        return _with_somebody_else(mind, given, luck, drawn, day, names=mind.has_key_person)
    if drawn[2] >= given.key_person_answers:
        return _with_somebody_else(mind, given, luck, drawn, day, names=False)
    return _talk(mind, given, luck, drawn, day)


def chance_to_reach(mind: Mind, given: Parameters, hour: int) -> float:
    """By the customer, the hour, the half of the day they prefer, and the hour at which they were missed."""
    chance = mind.reach * BY_HOUR.get(hour, 0.7) * exp(-mind.annoyed)
    chance *= 1 + given.half_day if (hour < 12) == mind.mornings else 1 - given.half_day
    if mind.missed_at is not None and abs(mind.missed_at - hour) <= 1:
        chance *= 1 - given.same_hour
    return min(chance, 0.97)


def _fade(mind: Mind, given: Parameters, day: int) -> None:
    """What silence took until today. It is taken once: the day from which it is counted moves on."""
    borne = BEARS[band(mind.interest)] * mind.patience
    beyond = day - mind.silent_since - borne
    if beyond > 0:
        mind.interest *= 0.5 ** (beyond / given.half_life)
        mind.silent_since = day - int(borne)
    mind.annoyed *= 0.97


def _with_somebody_else(
    mind: Mind, given: Parameters, luck: Random, drawn: list[float], day: int, *, names: bool
) -> Answer:
    """Not the KP. With substance it counts as a contact and breaks the silence; it makes nobody want it more."""
    if drawn[3] >= given.others_tell and not names:
        return Answer(True, miss="not_kp", attitude="unconvinced" if drawn[4] < 0.3 else "", seconds=25)
    mind.silent_since = day
    convinced = drawn[4] < 0.3 + mind.ceiling
    return Answer(
        True,
        names_key_person=names,
        attitude="willing" if convinced else "unconvinced",
        interest=luck.choice(INTERESTS) if convinced else "",
        objection="" if convinced else luck.choice(OBJECTIONS),
        seconds=60,
    )


def _talk(mind: Mind, given: Parameters, luck: Random, drawn: list[float], day: int) -> Answer:
    """A talk with the KP: interest grows where it comes in time, annoyance where it comes too soon."""
    silent = day - mind.silent_since
    place = band(mind.interest)
    too_soon = mind.talks > 0 and silent < TOO_SOON[place] and not mind.stage
    if too_soon:
        mind.annoyed += given.crowding
    share = given.growth * (0.3 if too_soon else 1.0) * exp(-mind.annoyed)
    mind.interest += share * max(mind.ceiling - mind.interest, 0.0) * (0.5 + drawn[3])
    mind.talks += 1
    mind.silent_since = day
    said = _said(mind, given, drawn)
    seems = min(max(mind.interest + luck.gauss(0, 0.07), 0.0), 1.0)
    asks = luck.randint(1, 3) if said in ("yes", "signed") else luck.randint(2, 8)
    return Answer(
        True,
        with_key_person=True,
        attitude=_attitude(mind, luck),
        interest=luck.choice(INTERESTS) if luck.random() < 0.35 + mind.interest else "",
        objection=luck.choice(OBJECTIONS) if luck.random() < 0.7 else "",
        said=said,
        seems=seems,
        asks_to_call=asks if luck.random() < 0.1 + 0.25 * mind.interest else None,
        seconds=60 + int(400 * mind.interest * luck.random()),
    )


def chance_of_yes(mind: Mind, given: Parameters) -> float:
    """By interest, and by the number of the talk: blended of the B-table and the bank's campaigns."""
    by_number = given.late * growing(mind.talks) + (1 - given.late) * falling(mind.talks)
    return min(YES[band(mind.interest)] * given.willing * by_number, 0.9)


def _said(mind: Mind, given: Parameters, drawn: list[float]) -> str:
    if mind.stage == "signed":
        if drawn[4] < given.pays:
            mind.stage = "paid"
            return "paid"
    elif mind.stage == "contract":
        if drawn[4] < given.signs:
            mind.stage = "signed"
            return "signed"
    elif drawn[4] < chance_of_yes(mind, given):
        mind.stage = "contract"
        return "yes"
    if mind.stage in ("contract", "signed") and drawn[5] < given.reneges:
        mind.stage, mind.interest, mind.ceiling = "", mind.interest * 0.4, mind.ceiling * 0.8
        return "reneged"
    forbids = given.forbids * (1 + 4 * mind.annoyed)
    if not mind.stage and mind.interest < 0.2 and drawn[5] < forbids:
        return "never again"
    return ""


def _attitude(mind: Mind, luck: Random) -> str:
    """What the seller writes of it, one of the note's four words."""
    weights = {
        0: (5, 20, 35, 40), 1: (30, 40, 20, 10), 2: (55, 35, 8, 2), 3: (75, 22, 3, 0), 4: (90, 10, 0, 0),
    }[band(mind.interest)]  # fmt: skip
    return luck.choices(("willing", "considering", "lukewarm", "unconvinced"), weights)[0]
