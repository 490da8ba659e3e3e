"""Making a model from what became of others, and measuring it on those that came after.

scikit-learn is imported here and nowhere else, when a job asks for it: no page ever waits for it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from genjin.core.likeness.rules import EMPTY, OTHER, Row, Scheme, estimate, level_of, of_group, shares

LEAST_ROWS = 200  # fewer are too little to learn from (ours)
LEAST_OF_EACH = 30
LEAST_OF_LEVEL = 20  # rarer words count as one
BANDS = 8  # into which numbers are cut, each with as many rows
BINS = 10
LEARNED_FROM = 2 / 3  # the earlier part; the rest is what it is measured on


@dataclass(frozen=True, slots=True)
class Bin:
    """So many rows were given this chance on average, and so many came true."""

    given: float
    true: float
    rows: int


@dataclass(frozen=True, slots=True)
class Quality:
    """Measured on the last third in time, by what was learned from the two before. AUC: how often the one that came
    true had the higher figure; Brier: the mean squared error. `plain_*` is the share of the group alone."""

    learned: int
    measured: int
    yes: int
    auc: float
    plain_auc: float
    brier: float
    plain_brier: float
    bins: tuple[Bin, ...]

    @property
    def beats(self) -> bool:
        """Whether it is better than the share of the group: it orders better, and its figures err no more."""
        return self.auc > self.plain_auc and self.brier <= self.plain_brier

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"beats": self.beats}


def suffices(labels: Sequence[bool]) -> bool:
    """Whether there is enough to learn from."""
    yes = sum(map(bool, labels))
    return len(labels) >= LEAST_ROWS and min(yes, len(labels) - yes) >= LEAST_OF_EACH


def train(rows: Sequence[Row], labels: Sequence[bool], scheme: Scheme) -> dict[str, Any]:
    """A model of these rows, as `rules` reads it. Only traits that are known at the moment of the question count."""
    import numpy
    from sklearn.isotonic import IsotonicRegression
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    traits: dict[str, dict[str, Any]] = {}
    columns: list[tuple[str, str]] = []
    coded: dict[str, list[str]] = {}
    for trait in scheme.usable:
        cuts = _cuts([row.get(trait.name) for row in rows]) if trait.kind == "number" else []
        levels = [level_of(trait.kind, row.get(trait.name), cuts) for row in rows]
        known = {level for level, count in Counter(levels).items() if count >= LEAST_OF_LEVEL}
        coded[trait.name] = [level if level in known else OTHER for level in levels]
        traits[trait.name] = {"kind": trait.kind, "cuts": cuts}
        columns += [(trait.name, level) for level in sorted({*coded[trait.name]})]
    table = numpy.zeros((len(rows), len(columns)))
    places = {column: place for place, column in enumerate(columns)}
    for name, levels in coded.items():
        table[numpy.arange(len(rows)), [places[name, level] for level in levels]] = 1
    truth = numpy.array([bool(label) for label in labels])
    learner = LogisticRegression(C=0.5, max_iter=400)
    folds = StratifiedKFold(n_splits=5, shuffle=True, random_state=1)
    unseen = cross_val_predict(learner, table, truth, cv=folds, method="predict_proba")[:, 1]
    steps = IsotonicRegression(out_of_bounds="clip").fit(unseen, truth)
    learner.fit(table, truth)
    base, weights = float(learner.intercept_[0]), learner.coef_[0]
    means = table.mean(axis=0)
    for name, trait_of in traits.items():
        mine = [(level, places[name, level]) for level in sorted({*coded[name]})]
        middle = float(sum(weights[place] * means[place] for _level, place in mine))
        base += middle
        trait_of["weights"] = {level: round(float(weights[place]) - middle, 5) for level, place in mine}
    return {
        "base": round(base, 5),
        "traits": traits,
        "steps": [[round(float(x), 6) for x in each] for each in (steps.X_thresholds_, steps.y_thresholds_)],
        "groups": shares(rows, labels, scheme.group),
        "all": [int(truth.sum()), len(rows)],
    }


def measure(rows: Sequence[Row], labels: Sequence[bool], scheme: Scheme) -> Quality:
    """How good a model is that was made of the first two thirds, on the last; rows in their order of time."""
    from sklearn.metrics import brier_score_loss, roc_auc_score

    cut = int(len(rows) * LEARNED_FROM)
    model = train(rows[:cut], labels[:cut], scheme)
    later, truth = rows[cut:], [bool(label) for label in labels[cut:]]
    given = [estimate(model, row).chance for row in later]
    plain = [of_group(model["groups"], model["all"], row.get(scheme.group)).share for row in later]
    return Quality(
        learned=cut,
        measured=len(later),
        yes=sum(truth),
        auc=round(float(roc_auc_score(truth, given)), 4),
        plain_auc=round(float(roc_auc_score(truth, plain)), 4),
        brier=round(float(brier_score_loss(truth, given)), 5),
        plain_brier=round(float(brier_score_loss(truth, plain)), 5),
        bins=_bins(given, truth),
    )


def measurable(labels: Sequence[bool]) -> bool:
    """Whether both parts have enough of both kinds."""
    cut = int(len(labels) * LEARNED_FROM)
    return suffices(labels[:cut]) and 0 < sum(map(bool, labels[cut:])) < len(labels) - cut


def _cuts(values: Sequence[Any]) -> list[float]:
    """Where numbers are cut, so that each band has as many rows; a number that very many have is a band of its own."""
    known = sorted(float(value) for value in values if value not in (None, EMPTY))
    if not known:
        return []
    return sorted({known[len(known) * nth // BANDS] for nth in range(1, BANDS)})


def _bins(given: Sequence[float], truth: Sequence[bool]) -> tuple[Bin, ...]:
    ordered = sorted(zip(given, truth, strict=True), key=lambda pair: pair[0])
    found = []
    for nth in range(BINS):
        part = ordered[len(ordered) * nth // BINS : len(ordered) * (nth + 1) // BINS]
        if part:
            mean = sum(chance for chance, _true in part) / len(part)
            found.append(Bin(round(mean, 4), round(sum(true for _c, true in part) / len(part), 4), len(part)))
    return tuple(found)
