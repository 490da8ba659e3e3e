"""What a playbook's file can get wrong although every value has its type."""

from collections.abc import Iterable, Iterator

from genjin.playbooks.rules.entry import DERIVED_FACTS
from genjin.playbooks.structure import ClassEntry, PlaybookFile

Fault = tuple[str, str]


def faults(playbook: PlaybookFile) -> Iterator[Fault]:
    """Everything wrong, as (place, what), in the order of the file."""
    known = {entry.code for entry in playbook.classes}
    yield from _unknown_classes(known, _single_references(playbook))
    yield from _conditions(playbook)
    for at, entry in enumerate(playbook.classes):
        yield from _class(f"classes[{at}]", entry, {each.code for each in playbook.conditions})
    yield from _twice("classes", (entry.code for entry in playbook.classes))
    yield from _unknown_classes(known, _listed_references(playbook))
    yield from _sizes_and_rhythms(playbook)
    yield from _day(playbook)
    yield from _mixes_and_week(playbook)
    yield from _retry(playbook)
    for kind in playbook.chips.__struct_fields__:
        yield from _twice(f"chips.{kind}", (chip.code for chip in getattr(playbook.chips, kind)))
    yield from _twice("comes_from", (origin.playbook for origin in playbook.comes_from), field="playbook")


def _twice(place: str, codes: Iterable[str], field: str = "code") -> Iterator[Fault]:
    seen: set[str] = set()
    for at, code in enumerate(codes):
        if code in seen:
            yield f"{place}[{at}].{field}", f"{code} stands twice"
        seen.add(code)


def _unknown_classes(known: set[str], references: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    for place, code in references:
        if code not in known:
            yield place, f"there is no class {code}"


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
    for o, origin in enumerate(playbook.comes_from):
        lists.append((f"comes_from[{o}].classes", origin.classes.values()))
    for place, codes in lists:
        for at, code in enumerate(codes):
            yield (place if place.endswith("move_to") else f"{place}[{at}]"), code


def _conditions(playbook: PlaybookFile) -> Iterator[Fault]:

    yield from _twice("conditions", (condition.code for condition in playbook.conditions))
    for at, condition in enumerate(playbook.conditions):
        if condition.by == "derived" and condition.code not in DERIVED_FACTS:
            yield f"conditions[{at}].code", f"{condition.code} cannot be derived; ask the seller or the lead"


def _class(place: str, entry: ClassEntry, conditions: set[str]) -> Iterator[Fault]:
    if entry.cycle is None and not entry.queue:
        yield f"{place}.cycle", "a class that is no queue needs a cycle"
    if entry.queue and entry.first_contact_within is None:
        yield f"{place}.first_contact_within", "a queue needs the latest day of the first contact"
    if entry.cycle and entry.cycle.max < entry.cycle.min:
        yield f"{place}.cycle.max", f"{entry.cycle.max} is less than the minimum {entry.cycle.min}"
    if entry.warn_from_day and (entry.close_within is None or entry.warn_from_day > entry.close_within):
        yield f"{place}.warn_from_day", "the warning must come within the close window"
    for at, wanted in enumerate(entry.enter):
        for code in (wanted,) if isinstance(wanted, str) else wanted:
            if code not in conditions:
                yield f"{place}.enter[{at}]", f"there is no condition {code}"
        if not wanted:
            yield f"{place}.enter[{at}]", "no condition is named"


def _sizes_and_rhythms(playbook: PlaybookFile) -> Iterator[Fault]:
    yield from _twice("sizes", (size.code for size in playbook.sizes))
    yield from _twice("rhythms", (rhythm.code for rhythm in playbook.rhythms))
    for s, size in enumerate(playbook.sizes):
        counted: set[str] = set()
        for n, stock in enumerate(size.stock):
            place = f"sizes[{s}].stock[{n}]"
            if stock.target and stock.target.max < stock.target.min:
                yield f"{place}.target.max", f"{stock.target.max} is less than the minimum {stock.target.min}"
            for code in stock.classes:
                if code in counted:
                    yield f"{place}.classes", f"class {code} is counted twice"
                counted.add(code)
    for r, rhythm in enumerate(playbook.rhythms):
        for n, change in enumerate(rhythm.cycles):
            if change.cycle.max < change.cycle.min:
                place = f"rhythms[{r}].cycles[{n}].cycle.max"
                yield place, f"{change.cycle.max} is less than the minimum {change.cycle.min}"


def _day(playbook: PlaybookFile) -> Iterator[Fault]:
    yield from _twice("blocks", (block.code for block in playbook.blocks))
    before = ""
    for at, block in enumerate(playbook.blocks):
        if block.ends <= block.starts:
            yield f"blocks[{at}].to", f"{block.ends} is not after {block.starts}"
        if block.starts < before:
            yield f"blocks[{at}].from", f"{block.starts} overlaps the block before, which ends at {before}"
        if not block.classes:
            yield f"blocks[{at}].classes", "a block needs a class"
        before = block.ends
    targets = sum(block.target or 0 for block in playbook.blocks)
    if targets > playbook.daily_slots:
        yield "blocks", f"the targets add up to {targets}, more than the {playbook.daily_slots} contacts of a day"


def _mixes_and_week(playbook: PlaybookFile) -> Iterator[Fault]:
    yield from _twice("mixes", (mix.code for mix in playbook.mixes))
    if playbook.mix is not None and playbook.mix not in {mix.code for mix in playbook.mixes}:
        yield "mix", f"there is no mix {playbook.mix}"
    for m, mix in enumerate(playbook.mixes):
        for n, part in enumerate(mix.parts):
            if part.max < part.min:
                yield f"mixes[{m}].parts[{n}].max", f"{part.max} is less than the minimum {part.min}"
            if part.key is not None and part.key > part.max:
                yield f"mixes[{m}].parts[{n}].key", f"{part.key} is more than the {part.max} of the part"
    for name in ("booked", "inspected") if playbook.week else ():
        days = len(getattr(playbook.week, name))
        if not 1 <= days <= 7:
            yield f"week.{name}", f"{days} days are no week"


def _retry(playbook: PlaybookFile) -> Iterator[Fault]:
    for at, proposal in enumerate(playbook.retry.proposals):
        if (proposal.move_to is None) == (not proposal.give_up):
            yield f"retry.proposals[{at}]", "a proposal either moves to a class or gives up"
