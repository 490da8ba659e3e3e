"""Who a customer is: making one, changing its file, the people at it, the profile for the call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import changes_between, record
from genjin.core.fields.services import values_given, values_of_new
from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Reason, Refused
from genjin.customers.custom import names_of, value_of
from genjin.customers.models import ContactPerson, Customer, Phone, Pool, Profile, Tag
from genjin.customers.pools import resting
from genjin.customers.rules import name_key, normalised_phone
from genjin.customers.search import reindex_customer
from genjin.customers.services.ownership import Taker
from genjin.customers.services.phones import hold_phones
from genjin.customers.services.records import keep, locked, require_working
from genjin.customers.services.standing import enter_class, start_cycle
from genjin.organization.models import Person
from genjin.playbooks.practice import Practice, practice_of
from genjin.playbooks.variant import CustomerClass

FILE = (
    "kind", "name", "short_name", "industry", "source_id", "province", "city", "district", "address", "remarks",
    "external_id", "referred_by_id",
)  # fmt: skip
PROFILE = ("peers", "competitor_use", "own_pages", "search_presence", "market")
CONTACT = ("name", "title", "is_key_person", "decision_role", "influence", "wechat", "email", "remarks")


@dataclass(frozen=True, slots=True)
class ContactFile:
    """A contact person as a form gives one; `fields` are those of CONTACT, `phones` as typed, `custom` what is
    given of custom fields."""

    fields: Mapping[str, Any]
    phones: Sequence[str] = field(default=())
    custom: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def create_customer(
    *,
    fields: Mapping[str, Any],
    phones: Sequence[str] = (),
    contact: ContactFile | None = None,
    tags: Sequence[str] = (),
    custom: Mapping[str, Any] | None = None,
    class_code: str = "",
    owner: Person | None = None,
    pool: Pool | None = None,
    anyway: bool = True,
    is_placed: bool = False,
    by: Person,
    at: datetime,
) -> Customer:
    """A new open customer, owned or in a pool, in the entry class unless another is given.

    `is_placed`: the caller has asked already whether this owner may have it, as who makes a lead a customer does.

    Owned ones have their first due date at once; custom fields that `custom` does not name have their defaults. Raises
    Refused for a phone that is none; and, unless it is wanted `anyway`, for one that the company has already.
    """
    require(by, "customers.create")
    numbers = numbers_of([*phones, *(contact.phones if contact else ())])
    hold_phones(numbers)
    if not anyway and Phone.objects.filter(number__in=numbers).exists():
        raise Refused("phone_is_known")
    if (owner is None) == (pool is None):
        raise Refused("owner_or_pool")
    unit = owner.unit if owner else pool.unit  # type: ignore[union-attr]
    practice = practice_of(unit)
    today = timezone.localdate(at)
    cls = _class_to_enter(practice, class_code)
    if not is_placed:
        _require_placing(owner, pool, cls.code, by)
    customer = Customer(**fields, owner=owner, pool=pool, unit=unit, created_at=at, created_by=by)
    customer.name_key = name_key(customer.name)
    customer.custom = values_of_new("customer", custom or {}, by=by)
    customer.owned_since = today if owner else None
    enter_class(customer, practice, cls.code, today=today)
    if owner:
        start_cycle(customer, practice, anchor=today, anchor_kind="assigned")
    else:
        customer.claimable_from = resting.claimable_from(practice, today=today)
    customer.save(force_insert=True)
    write_phones(customer, None, phones)
    if contact and contact.fields.get("name"):
        _write_contact(customer, contact, None, by)
    write_tags(customer, tags)
    record(
        by=by, at=at, verb="customer.created", kind="customer", subject=customer.pk,
        changes={"name": [None, customer.name], "class_code": [None, customer.class_code], "version": [0, 1]}
        | {name: [None, value_of(customer, name)] for name in names_of(customer.custom)},
    )  # fmt: skip
    reindex_customer(customer)
    return customer


def _class_to_enter(practice: Practice, code: str) -> CustomerClass:
    if not code:
        return practice.playbook.entry_class
    if not practice.playbook.has_class(code):
        raise Refused("no_such_class", class_code=code)
    cls = practice.playbook.class_of(code)
    if cls.closes_as:
        raise Refused("class_closes_the_customer", class_code=code)
    return cls


def _require_placing(owner: Person | None, pool: Pool | None, code: str, by: Person) -> None:
    """One's own new customer is a fact that no limit refuses; for somebody else it is an assignment."""
    if pool is not None:
        if not Pool.objects.visible_to(by).filter(pk=pool.pk).exists():
            raise NotPermitted("pool_out_of_scope", name=pool.name)
        return
    assert owner is not None
    if owner.pk == by.pk:
        return
    require(by, "customers.assign")
    if not Person.objects.visible_to(by).filter(pk=owner.pk).exists():
        raise NotPermitted("person_out_of_scope", person=owner.name)
    Taker(owner).require_room(code)


