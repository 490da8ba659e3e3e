"""What a playbook's file can get wrong although every value has its type."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_noop as _

from genjin.playbooks import checks_of_order
from genjin.playbooks.rules.entry import DERIVED_FACTS
from genjin.playbooks.structure import ClassEntry, PlaybookFile
from genjin.playbooks.wrong import Fault, fault

_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
LESS = _("%(value)s is less than the minimum %(min)s")
NO_CLASS = _("there is no class %(class)s")


def faults(playbook: PlaybookFile) -> Iterator[Fault]:
    """Everything wrong, in the order of the file."""
    known = {entry.code for entry in playbook.classes}
    yield from _unknown_classes(known, _single_references(playbook))
    yield from _conditions(playbook)
    for at, entry in enumerate(playbook.classes):
        yield from _class(f"classes[{at}]", entry, {each.code for each in playbook.conditions})
    yield from _twice("classes", (entry.code for entry in playbook.classes))
    yield from _unknown_classes(known, _listed_references(playbook))
    yield from _retired(playbook, known)
    yield from _sizes_and_rhythms(playbook)
    yield from _day(playbook)
    yield from _mixes_and_week(playbook)
    yield from _retry(playbook)
    yield from checks_of_order.faults(playbook)
    for kind in playbook.chips.__struct_fields__:
        yield from _twice(f"chips.{kind}", (chip.code for chip in getattr(playbook.chips, kind)))
    yield from _twice("comes_from", (origin.playbook for origin in playbook.comes_from), field="playbook")


def _twice(place: str, codes: Iterable[str], field: str = "code") -> Iterator[Fault]:
    seen: set[str] = set()
    for at, code in enumerate(codes):
        if code in seen:
            yield fault(f"{place}[{at}].{field}", _("%(code)s stands twice"), code=code)
        seen.add(code)


def _unknown_classes(known: set[str], references: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    for place, code in references:
        if code not in known:
            yield fault(place, NO_CLASS, **{"class": code})


def _single_references(playbook: PlaybookFile) -> Iterator[tuple[str, str]]:
    yield "entry_class", playbook.entry_class
    if playbook.won_class is not None:
        yield "won_class", playbook.won_class


def _listed_references(playbook: PlaybookFile) -> Iterator[tuple[str, str]]:
    lists: list[tuple[str, Iterable[str]]] = []
    for s, size in enumerate(playbook.sizes):
        lists += [(f"sizes[{s}].stock[{n}].classes", stock.classes) for n, stock in enumerate(size.stock)]
    for r, rhythm in enumerate(playbook.rhythms):
        lists += [(f"rhythms[{r}].cycles[{n}].classes", change.classes) for n, change in enumerate(rhythm.cycles)]
    for b, block in enumerate(playbook.blocks):
        lists += [(f"blocks[{b}].classes", block.classes), (f"blocks[{b}].then", block.then)]
    if playbook.rest:
        lists += [("rest.classes", playbook.rest.classes), ("rest.then", playbook.rest.then)]
    for m, mix in enumerate(playbook.mixes):
        lists += [(f"mixes[{m}].parts[{n}].classes", part.classes) for n, part in enumerate(mix.parts)]
    if playbook.end_of_day:
        targets = playbook.end_of_day.class_targets
        lists += [(f"end_of_day.class_targets[{n}].classes", target.classes) for n, target in enumerate(targets)]
    for p, proposal in enumerate(playbook.retry.proposals):
        moved = [proposal.move_to] if proposal.move_to else []
        lists += [(f"retry.proposals[{p}].classes", proposal.classes), (f"retry.proposals[{p}].move_to", moved)]
    lists.append(("give_up.classes", playbook.give_up.classes))
    for p, move in enumerate(playbook.proposals):
        lists += [(f"proposals[{p}].classes", move.classes), (f"proposals[{p}].to", move.to)]
    lists += [(f"recycle.rules[{n}].classes", rule.classes) for n, rule in enumerate(playbook.recycle.rules)]
    for o, origin in enumerate(playbook.comes_from):
        lists.append((f"comes_from[{o}].classes", origin.classes.values()))
    for place, codes in lists:
        for at, code in enumerate(codes):
            yield (place if place.endswith("move_to") else f"{place}[{at}]"), code


def _retired(playbook: PlaybookFile, known: set[str]) -> Iterator[Fault]:
    for code, became in playbook.retired.items():
        if code in known:
            yield fault(f"retired.{code}", _("class %(class)s is still there"), **{"class": code})
        elif became not in known:
            yield fault(f"retired.{code}", NO_CLASS, **{"class": became})


def _conditions(playbook: PlaybookFile) -> Iterator[Fault]:
    yield from _twice("conditions", (condition.code for condition in playbook.conditions))
    for at, condition in enumerate(playbook.conditions):
        if condition.by == "derived" and condition.code not in DERIVED_FACTS:
            sentence = _("%(code)s cannot be derived; ask the seller or the lead")
            yield fault(f"conditions[{at}].code", sentence, code=condition.code)


def _class(place: str, entry: ClassEntry, conditions: set[str]) -> Iterator[Fault]:
    if entry.cycle is None and not entry.queue:
        yield fault(f"{place}.cycle", _("a class that is no queue needs a cycle"))
    if entry.queue and entry.first_contact_within is None:
        yield fault(f"{place}.first_contact_within", _("a queue needs the latest day of the first contact"))
    if entry.cycle and entry.cycle.max < entry.cycle.min:
        yield fault(f"{place}.cycle.max", LESS, value=entry.cycle.max, min=entry.cycle.min)
    if entry.warn_from_day and (entry.close_within is None or entry.warn_from_day > entry.close_within):
        yield fault(f"{place}.warn_from_day", _("the warning must come within the close window"))
    for at, wanted in enumerate(entry.enter):
        for code in (wanted,) if isinstance(wanted, str) else wanted:
            if code not in conditions:
                yield fault(f"{place}.enter[{at}]", _("there is no condition %(code)s"), code=code)
        if not wanted:
            yield fault(f"{place}.enter[{at}]", _("no condition is named"))
    yield from _weekend(f"{place}.weekend", entry)


LONGEST_MESSAGE = 500  # signs of a message (ours): longer ones are cut by whoever carries them


def _weekend(place: str, entry: ClassEntry) -> Iterator[Fault]:
    """A name in braces that nothing is put in for would go to the customer as it stands."""
    for language in ("zh", "en") if entry.weekend else ():
        text = getattr(entry.weekend, language)
        if not text.strip():
            yield fault(f"{place}.{language}", _("the message says nothing"))
        if len(text) > LONGEST_MESSAGE:
            sentence = _("%(signs)s signs are too many; at most %(most)s")
            yield fault(f"{place}.{language}", sentence, signs=len(text), most=LONGEST_MESSAGE)
        if found := _BRACES.search(text.replace("{name}", "")):
            sentence = _("nothing is put in for %(found)s; only {name} is known")
            yield fault(f"{place}.{language}", sentence, found=found[0])


def _sizes_and_rhythms(playbook: PlaybookFile) -> Iterator[Fault]:
    yield from _twice("sizes", (size.code for size in playbook.sizes))
    yield from _twice("rhythms", (rhythm.code for rhythm in playbook.rhythms))
    for s, size in enumerate(playbook.sizes):
        counted: set[str] = set()
        for n, stock in enumerate(size.stock):
            place = f"sizes[{s}].stock[{n}]"
            if stock.target and stock.target.max < stock.target.min:
                yield fault(f"{place}.target.max", LESS, value=stock.target.max, min=stock.target.min)
            for code in stock.classes:
                if code in counted:
                    yield fault(f"{place}.classes", _("class %(class)s is counted twice"), **{"class": code})
                counted.add(code)
    for r, rhythm in enumerate(playbook.rhythms):
        for n, change in enumerate(rhythm.cycles):
            if change.cycle.max < change.cycle.min:
                place = f"rhythms[{r}].cycles[{n}].cycle.max"
                yield fault(place, LESS, value=change.cycle.max, min=change.cycle.min)


def _day(playbook: PlaybookFile) -> Iterator[Fault]:
    yield from _twice("blocks", (block.code for block in playbook.blocks))
    before = ""
    for at, block in enumerate(playbook.blocks):
        if block.ends <= block.starts:
            yield fault(
                f"blocks[{at}].to", _("%(to)s is not after %(from)s"), **{"to": block.ends, "from": block.starts}
            )
        if block.starts < before:
            overlap = _("%(from)s overlaps the block before, which ends at %(before)s")
            yield fault(f"blocks[{at}].from", overlap, **{"from": block.starts, "before": before})
        if not block.classes:
            yield fault(f"blocks[{at}].classes", _("a block needs a class"))
        before = block.ends
    targets = sum(block.target or 0 for block in playbook.blocks)
    if targets > playbook.daily_slots:
        sentence = _("the targets add up to %(sum)s, more than the %(slots)s contacts of a day")
        yield fault("blocks", sentence, sum=targets, slots=playbook.daily_slots)


def _mixes_and_week(playbook: PlaybookFile) -> Iterator[Fault]:
    yield from _twice("mixes", (mix.code for mix in playbook.mixes))
    if playbook.mix is not None and playbook.mix not in {mix.code for mix in playbook.mixes}:
        yield fault("mix", _("there is no mix %(mix)s"), mix=playbook.mix)
    for m, mix in enumerate(playbook.mixes):
        for n, part in enumerate(mix.parts):
            if part.max < part.min:
                yield fault(f"mixes[{m}].parts[{n}].max", LESS, value=part.max, min=part.min)
            if part.key is not None and part.key > part.max:
                sentence = _("%(key)s is more than the %(max)s of the part")
                yield fault(f"mixes[{m}].parts[{n}].key", sentence, key=part.key, max=part.max)
    for name in ("booked", "inspected") if playbook.week else ():
        days = len(getattr(playbook.week, name))
        if not 1 <= days <= 7:
            yield fault(f"week.{name}", _("%(days)s days are no week"), days=days)


def _retry(playbook: PlaybookFile) -> Iterator[Fault]:
    for at, proposal in enumerate(playbook.retry.proposals):
        if (proposal.move_to is None) == (not proposal.give_up):
            yield fault(f"retry.proposals[{at}]", _("a proposal either moves to a class or gives up"))
