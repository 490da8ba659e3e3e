"""A customer handed to a colleague: a letter once, a reason on their day, and that they have looked."""

import pytest
from django.core import mail
from django.urls import reverse

from genjin.followups.escalation.digests import choose_mail
from genjin.leads.converting.models import Conversion
from genjin.leads.converting.services import Wanted, convert_lead
from genjin.leads.converting.telling import tell
from genjin.organization.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed(pushed, lin, zhou, at, settings):
    settings.MAIL = "smtp"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Person.objects.filter(pk=zhou.pk).update(email="zhou@example.cn")
    return convert_lead(lead=pushed(lin), wanted=Wanted(owner=zhou), by=lin, at=at)


def test_a_letter_goes_once_and_has_no_number_in_it(handed, at):
    assert tell(handed.pk, at=at)
    assert not tell(handed.pk, at=at)
    [letter] = mail.outbox
    assert letter.to == ["zhou@example.cn"]
    assert handed.customer.name in letter.subject
    assert "13812345678" not in letter.body


def test_who_wants_no_letters_gets_none(handed, zhou, at):
    choose_mail(is_on=False, by=zhou, at=at)
    assert not tell(handed.pk, at=at)
    assert not mail.outbox


def test_whoever_opens_it_has_looked_and_others_have_not_for_them(handed, liang, zhou, client_of):
    address = reverse("customer_origin", args=[handed.customer_id])
    client_of(liang).get(address)
    assert Conversion.objects.get().seen_at is None
    assert "从线索转来" in client_of(zhou).get(address).content.decode()
    assert Conversion.objects.get().seen_at is not None


def test_a_stranger_does_not_see_where_it_came_from(handed, fang, client_of):
    assert client_of(fang).get(reverse("customer_origin", args=[handed.customer_id])).status_code == 404
