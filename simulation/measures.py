"""What the report says of a run, as figures. Plain values in, figures out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import mean
from typing import Any

WARM_UP = 20  # working days after which the floor is no longer as we began it (ours)
Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Measure:
    """`better`: +1 more is better, -1 less is better, 0 neither by itself. `counts` where it is a number of events."""

    code: str
    words: str
    better: int
    form: str
    of: Callable[[Result], float | None]
    counts: Callable[[Result], int] | None = None

    def told(self, value: float | None) -> str:
        return "–" if value is None else format(value, self.form)


def _share(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole else None


def _days(result: Result) -> list[dict]:
    return result["evenings"]


def _late(result: Result) -> list[dict]:
    evenings = result["evenings"]
    return evenings[WARM_UP:] or evenings


def _sold(result: Result) -> list[list[int]]:
    return [one for each in _days(result) for one in each["tally"]["sold"]]


def _daily(name: str) -> Callable[[Result], float]:
    return lambda result: mean(each["tally"][name] for each in _days(result)) / result["sellers"]


def _slips(result: Result, *, untried: bool = False) -> float | None:
    counted = [each for each in result["slips"] if not (untried and each["was_tried"])]
    return _share(len(counted), sum(result["cycles"].values()))


def _of_slips(result: Result, take: Callable[[list[int]], float]) -> float | None:
    days = sorted(each["days"] for each in result["slips"])
    return take(days) if days else None


def _silent(result: Result, name: str) -> float | None:
    return _share(sum(each[name] for each in _late(result)), sum(each["held"] for each in _late(result)))


def _lost(result: Result) -> int:
    return result["decided"]["could_have_bought"] + result["recycled"]["could_have_bought"]


def _evidence(result: Result) -> float | None:
    shown = {int(number): times for number, times in result["decided"]["evidence"].items()}
    return sum(n * times for n, times in shown.items()) / sum(shown.values()) if shown else None


def _done(result: Result) -> float | None:
    outcomes = result["plans"]["outcomes"]
    return _share(outcomes.get("done", 0), sum(n for code, n in outcomes.items() if code != "gone"))


def _kept(result: Result) -> float | None:
    ended = {code: n for code, n in result["promises"].items() if code != "open"}
    return _share(ended.get("kept", 0), sum(ended.values()))


def _ninth(days: list[int]) -> float:
    return float(days[len(days) * 9 // 10])


def _untried(result: Result) -> float | None:
    return _slips(result, untried=True)


def _each(count: Callable[[Result], int]) -> Callable[[Result], float]:
    return lambda result: count(result) / result["sellers"]


def _wins(result: Result) -> int:
    return len(_sold(result))


def _given_up(result: Result) -> int:
    return result["decided"]["given_up"]


def _recycled(result: Result) -> int:
    return result["recycled"]["number"]


def _held(result: Result) -> int:
    return _days(result)[-1]["held"]


MEASURES = (
    Measure("sold", "customers won, a seller", 1, ".1f", _each(_wins), _wins),
    Measure("effective", "effective contacts, a seller a day", 1, ".1f", _daily("effective")),
    Measure("attempts", "attempts, a seller a day", 0, ".1f", _daily("attempts")),
    Measure("slipped", "cycles without an effective contact, %", -1, ".1f", _slips),
    Measure("untried", "cycles in which nobody even called, %", -1, ".1f", _untried),
    Measure("slip_days", "working days a slip lasts, mean", -1, ".1f", lambda r: _of_slips(r, mean)),
    Measure("slip_long", "working days a slip lasts, nine in ten less than", -1, ".0f", lambda r: _of_slips(r, _ninth)),
    Measure("silent", "held and silent beyond their cycle, % of an evening", -1, ".1f", lambda r: _silent(r, "silent")),
    Measure("abandoned", "of these with no call either, % of held", -1, ".1f", lambda r: _silent(r, "never_tried")),
    Measure("given_up", "given up, a seller", 0, ".1f", _each(_given_up)),
    Measure("evidence", "attempts shown for giving up, mean", 0, ".1f", _evidence),
    Measure("recycled", "taken back by a rule, a seller", 0, ".1f", _each(_recycled)),
    Measure("lost", "given up or taken back who could have bought, a seller", -1, ".1f", _each(_lost), _lost),
    Measure("second", "second contacts, a seller a day", 0, ".1f", _daily("second")),
    Measure("asks", "contacts a day the stock asks for at the end", 0, ".1f", lambda r: _days(r)[-1]["asks"]),
    Measure("held", "customers held at the end, a seller", 0, ".0f", _each(_held)),
    Measure("done", "of the morning's plan done, %", 1, ".1f", _done),
    Measure("kept", "promises kept in time, %", 1, ".1f", _kept),
)
BY_CODE = {each.code: each for each in MEASURES}


def alike(one: Result, other: Result) -> bool:
    """Whether two runs differ in nothing but the variant."""
    return all(one[name] == other[name] for name in ("seed", "sellers", "days", "first", "week", "changed"))


def pairs(results: Iterable[Result], variant: str) -> list[tuple[Result, Result]]:
    """Each run of the variant with the base of the same seed, size and figures."""
    found = list(results)
    bases = [each for each in found if each["variant"] == "base"]
    return [(base, each) for each in found if each["variant"] == variant for base in bases if alike(base, each)]


def verdict(measure: Measure, both: list[tuple[Result, Result]]) -> str:
    """ "better" or "worse" than the base, or "" where that cannot be told from chance.

    Events are told apart where they differ by more than twice the root of their sum over all seeds (Poisson). Of all
    else each seed must point the same way, by a twentieth at least of what the base has; one seed alone by a tenth.
    """
    values = [(measure.of(base), measure.of(other)) for base, other in both]
    known = [(base, other) for base, other in values if base is not None and other is not None]
    if not known or not measure.better:
        return ""
    differences = [other - base for base, other in known]
    if measure.counts is not None:
        counted = [(measure.counts(base), measure.counts(other)) for base, other in both]
        difference = sum(other - base for base, other in counted)
        if abs(difference) <= 2 * sqrt(sum(base + other for base, other in counted)):
            return ""
    else:
        one_way = all(each > 0 for each in differences) or all(each < 0 for each in differences)
        if not one_way or abs(mean(differences)) < (0.05 if len(known) > 1 else 0.1) * abs(
            mean(base for base, _other in known)
        ):
            return ""
    return "better" if (mean(differences) > 0) == (measure.better > 0) else "worse"


def values(measure: Measure, runs: Sequence[Result]) -> list[float]:
    return [value for each in runs if (value := measure.of(each)) is not None]


def spread(measure: Measure, runs: Sequence[Result]) -> str:
    """The mean, and the spread where several seeds were run."""
    found = values(measure, runs)
    if not found:
        return "–"
    told = measure.told(mean(found))
    return f"{told} ({measure.told(min(found))}–{measure.told(max(found))})" if len(found) > 1 else told
