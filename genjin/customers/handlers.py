"""What customers do when something happens to units, people and playbooks."""

from typing import Any

from django.db.models import F

from genjin.core.audit.services import entry, record_many
from genjin.core.fields.events import SearchedFieldsChanged
from genjin.customers import jobs
from genjin.customers.bulk import renewing, runs, suiting
from genjin.customers.bulk.models import BulkRun
from genjin.customers.models import Customer, CustomerQuerySet, Pool
from genjin.customers.services.ownership import hand_over
from genjin.customers.services.playbook_change import suit_customers_to_playbook
from genjin.organization.events import PersonLeft, PersonMoved, UnitChanged, UnitMade
from genjin.playbooks.editions.effects import changed_cycles
from genjin.playbooks.events import EditionTookEffect, PlaybookAdopted


def make_pool(event: UnitMade) -> None:
    """Every unit has a pool from its first moment."""
    Pool.objects.create(unit=event.unit, home_of=event.unit, name=event.unit.name)


def rename_pool(event: UnitChanged) -> None:
    if "name" in event.changes:
        Pool.objects.filter(home_of=event.unit, name=event.changes["name"][0]).update(name=event.unit.name)


def pass_on_customers(event: PersonLeft) -> None:
    """No open customer is ever owned by somebody who left."""
    unit = event.hand_over.unit or event.person.unit
    pool = None if event.hand_over.receivers else unit.pool
    hand_over(leaver=event.person, among=event.hand_over.receivers, pool=pool, by=event.by, at=event.at)


def follow_owner(event: PersonMoved) -> None:
    """Customers go with their owner into another unit, and work by its playbook from now on."""
    rows = Customer.objects.filter(owner=event.person)
    moved = [
        entry(
            by=event.by, at=event.at, verb="customer.moved_with_owner", kind="customer", subject=pk,
            changes={"unit_id": [event.unit_before.pk, event.person.unit_id], "version": [version, version + 1]},
        )
        for pk, version in rows.values_list("pk", "version")
    ]  # fmt: skip
    rows.update(unit=event.person.unit, version=F("version") + 1)
    record_many(moved)
    suit_customers_to_playbook(
        customers=Customer.objects.owned_by(event.person), unit=event.person.unit, by=event.by, at=event.at
    )


def follow_searched_fields(event: SearchedFieldsChanged) -> None:
    """Customers are found by other custom fields than before: looked through in the background."""
    if event.subject in ("customer", "contact_person"):
        jobs.follow_searched_fields.later(event.subject)


def suit_units(event: PlaybookAdopted) -> None:
    """Units work by another playbook: their customers' classes are mapped, a few now, many in the background."""
    _bring_along(BulkRun.Verb.PLAYBOOK, suiting.unsuited(event.units), {"units": list(event.units)}, event)


def renew_customers(event: EditionTookEffect) -> None:
    """A playbook was changed: its customers' classes follow, and their dates where that was asked for."""
    edition, classes = event.edition, []
    if edition.dates_too:
        classes = changed_cycles(event.before, event.after)
    options = {"playbook": edition.playbook, "classes": classes, "number": edition.number, "reason": edition.note}
    _bring_along(BulkRun.Verb.RENEW, renewing.unrenewed(edition.playbook, classes), options, event)


def _bring_along(
    verb: str, astray: CustomerQuerySet, options: dict[str, Any], event: PlaybookAdopted | EditionTookEffect
) -> None:
    """A run over customers that are not as they should be by now: few at once, many in the background."""
    count = len(astray.values_list("pk", flat=True)[: runs.AT_ONCE + 1])
    if not count:
        return
    run = runs.start(verb=verb, options=options, by=event.by, at=event.at)
    if count > runs.AT_ONCE:
        jobs.carry_out_bulk_run.later(run.pk)
    else:
        runs.carry_out(run, clock=lambda: event.at)
