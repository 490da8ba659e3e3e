import pytest
from django.urls import reverse

from conftest import PASSWORD
from genjin.core.audit.models import Entry

NEW = {"present": PASSWORD, "password": "seven swans swim 77", "password_again": "seven swans swim 77"}


def test_everybody_changes_their_own_name_phone_and_language(client_of, lin):
    browser = client_of(lin)
    browser.post(reverse("me"), {"name": "林满", "phone": "13800000000", "email": "", "language": "en"})
    lin.refresh_from_db()
    assert (lin.name, lin.phone, lin.language) == ("林满", "13800000000", "en")
    assert Entry.objects.about("person", lin.pk).get().by == lin
    assert browser.get(reverse("me")).headers["Content-Language"] == "en"


def test_role_and_unit_are_not_ones_own_to_change(client_of, lin, south):
    words = {
        "name": "林小满",
        "language": "zh-hans",
        "role": "owner",
        "unit": south.pk,
        "is_active": "",
        "sign_in": "x",
    }
    client_of(lin).post(reverse("me"), words)
    before = (lin.role, lin.unit_id, lin.sign_in)
    lin.refresh_from_db()
    assert (lin.role, lin.unit_id, lin.sign_in) == before


def test_a_new_password_ends_other_sessions_and_keeps_this_one(client_of, lin):
    here, elsewhere = client_of(lin), client_of(lin)
    assert here.post(reverse("change_password"), NEW).headers["Location"] == reverse("me")
    assert here.get(reverse("me")).status_code == 200
    assert elsewhere.get(reverse("me")).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"present": "?"}, "present"), ({"password": "short"}, "password"), ({"password_again": "?"}, "password_again")],
)
def test_a_password_that_does_not_do_is_said_at_its_field(client_of, lin, wrong, field):
    page = client_of(lin).post(reverse("change_password"), NEW | wrong)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    lin.refresh_from_db()
    assert lin.check_password(PASSWORD)
