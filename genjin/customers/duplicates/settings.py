"""What a company does about customers that may be there twice: a person who leads all of it says so."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from genjin.core.audit.services import changes_between, record
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.customers.duplicates.models import DuplicateRules
from genjin.customers.duplicates.records import scheme
from genjin.organization.models import Person

FIELDS = ("alert", "merging", "across_owners")
LEAST, MOST = 20, 99  # percent: below, half the stock would be asked about; 100 is never reached (ours)


def rules_now() -> DuplicateRules:
    """What holds: nothing merges by itself until somebody says so."""
    return DuplicateRules.objects.filter(pk=1).first() or DuplicateRules(pk=1)


def alert() -> int:
    """From which chance on, in percent, somebody is asked."""
    return rules_now().alert or scheme().alert


def known_rules() -> list[str]:
    """The rules by which two are one beyond doubt."""
    return [rule.name for rule in scheme().certain]


@transaction.atomic
def change_rules(
    *, alert: int | None, merging: Collection[str], across_owners: bool, by: Person, at: datetime
) -> DuplicateRules:
    """Raises Refused for a rule that there is not and a chance out of bounds."""
    require(by, "customers.change_duplicate_rules")
    known = known_rules()
    if unknown := [name for name in merging if name not in known]:
        raise Refused("no_such_duplicate_rule", rule=unknown[0])
    if alert is not None and not LEAST <= alert <= MOST:
        raise Refused("alert_out_of_bounds", least=LEAST, most=MOST)
    rules = rules_now()
    before = {field: getattr(rules, field) for field in FIELDS}
    rules.alert, rules.across_owners = alert, across_owners
    rules.merging = [name for name in known if name in merging]
    rules.changed_by, rules.changed_at = by, at
    rules.save()
    changes = changes_between(before, {field: getattr(rules, field) for field in FIELDS})
    if changes:
        record(by=by, at=at, verb="duplicates.rules_changed", kind="duplicates", subject=1, changes=changes)
    return rules
