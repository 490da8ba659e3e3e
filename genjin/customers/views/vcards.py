"""The contact people of a customer as vCards for a phone's address book: one, or all of them."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from genjin.core.reasons import NotPermitted
from genjin.core.transfer.vcards import Card, card_text
from genjin.customers.models import ContactPerson, Customer
from genjin.customers.pools.masking import masks
from genjin.customers.views.finding import customer_for

VCARD = "text/vcard; charset=utf-8"


@require_GET
def contact_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody there, and the customer itself where it has a number of its own or nobody is known."""
    row = _with_numbers(request, pk)
    cards = [_card(row, person) for person in row.contact_people.prefetch_related("phones")]
    own = [phone.number for phone in row.phones.filter(contact_person=None)]
    if own or not cards:
        cards.insert(0, Card(row.name, row.name, organisation=_organisation(row), phones=own, address=_address(row)))
    return _answer(row.name, cards)


@require_GET
def contact_card(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """One person."""
    row = _with_numbers(request, pk)
    person = row.contact_people.filter(pk=contact).first()
    if person is None:
        raise Http404
    return _answer(f"{row.name} {person.name}", [_card(row, person)])


def _with_numbers(request: HttpRequest, pk: int) -> Customer:
    """The customer; while it lies in a pool its numbers are masked, and no card can be had."""
    row = customer_for(request, pk)
    if row.is_open and masks(row):
        raise NotPermitted("claim_it_first", name=row.name)
    return row


def _organisation(row: Customer) -> str:
    return row.name if row.kind == Customer.Kind.ORGANISATION else ""


def _address(row: Customer) -> str:
    return f"{row.province}{row.city if row.city != row.province else ''}{row.district}{row.address}"


def _card(row: Customer, person: ContactPerson) -> Card:
    return Card(
        name=person.name,
        surname=person.name,
        organisation=_organisation(row),
        title=person.title,
        phones=[phone.number for phone in person.phones.all()],
        emails=[person.email] if person.email else [],
        wechat=person.wechat,
        address=_address(row),
        note=person.remarks,
    )


def _answer(name: str, cards: list[Card]) -> HttpResponse:
    response = HttpResponse("".join(map(card_text, cards)), content_type=VCARD)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name[:80])}.vcf"
    return response
