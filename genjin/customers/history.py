"""The audit record as the timeline tells it: every verb a sentence, every field a word, no code shown."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from genjin.core.audit.models import Entry
from genjin.customers.classes import Rung, rung_of
from genjin.customers.custom import is_custom
from genjin.customers.custom_words import Change, told_of_custom
from genjin.customers.history_values import Names, names_in, worded
from genjin.customers.history_words import FIELDS, REACHABLE_BY, VERBS, Facts
from genjin.customers.models import Customer
from genjin.customers.pools.masking import masks
from genjin.customers.timeline import Asked, Item
from genjin.organization.models import Person

TEMPLATE = "customers/_timeline_entry.html"
# A note shows itself, with what it moved. Its audit entry stands in the timeline only among the class changes.
SHOWN_BY_NOTES = "touch.saved"
LOOKED_THROUGH = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words: who, the sentence, the person's own reason, what changed, and the classes if they moved."""

    entry: Entry
    who: str
    icon: str
    sentence: str
    note: str
    changes: Sequence[Change]
    class_before: Rung | None
    class_after: Rung | None

    def says(self, text: str) -> bool:
        changed = (str(part) for each in self.changes for part in (each.label, each.before, each.after))
        return any(text.casefold() in part.casefold() for part in (self.sentence, self.note, self.who, *changed))


def tell(entries: Collection[Entry], customer: Customer, reader: Person) -> list[Told]:
    """Entries of one customer in the reader's language. Of a customer in a pool no number is told; of custom fields
    those that the reader's role sees."""
    names, hides = names_in(entry.changes for entry in entries), masks(customer)
    own = told_of_custom(entries, reader, masked=hides)
    return [_told(entry, customer, names, hides, own[number]) for number, entry in enumerate(entries)]


def _told(entry: Entry, customer: Customer, names: Names, hides: bool, own: list[Change]) -> Told:
    verb = VERBS[entry.verb]
    before, after = {}, {}
    for field, (old, new) in entry.changes.items():
        if is_custom(field):
            continue
        hidden = hides and field in REACHABLE_BY
        before[field] = worded(field, old, names, customer, masked=hidden)
        after[field] = worded(field, new, names, customer, masked=hidden)
    note = entry.note
    if entry.verb == "customer.undone":
        undone = VERBS.get(entry.note)
        after["undone"], note = (str(_plain(undone.sentence)) if undone else ""), ""
    facts = Facts(before, after)
    sentence = verb.sentence(facts) if callable(verb.sentence) else str(verb.sentence)
    changes = [
        Change(FIELDS[field], before[field], after[field])
        for field in verb.shows
        if field in entry.changes and before[field] != after[field]
    ]
    old_class, new_class = _classes(entry, customer)
    who = entry.by.name if entry.by else ""
    return Told(entry, who, verb.icon, sentence, note, [*changes, *own], old_class, new_class)


def _plain(sentence: Any) -> Any:
    """What an undone verb was, without its figures: they stand below as changes."""
    return sentence(Facts({}, {})) if callable(sentence) else sentence


def _classes(entry: Entry, customer: Customer) -> tuple[Rung | None, Rung | None]:
    old, new = entry.changes.get("class_code", (None, None))
    if not new or old == new:
        return None, None
    playbook_before, playbook_after = entry.changes.get("playbook", (customer.playbook, customer.playbook))
    return (rung_of(playbook_before, old) if old else None), rung_of(playbook_after or customer.playbook, new)


def entries_for_timeline(asked: Asked) -> Sequence[Item]:
    """The timeline's source of everything that was recorded about a customer."""
    verbs = [verb for verb, told in VERBS.items() if asked.kind in ("", told.kind) and verb != SHOWN_BY_NOTES]
    rows = Entry.objects.about("customer", asked.customer.pk).select_related("by")
    rows = rows.filter(verb__in=[*verbs, SHOWN_BY_NOTES] if asked.kind == "class" else verbs)
    if asked.before is not None:
        rows = rows.filter(at__lt=asked.before)
    if asked.text or asked.kind == "class":
        told = tell(rows[:LOOKED_THROUGH], asked.customer, asked.actor)
        kept: Iterable[Told] = (one for one in told if _is_wanted(one, asked))
        found = list(kept)[: asked.limit]
    else:
        found = tell(rows[: asked.limit], asked.customer, asked.actor)
    return [Item(one.entry.at, VERBS[one.entry.verb].kind, TEMPLATE, {"told": one}) for one in found]


def _is_wanted(told: Told, asked: Asked) -> bool:
    if told.entry.verb == SHOWN_BY_NOTES and told.class_after is None:
        return False
    return not asked.text or told.says(asked.text)
