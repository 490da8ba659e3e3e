"""Every door of the settings from both sides."""

import pytest
from django.test import Client
from django.urls import reverse

OPEN_TO = {
    "settings": {"owner": 200, "manager": 200, "seller": 200},
    "calendar": {"owner": 200, "manager": 200, "seller": 200},
    "playbook_list": {"owner": 200, "manager": 200, "seller": 200},
    "me": {"owner": 200, "manager": 200, "seller": 200},
    "change_password": {"owner": 200, "manager": 200, "seller": 200},
    "first_steps": {"owner": 200, "manager": 200, "seller": 403},
    "unit_list": {"owner": 200, "manager": 200, "seller": 403},
    "unit_add": {"owner": 200, "manager": 200, "seller": 403},
    "person_list": {"owner": 200, "manager": 200, "seller": 403},
    "person_add": {"owner": 200, "manager": 200, "seller": 403},
}
WITH_PERSON = ["person_change", "person_leave"]
POSTED = ["person_link", "person_reset", "person_return"]


@pytest.fixture
def cast(qian, liang, zhou):
    return {"owner": qian, "manager": liang, "seller": zhou}


@pytest.mark.parametrize("page", OPEN_TO)
@pytest.mark.parametrize("who", ["owner", "manager", "seller"])
def test_what_a_role_may_open(client_of, cast, page, who):
    assert client_of(cast[who]).get(reverse(page)).status_code == OPEN_TO[page][who]


@pytest.mark.parametrize("page", WITH_PERSON)
def test_a_colleagues_page_opens_to_owner_and_manager_and_to_no_stranger(client_of, cast, fang, lin, page):
    address = reverse(page, args=[lin.pk])
    assert client_of(cast["owner"]).get(address).status_code == 200
    assert client_of(cast["manager"]).get(address).status_code == 200
    assert client_of(cast["seller"]).get(address).status_code == 403
    assert client_of(fang).get(address).status_code == 404
    assert client_of(cast["owner"]).get(reverse(page, args=[999_999])).status_code == 404


@pytest.mark.parametrize("page", POSTED)
def test_a_strangers_post_changes_nothing(client_of, cast, fang, lin, page):
    address = reverse(page, args=[lin.pk])
    password = lin.password
    assert client_of(cast["seller"]).post(address).status_code == 403
    assert client_of(fang).post(address).status_code == 404
    assert client_of(cast["manager"]).get(address).status_code == 405
    lin.refresh_from_db()
    assert lin.password == password


def test_a_unit_of_another_region_is_not_there(client_of, fang, qian, east_one):
    address = reverse("unit_change", args=[east_one.pk])
    assert client_of(fang).get(address).status_code == 404
    assert client_of(fang).post(address, {"name": "x"}).status_code == 404
    assert client_of(qian).get(address).status_code == 200


def test_a_manager_does_not_open_the_leaving_of_an_owner(client_of, liang, qian, east_one):
    qian.unit = east_one
    qian.save()
    assert client_of(liang).get(reverse("person_leave", args=[qian.pk])).status_code == 403
    seen = client_of(liang).get(reverse("person_change", args=[qian.pk]))
    assert seen.status_code == 200
    assert '<form method="post" class' not in seen.text


def test_a_reader_sees_people_and_changes_none(client_of, lin, liang):
    liang.role = "reader"
    liang.save()
    browser = client_of(liang)
    assert browser.get(reverse("person_list")).status_code == 200
    page = browser.get(reverse("person_change", args=[lin.pk]))
    assert reverse("person_leave", args=[lin.pk]) not in page.text
    assert browser.get(reverse("person_add")).status_code == 403
    assert browser.post(reverse("person_change", args=[lin.pk]), {"name": "x"}).status_code == 200
    lin.refresh_from_db()
    assert lin.name == "林小满"


@pytest.mark.parametrize("page", [*OPEN_TO, *WITH_PERSON])
def test_nobody_comes_in_without_signing_in(db, clock, lin, page):
    address = reverse(page, args=[lin.pk] if page in WITH_PERSON else [])
    assert Client().get(address).headers["Location"].startswith(reverse("sign_in"))
