"""What the pool, recycling, the ladder and proposed class moves of a file can get wrong."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from genjin.playbooks.structure import ClassEntry, PlaybookFile
from genjin.playbooks.wrong import Fault, fault


def faults(playbook: PlaybookFile) -> Iterator[Fault]:
    yield from _pool(playbook)
    yield from _recycle(playbook)
    yield from _ladder(playbook)
    yield from _proposals(playbook)


def _pool(playbook: PlaybookFile) -> Iterator[Fault]:
    pool = playbook.pool
    if pool.views_a_day is not None and (pool.claims_a_day is None or pool.views_a_day < pool.claims_a_day):
        sentence = _("%(views)s views a day are less than the %(claims)s claims")
        claims = "∞" if pool.claims_a_day is None else pool.claims_a_day
        yield fault("pool.views_a_day", sentence, views=pool.views_a_day, claims=claims)


def _recycle(playbook: PlaybookFile) -> Iterator[Fault]:
    counted: set[str] = set()
    classes = {entry.code: entry for entry in playbook.classes}
    for n, rule in enumerate(playbook.recycle.rules):
        place = f"recycle.rules[{n}]"
        if not rule.classes:
            yield fault(f"{place}.classes", _("a rule needs a class"))
        if not rule.bounds:
            yield fault(place, _("say after how many working days"))
        for code in rule.classes:
            if code in counted:
                yield fault(f"{place}.classes", _("class %(class)s has two rules"), **{"class": code})
            if code == playbook.won_class:
                yield fault(f"{place}.classes", _("won customers never go back to the pool"))
            counted.add(code)
        longest = max((_longest(playbook, classes[code]) for code in rule.classes if code in classes), default=0)
        for name, days in rule.bounds.items():
            if name == "no_contact" and days <= longest:
                sentence = _("%(days)s working days are over before the cycle of %(cycle)s is")
                yield fault(f"{place}.{name}", sentence, days=days, cycle=longest)
            elif days <= playbook.recycle.warn_days:
                sentence = _("the warning %(warn)s days before would come before the customer does")
                yield fault(f"{place}.{name}", sentence, warn=playbook.recycle.warn_days)


def _longest(playbook: PlaybookFile, entry: ClassEntry) -> int:
    """Working days after which nobody may be silent about a customer of this class, in any rhythm."""
    cycles = [change.cycle.max for each in playbook.rhythms for change in each.cycles if entry.code in change.classes]
    own = [entry.cycle.max] if entry.cycle else []
    return max([*cycles, *own, entry.first_contact_within or 0])


def _ladder(playbook: PlaybookFile) -> Iterator[Fault]:
    before, seen = 0, set()
    for at, step in enumerate(playbook.ladder):
        if step.days <= before:
            sentence = _("%(days)s days are not more than the %(before)s of the step before")
            yield fault(f"ladder[{at}].days", sentence, days=step.days, before=before)
        if step.who in seen:
            yield fault(f"ladder[{at}].who", _("%(code)s stands twice"), code=step.who)
        before = step.days
        seen.add(step.who)


def _proposals(playbook: PlaybookFile) -> Iterator[Fault]:
    windows = {entry.code for entry in playbook.classes if entry.close_within}
    for at, proposal in enumerate(playbook.proposals):
        place = f"proposals[{at}]"
        if not proposal.classes:
            yield fault(f"{place}.classes", _("a proposal needs a class"))
        for code in proposal.classes:
            if code in proposal.to:
                yield fault(f"{place}.to", _("class %(class)s would be moved to itself"), **{"class": code})
            if proposal.when == "window_passed" and code not in windows:
                yield fault(f"{place}.classes", _("class %(class)s has no close window"), **{"class": code})
