"""A recorded value in words: keys become names, codes words, days and phones as people write them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, gettext, pgettext

from genjin.customers.classes import rung_of
from genjin.customers.models import ContactPerson, Customer, Pool, SourceChannel
from genjin.organization.models import Person, Unit
from genjin.playbooks.services import variant
from genjin.web import formats
from genjin.web.wording import word

Names = dict[str, dict[int, str]]

# Which table a recorded key points into.
KEYS: dict[str, Any] = {
    "owner_id": Person, "person": Person, "pool_id": Pool, "unit_id": Unit, "source_id": SourceChannel,
    "referred_by_id": Customer, "twin": Customer,
}  # fmt: skip


def names_in(changes: Iterable[Mapping[str, Sequence[Any]]]) -> Names:
    """The names behind all keys that these changes mention, one query for each table that occurs."""
    wanted: dict[Any, set[int]] = {}
    for each in changes:
        for field, pair in each.items():
            if field in KEYS:
                wanted.setdefault(KEYS[field], set()).update(key for key in pair if isinstance(key, int))
    found = {table: _names_of(table, keys) for table, keys in wanted.items() if keys}
    return {field: found.get(table, {}) for field, table in KEYS.items()}


def _names_of(table: Any, keys: set[int]) -> dict[int, str]:
    rows = table._default_manager.filter(pk__in=keys)
    if table is SourceChannel:  # called otherwise in another language
        return {row.pk: str(row) for row in rows}
    return dict(rows.values_list("pk", "name"))


def worded(field: str, value: Any, names: Names, customer: Customer, *, masked: bool = False) -> str:
    """One recorded value in the reader's language; "" for nothing."""
    if value in (None, "", [], False) and field not in YES_NO:
        return ""
    if masked:
        return "****"
    if field in KEYS:
        return names[field].get(value, gettext("somebody no longer known")) if isinstance(value, int) else str(value)
    said = WORDS.get(field)
    return said(value, customer) if said else _text(value)


def _text(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _yes_no(value: Any, customer: Customer) -> str:
    return "" if value is None else gettext("yes") if value else gettext("no")


def _day(value: Any, customer: Customer) -> str:
    return formats.day_weekday(str(value))


def _moment(value: Any, customer: Customer) -> str:
    at = parse_datetime(str(value))
    return formats.moment(at) if at else str(value)


def _phones(value: Any, customer: Customer) -> str:
    return "、".join(formats.phone(number) for number in value)


def _choice(choices: Any) -> Callable[[Any, Customer], str]:
    def said(value: Any, customer: Customer) -> str:
        return str(dict(choices).get(value, value))

    return said


def _class(value: Any, customer: Customer) -> str:
    return rung_of(customer.playbook, str(value)).badge


def _conditions(value: Any, customer: Customer) -> str:
    try:
        classes = variant(customer.playbook).classes
    except KeyError:
        classes = ()
    every = (each for cls in classes for asked in cls.entry_conditions for each in (asked, *asked.alternatives))
    words = {each.code: each.words.in_language(get_language()) for each in every}
    return "、".join(words[code] for code in value if code in words)


def _outcome(value: Any, customer: Customer) -> str:
    return {
        "kept": pgettext("promise", "kept"),
        "kept_late": pgettext("promise", "kept late"),
        "broken": pgettext("promise", "not kept"),
        "late": pgettext("promise", "late"),
        "open": pgettext("promise", "open"),
    }.get(str(value), "")


def _thumb(value: Any, customer: Customer) -> str:
    return {"up": pgettext("thumb", "good"), "down": pgettext("thumb", "to be done better")}.get(str(value), "")


def _result(value: Any, customer: Customer) -> str:
    return {"held": gettext("held"), "closed": gettext("the customer was closed")}.get(str(value), str(value))


def _reason(value: Any, customer: Customer) -> str:
    return word(value)


def _lapsed(value: Any, customer: Customer) -> str:
    return {
        "contacted": gettext("they were spoken with"),
        "closed": gettext("the customer was closed"),
        "changed_hands": gettext("it changed hands"),
        "no_longer_overdue": gettext("it is no longer overdue"),
        "class_moved": gettext("its class was moved"),
        "promised_anew": gettext("it promised anew"),
        "note_undone": gettext("the note was taken back"),
        "note_corrected": gettext("the note was corrected"),
    }.get(str(value), str(value))


YES_NO = frozenset({"is_key_person", "may_work"})
WORDS: dict[str, Callable[[Any, Customer], str]] = {
    "is_key_person": _yes_no,
    "may_work": _yes_no,
    "due_on": _day,
    "claimable_from": _day,
    "kept_until": _day,
    "planned_on": _day,
    "last_effective_on": _day,
    "ends_on": _day,
    "on": _day,
    "at": _moment,
    "by_when": _moment,
    "phones": _phones,
    "kind": _choice(Customer.Kind.choices),
    "closed_kind": _choice(Customer.Closed.choices),
    "decision_role": _choice(ContactPerson.DecisionRole.choices),
    "class_code": _class,
    "conditions": _conditions,
    "outcome": _outcome,
    "result": _result,
    "recycled": _reason,
    "rule": _reason,
    "lapsed": _lapsed,
    "thumb": _thumb,
}