@transaction.atomic
def change_customer(
    *,
    customer: Customer,
    fields: Mapping[str, Any],
    phones: Sequence[str] | None = None,
    tags: Sequence[str] | None = None,
    custom: Mapping[str, Any] | None = None,
    by: Person,
    at: datetime,
    version: int | None = None,
) -> Customer:
    """Change the customer's file: only the fields given. Raises Outdated when somebody else was faster."""
    hold_phones(numbers_of(phones or ()))
    row = locked(customer, version=version)
    require_working(row, by, timezone.localdate(at))
    values = values_given("customer", custom or {}, held=row.custom, by=by)
    names = (*FILE, *names_of(row.custom, values))
    before = {name: value_of(row, name) for name in names}
    before |= {"phones": phones_of(row), "tags": tags_of(row)}
    for name, value in fields.items():
        setattr(row, name, value)
    row.name_key, row.custom = name_key(row.name), values
    if phones is not None:
        write_phones(row, None, phones)
    if tags is not None:
        write_tags(row, tags)
    after = {name: value_of(row, name) for name in names} | {"phones": phones_of(row), "tags": tags_of(row)}
    changes = changes_between(before, after)
    if not changes:
        return row
    row.version += 1
    row.save()
    changes["version"] = [row.version - 1, row.version]
    record(by=by, at=at, verb="customer.changed", kind="customer", subject=row.pk, changes=changes)
    reindex_customer(row)
    return row


@transaction.atomic
def save_contact_person(
    *,
    customer: Customer,
    contact: ContactFile,
    existing: ContactPerson | None = None,
    by: Person,
    at: datetime,
    version: int | None = None,
) -> ContactPerson:
    """Add a contact person, or change one. Raises Outdated when somebody else was faster."""
    hold_phones(numbers_of(contact.phones))
    row = locked(customer, version=version)
    require_working(row, by, timezone.localdate(at))
    if existing:
        existing = ContactPerson.objects.get(pk=existing.pk, customer=row)
    return _keep_contact(row, contact, existing, by, at)


@transaction.atomic
def import_contact_person(
    *, customer: Customer, contact: ContactFile, run: int, row: int, by: Person, at: datetime
) -> ContactPerson:
    """Add a contact person that a row of an import names. Who may import may do so in a pool too, where nobody works.

    The person's `customer` has the version that this made.
    """
    require(by, "customers.import")
    origin = {"import_run": [None, run], "row": [None, row]}
    return _keep_contact(locked(customer), contact, None, by, at, origin)


def _keep_contact(
    row: Customer,
    contact: ContactFile,
    existing: ContactPerson | None,
    by: Person,
    at: datetime,
    besides: Mapping[str, list[Any]] | None = None,
) -> ContactPerson:
    before = _contact_file(existing) if existing else {}
    person = _write_contact(row, contact, existing, by)
    after = dict.fromkeys(before) | _contact_file(person)
    changes = changes_between(before, after)
    if changes:
        verb = "contact_person.changed" if existing else "contact_person.added"
        changes |= {"contact_person": [person.name, person.name], **(besides or {})}
        keep(row, {}, by=by, at=at, verb=verb, changes=changes)
        reindex_customer(row)
    return person


