"""What is shown of a lead or a customer: the chance, what it rests on, the strongest grounds in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from genjin.core.fields.reading import field_of
from genjin.core.likeness import rules
from genjin.customers.models import Customer, SourceChannel
from genjin.leads.models import Channel, Lead
from genjin.leads.scoring.models import Likeness
from genjin.leads.scoring.rows import GROUP, LEAD, Known, known_of, row_of, values_of

LEAST_SHOWN = 5  # of each outcome, below which a share says nothing (ours)


@dataclass(frozen=True, slots=True)
class Said:
    """One ground in words; `is_for`: it speaks for it."""

    text: str
    is_for: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """`chance` and `worth` (what it may bring, chance times what those who bought paid; None where nobody paid). Where
    no model is used `share` is what the chance is: that of its source, or of everybody."""

    chance: float
    worth: Decimal | None
    share: rules.Share | None
    is_of_source: bool
    said: Sequence[Said]
    rows: int


def latest(subject: str) -> Likeness | None:
    return Likeness.objects.filter(subject=subject).order_by("-at", "-pk").first()


def shown_of(row: Lead | Customer, actor: Any) -> Shown | None:
    """None where too little is known of anybody."""
    subject = LEAD if isinstance(row, Lead) else "customer"
    learned = latest(subject)
    if learned is None or min(learned.yes, learned.rows - learned.yes) < LEAST_SHOWN:
        return None
    known = known_of(subject)
    values = row_of(values_of(row), known)
    share = rules.of_group(learned.groups, [learned.yes, learned.rows], values[GROUP])
    is_of_source = rules.level_of("word", values[GROUP]) in learned.groups
    if not learned.is_used:
        return Shown(share.share, _worth(learned, values, share.share), share, is_of_source, (), learned.rows)
    found = rules.estimate(learned.model, values)
    by_name = {each.trait.name: each for each in known}
    said = [
        _said(ground, by_name[ground.trait], learned.model["traits"][ground.trait], subject)
        for ground in found.grounds
        if ground.trait in by_name and _may_see(ground.trait, subject, actor)
    ]
    worth = _worth(learned, values, found.chance)
    return Shown(found.chance, worth, None, is_of_source, [each for each in said if each is not None], learned.rows)


def _worth(learned: Likeness, values: Mapping[str, Any], chance: float) -> Decimal | None:
    worth = learned.worth
    if not worth:
        return None
    amount = worth["groups"].get(rules.level_of("word", values[GROUP]), worth["all"])
    return Decimal(str(round(amount * chance, 2)))


def _may_see(trait: str, subject: str, actor: Any) -> bool:
    return not trait.startswith("own_") or field_of(subject, trait.removeprefix("own_"), actor) is not None


def _said(ground: rules.Ground, known: Known, trait: Mapping[str, Any], subject: str) -> Said:
    text = _("%(what)s: %(value)s") % {"what": known.label, "value": _level(ground.level, known, trait, subject)}
    return Said(text, ground.weight > 0)


def _level(level: str, known: Known, trait: Mapping[str, Any], subject: str) -> str:
    if level == rules.EMPTY:
        return pgettext("value of a field", "none")
    if trait["kind"] == "yes_no":
        return _("yes") if level == "yes" else _("no")
    if trait["kind"] == "number":
        low, high = rules.band(trait["cuts"], level)
        return _between(low, high)
    if known.trait.name == GROUP:
        source = SourceChannel.objects.filter(pk=level).first()
        return str(source) if source else level
    if known.trait.name == "channel":
        return str(dict(Channel.choices).get(level, level))
    if known.trait.name == "kind":
        return str(dict(Customer.Kind.choices).get(level, level))
    field = field_of(subject, known.trait.name.removeprefix("own_"))
    return field.label_of(level) if field is not None and known.trait.name.startswith("own_") else level


def _between(low: float | None, high: float | None) -> str:
    if low is None:
        return _("below %(n)s") % {"n": f"{high:g}"}
    if high is None:
        return _("%(n)s and more") % {"n": f"{low:g}"}
    return _("%(low)s to below %(high)s") % {"low": f"{low:g}", "high": f"{high:g}"}


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the calibration plot, in its own coordinates: what was said and what came true, of 0 to 100 %."""

    x: float
    y: float
    rows: int
    given: float
    true: float


SIDE = 240


def plot_of(quality: Mapping[str, Any]) -> list[Spot]:
    """The points of the plot, a square of `SIDE`."""
    return [
        Spot(
            round(each["given"] * SIDE, 1),
            round(SIDE - each["true"] * SIDE, 1),
            each["rows"],
            each["given"],
            each["true"],
        )
        for each in quality.get("bins", [])
    ]
