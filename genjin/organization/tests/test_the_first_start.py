import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from genjin.organization.models import Person, Unit
from genjin.organization.services import make_unit
from genjin.organization.services.first_run import first_run_key

WORDS = {
    "company": "苏南同城",
    "name": "钱立群",
    "sign_in": "Qian",
    "password": "rivers run to 2026",
    "password_again": "rivers run to 2026",
}
WELCOME = reverse("welcome")


@pytest.fixture
def here(db, clock) -> Client:
    return Client(REMOTE_ADDR="127.0.0.1")


@pytest.fixture
def elsewhere(db, clock) -> Client:
    return Client(REMOTE_ADDR="192.168.3.4")


@pytest.mark.parametrize("page", ["home", "sign_in", "settings", "person_list"])
def test_without_anybody_every_page_leads_to_the_welcome(here, page):
    assert here.get(reverse(page), follow=True).request["PATH_INFO"] == WELCOME


def test_the_owner_is_made_and_signed_in(here):
    answer = here.post(WELCOME, WORDS)
    assert answer.headers["Location"] == reverse("first_steps")
    owner = Person.objects.get()
    assert (owner.role, owner.sign_in, owner.unit.name) == ("owner", "qian", "苏南同城")
    assert here.session["_auth_user_id"] == str(owner.pk)
    steps = here.get(reverse("first_steps"))
    assert reverse("unit_list") in steps.text
    assert reverse("person_add") in steps.text


def test_a_step_is_ticked_once_it_is_taken(client_of, qian, headquarters):
    headquarters.adoption.delete()

    def ticked():
        steps = client_of(qian).get(reverse("first_steps")).context["steps"]
        return {step.href: step.done for step in steps}

    first = [reverse("playbook_list"), reverse("unit_list"), reverse("person_add"), reverse("import_customers")]
    assert list(ticked()) == first
    assert not any(ticked().values())
    make_unit(by=qian, at=timezone.now(), name="华东大区", parent=headquarters)
    assert ticked()[reverse("unit_list")]
    assert client_of(qian).get(reverse("settings")).context["left"] == 3


@pytest.mark.parametrize(
    "wrong",
    [{"company": ""}, {"password": "short", "password_again": "short"}, {"password_again": "?"}, {"sign_in": "a b"},
     {"name": "x" * 10_000}],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_made(here, wrong):
    page = here.post(WELCOME, WORDS | wrong)
    assert page.status_code == 422
    assert not Person.objects.exists()
    assert not Unit.objects.exists()


def test_with_somebody_there_the_welcome_is_over(here, lin):
    assert here.get(WELCOME).headers["Location"] == reverse("sign_in")
    assert here.post(WELCOME, WORDS).headers["Location"] == reverse("sign_in")
    assert Person.objects.count() == 1


def test_from_another_machine_it_takes_the_key(elsewhere):
    assert elsewhere.get(WELCOME).status_code == 403
    assert elsewhere.post(WELCOME, WORDS).status_code == 403
    assert elsewhere.post(f"{WELCOME}?key=guess", WORDS).status_code == 403
    assert not Person.objects.exists()
    address = f"{WELCOME}?key={first_run_key()}"
    page = elsewhere.get(address)
    assert page.status_code == 200
    assert f'action="{address}"' in page.text
    assert elsewhere.post(address, WORDS).status_code == 302
    assert Person.objects.get().role == "owner"


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_a_proxy_on_this_machine_does_not_make_everybody_local(here, header):
    assert here.get(WELCOME, headers={header: "192.168.3.4"}).status_code == 403
