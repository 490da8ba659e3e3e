"""The floor with one mechanism taken away: by the playbook's own settings, by what people decide, else by a switch."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

from genjin.customers.models import Customer
from genjin.followups.candidates import candidate
from genjin.organization.models import Person
from genjin.playbooks import rules
from genjin.playbooks.agenda import Agenda
from genjin.playbooks.editions.canonical import as_plain, from_plain
from genjin.playbooks.editions.services import change_draft, put_into_effect
from genjin.playbooks.schema import shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What works on the floor. `list`: "plan", else whom a seller without one takes: "overdue", "random"."""

    code: str
    words: str
    list: str = "plan"
    levels: bool = True
    recycles: bool = True
    tries_twice: bool = True
    gives_up: bool = True
    reassigns: bool = True
    ripe_first: bool = False


VARIANTS = {
    each.code: each
    for each in (
        Variant(code="base", words="everything works"),
        Variant(code="overdue", words="no plan: whoever is longest overdue first", list="overdue"),
        Variant(code="random", words="no plan: anybody of one's own, at random", list="random"),
        Variant(code="unlevelled", words="no levelling: whoever falls on a day stands on it", levels=False),
        Variant(code="kept", words="no recycling: nobody goes back by a rule", recycles=False),
        Variant(code="once", words="no second contact on the same day", tries_twice=False),
        Variant(code="stubborn", words="no giving up: every proposal to is declined", gives_up=False),
        Variant(code="fixed", words="no reassigning: what is overdue stays with its owner", reassigns=False),
        Variant(
            code="ripe",
            words="tried: class 3 never gives way to overdue class 4 in its own blocks",
            ripe_first=True,
        ),
    )
}


def put_playbook_into_effect(variant: Variant, *, by: Person, at: datetime) -> None:
    """The shipped playbook with what the variant wants of it, made current the way a person does."""
    raw = as_plain(shipped()["telesales"])
    changes = []
    if variant.recycles:
        raw["recycle"]["active"] = True
        changes.append("recycling")
    if not variant.tries_twice:
        raw["retry"]["steps"][0]["key_same_day"] = False
        changes.append("one try a day")
    if changes:
        draft = change_draft(playbook="telesales", content=from_plain(raw), by=by, at=at)
        put_into_effect(draft=draft, note=", ".join(changes), by=by, at=at)


@contextmanager
def switched(variant: Variant) -> Iterator[None]:
    """Levelling is no setting. Without it nobody looks how full a day is, neither the morning's plan nor a note."""
    with ExitStack() as stack:
        if not variant.levels:
            stack.enter_context(patch("genjin.followups.plans.services.level_days", _as_they_stand))
            for module in ("outcome", "replanning"):
                stack.enter_context(patch(f"genjin.followups.services.{module}.LOAD_WINDOW", timedelta(days=-1)))
        if variant.ripe_first:
            stack.enter_context(patch("genjin.followups.day.candidate", _ripe_first))
        yield


def _ripe_first(*given: Any) -> rules.Candidate:
    """Not what the product does: a question to it. Whoever is in class 3 keeps a claim on the blocks of class 3, even
    where levelling found every slot taken by what is overdue."""
    found = candidate(*given)
    return replace(found, gives_way=found.gives_way and found.class_code not in ("3", "3k"))


def _as_they_stand(
    person: Person, agenda: Agenda, *, first: date, at: datetime
) -> tuple[dict[int, Customer], rules.Levelled]:
    rows: dict[int, Any] = {row.pk: row for row in Customer.objects.owned_by(person).order_by("pk")}
    return rows, rules.Levelled({}, (), ())
