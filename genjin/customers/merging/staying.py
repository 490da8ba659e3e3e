"""What does not go along into a customer, since it is there already: it stays with the closed duplicate."""

from django.db.models import Q

from genjin.customers.models import Collaboration, ContactPerson, Customer, Phone


def tags(source: Customer, target: Customer) -> Q:
    return Q(tag__in=list(target.tags.values_list("pk", flat=True)))


def lendings(source: Customer, target: Customer) -> Q:
    lent = Collaboration.objects.filter(customer=target).values_list("person", flat=True)
    return Q(person__in=list(lent)) | Q(person=target.owner_id)


def phones(source: Customer, target: Customer) -> Q:
    """Numbers of nobody in particular that are there, and those of people who are."""
    return Q(contact_person=None, number__in=_numbers(target)) | Q(contact_person__in=_known_people(source, target))


def people(source: Customer, target: Customer) -> Q:
    """Who is there by the same name and brings no number and no address that is not."""
    return Q(pk__in=_known_people(source, target))


def people_merges(source: Customer, target: Customer) -> Q:
    """What was made one of people who stay."""
    return Q(kept__in=_known_people(source, target))


def _known_people(source: Customer, target: Customer) -> list[int]:
    there: dict[str, set[str]] = {}
    for person in ContactPerson.objects.filter(customer=target):
        there.setdefault(person.name, {""}).update((person.wechat, person.email))
    if not there:
        return []
    numbers = set(_numbers(target))
    known = []
    for person in ContactPerson.objects.filter(customer=source).prefetch_related("phones"):
        reached_by = {phone.number for phone in person.phones.all()}
        addresses = {person.wechat, person.email}
        if person.name in there and reached_by <= numbers and addresses <= there[person.name]:
            known.append(person.pk)
    return known


def _numbers(customer: Customer) -> list[str]:
    return list(Phone.objects.filter(customer=customer).values_list("number", flat=True))
