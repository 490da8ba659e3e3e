"""Learning, by a job: what became of others, and how well it foretells."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from genjin.core.likeness import rules
from genjin.leads.scoring.models import Likeness
from genjin.leads.scoring.rows import CUSTOMER, GROUP, LEAD, known_of, learned_from, paid_by, scheme_of

KEPT = 12  # learnings of a subject that are kept, to see how it went (ours)
WEIGHT = 10  # as so many payers of everybody counts what everybody pays, beside those of a source (ours)


def learn(*, at: datetime) -> list[Likeness]:
    """Learn anew of leads and of customers. Twice on a day is once more, and does no harm."""
    return [_learn(subject, at=at) for subject in (LEAD, CUSTOMER)]


def _learn(subject: str, *, at: datetime) -> Likeness:
    known = known_of(subject)
    scheme = scheme_of(known)
    rows, labels, customers = [], [], []
    for row, label, customer in learned_from(subject, known):
        rows.append(row)
        labels.append(label)
        customers.append(customer)
    made = Likeness(subject=subject, at=at, rows=len(rows), yes=sum(labels))
    made.groups = rules.shares(rows, labels, GROUP)
    made.worth = _worth(rows, [pk for pk, label in zip(customers, labels, strict=True) if label and pk], customers)
    if len(rows):
        _model(made, rows, labels, scheme)
    made.save()
    old = Likeness.objects.filter(subject=subject).order_by("-at", "-pk").values_list("pk", flat=True)[KEPT:]
    Likeness.objects.filter(pk__in=list(old)).delete()
    return made


def _model(made: Likeness, rows: Sequence[rules.Row], labels: Sequence[bool], scheme: rules.Scheme) -> None:
    # Imported here: no web process ever loads scikit-learn.
    from genjin.core.likeness import training

    if not training.suffices(labels):
        return
    made.model = training.train(rows, labels, scheme)
    if training.measurable(labels):
        quality = training.measure(rows, labels, scheme)
        made.quality, made.is_used = quality.as_json(), quality.beats


def _worth(rows: Sequence[Mapping[str, Any]], won: Sequence[int], customers: Sequence[int | None]) -> dict[str, Any]:
    """What those who bought paid on average: everybody, and those of each source drawn towards everybody."""
    paid = paid_by(won)
    if not paid:
        return {}
    sums: dict[str, list[float]] = {}
    for row, customer in zip(rows, customers, strict=True):
        if customer in paid:
            sums.setdefault(rules.level_of("word", row.get(GROUP)), []).append(paid[customer])
    every = sum(paid.values()) / len(paid)
    groups = {
        group: round((sum(amounts) + WEIGHT * every) / (len(amounts) + WEIGHT), 2) for group, amounts in sums.items()
    }
    return {"all": round(every, 2), "groups": groups, "payers": len(paid)}