@transaction.atomic
def remove_contact_person(*, contact: ContactPerson, by: Person, at: datetime) -> None:
    """Take a contact person off the customer; the record of who it was stays in the audit trail."""
    row = locked(contact.customer_id)
    require_working(row, by, timezone.localdate(at))
    gone = {name: [value, None] for name, value in _contact_file(contact).items() if value}
    gone["contact_person"] = [contact.name, None]
    contact.delete()
    keep(row, {}, by=by, at=at, verb="contact_person.removed", changes=gone)
    reindex_customer(row)


@transaction.atomic
def change_profile(
    *, customer: Customer, fields: Mapping[str, str], by: Person, at: datetime, version: int | None = None
) -> Profile:
    """Fill what one wants to know before dialling (C5). Raises Outdated when somebody else was faster."""
    row = locked(customer, version=version)
    require_working(row, by, timezone.localdate(at))
    profile = Profile.objects.filter(customer=row).first() or Profile(customer=row)
    before = {name: getattr(profile, name) for name in PROFILE}
    for name, value in fields.items():
        setattr(profile, name, value)
    changes = changes_between(before, {name: getattr(profile, name) for name in PROFILE})
    if changes:
        profile.save()
        keep(row, {}, by=by, at=at, verb="customer.profile_changed", changes=changes)
    return profile


def numbers_of(phones: Sequence[str]) -> list[str]:
    """Typed phones normalised, each once. Raises Refused naming the first that is no phone."""
    numbers: list[str] = []
    for typed in phones:
        if not typed.strip():
            continue
        number = normalised_phone(typed)
        if isinstance(number, Reason):
            raise Refused(number.code, **number.figures)
        if number not in numbers:
            numbers.append(number)
    return numbers


def write_phones(customer: Customer, contact: ContactPerson | None, phones: Sequence[str]) -> None:
    numbers = numbers_of(phones)
    Phone.objects.filter(customer=customer, contact_person=contact).exclude(number__in=numbers).delete()
    kept = {phone.number: phone for phone in Phone.objects.filter(customer=customer, contact_person=contact)}
    for position, number in enumerate(numbers):
        phone = kept.get(number) or Phone(customer=customer, contact_person=contact, number=number)
        if phone.pk is None or phone.position != position:
            phone.position = position
            phone.save()


def _write_contact(
    customer: Customer, contact: ContactFile, existing: ContactPerson | None, by: Person
) -> ContactPerson:
    person = existing or ContactPerson(customer=customer, position=customer.contact_people.count())
    for name, value in contact.fields.items():
        setattr(person, name, value)
    if existing is None:
        person.custom = values_of_new("contact_person", contact.custom, by=by)
    else:
        person.custom = values_given("contact_person", contact.custom, held=person.custom, by=by)
    person.save()
    write_phones(customer, person, contact.phones)
    return person


def write_tags(customer: Customer, names: Sequence[str]) -> None:
    wanted = [name for name in dict.fromkeys(name.strip()[:30] for name in names) if name]
    Tag.objects.bulk_create([Tag(name=name) for name in wanted], ignore_conflicts=True)
    customer.tags.set(Tag.objects.filter(name__in=wanted))


def phones_of(customer: Customer) -> list[str]:
    rows = Phone.objects.filter(customer=customer, contact_person=None)
    return list(rows.values_list("number", flat=True))


def tags_of(customer: Customer) -> list[str]:
    return list(customer.tags.values_list("name", flat=True))


def _contact_file(person: ContactPerson) -> dict[str, Any]:
    numbers = list(Phone.objects.filter(contact_person=person).values_list("number", flat=True))
    names = (*CONTACT, *names_of(person.custom))
    return {name: value_of(person, name) for name in names} | {"phones": numbers}
