"""What a company does about customers that may be there twice: a person who leads all of it says so."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache

import msgspec
from django.db import transaction

from genjin.core.audit.services import changes_between, record
from genjin.core.fields.definitions import Definition
from genjin.core.fields.reading import fields_of
from genjin.core.linkage.schemes import Comparison, Scheme
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.customers.duplicates.models import DuplicateRules
from genjin.customers.duplicates.records import CUSTOM, scheme
from genjin.organization.models import Person

FIELDS = ("alert", "merging", "across_owners", "compared")
COMPARABLE = ("text", "number", "date", "phone")  # kinds of custom fields that tell one customer from another
HINTS_AT, PROVES = 4, 16  # bits: as much as an equal own part of a name, as much as an equal phone (ours)
LEAST, MOST = 20, 99  # percent: below, half the stock would be asked about; 100 is never reached (ours)


def rules_now() -> DuplicateRules:
    """What holds: nothing merges by itself until somebody says so."""
    return DuplicateRules.objects.filter(pk=1).first() or DuplicateRules(pk=1)


def alert() -> int:
    """From which chance on, in percent, somebody is asked."""
    return rules_now().alert or scheme().alert


def scheme_now() -> Scheme:
    """How two customers are compared: as shipped, and by the custom fields that the company has chosen. Ask once."""
    compared = rules_now().compared
    known = {field.code for field in comparable()} if compared else ()
    return _with(tuple(sorted((code, bits) for code, bits in compared.items() if code in known)))


def comparable() -> list[Definition]:
    """The custom fields of customers that can be compared."""
    return [field for field in fields_of("customer") if field.kind in COMPARABLE]


@lru_cache(maxsize=8)
def _with(compared: tuple[tuple[str, int], ...]) -> Scheme:
    """What an equal value proves brings two together by itself; what hints at it counts where they met otherwise."""
    shipped = scheme()
    more = [Comparison(fields=(f"{CUSTOM}{code}",), by="equal", same=bits, unlike=0) for code, bits in compared]
    keys = [(f"{CUSTOM}{code}",) for code, bits in compared if bits >= PROVES]
    return msgspec.structs.replace(shipped, comparisons=(*shipped.comparisons, *more), keys=(*shipped.keys, *keys))


def known_rules() -> list[str]:
    """The rules by which two are one beyond doubt."""
    return [rule.name for rule in scheme().certain]


@transaction.atomic
def change_rules(
    *,
    alert: int | None,
    merging: Collection[str],
    across_owners: bool,
    compared: Mapping[str, int] | None = None,
    by: Person,
    at: datetime,
) -> DuplicateRules:
    """`compared` gives for custom fields, by code, HINTS_AT or PROVES; None leaves them as they are.

    Raises Refused for a rule or a field that there is not and a chance out of bounds."""
    require(by, "customers.change_duplicate_rules")
    known = known_rules()
    if unknown := [name for name in merging if name not in known]:
        raise Refused("no_such_duplicate_rule", rule=unknown[0])
    if alert is not None and not LEAST <= alert <= MOST:
        raise Refused("alert_out_of_bounds", least=LEAST, most=MOST)
    codes = {field.code for field in comparable()}
    if compared and any(code not in codes or bits not in (HINTS_AT, PROVES) for code, bits in compared.items()):
        raise Refused("no_such_field_to_compare")
    rules = rules_now()
    before = {field: getattr(rules, field) for field in FIELDS}
    rules.alert, rules.across_owners = alert, across_owners
    rules.compared = rules.compared if compared is None else dict(compared)
    rules.merging = [name for name in known if name in merging]
    rules.changed_by, rules.changed_at = by, at
    rules.save()
    changes = changes_between(before, {field: getattr(rules, field) for field in FIELDS})
    if changes:
        record(by=by, at=at, verb="duplicates.rules_changed", kind="duplicates", subject=1, changes=changes)
    return rules
