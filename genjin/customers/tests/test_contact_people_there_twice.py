"""Which contact people of a customer may be one, and making them one on the screen."""

import pytest

from genjin.customers.duplicates.people import who_may_be_one
from genjin.customers.models import ContactPerson, PeopleMerge
from genjin.customers.services.identity import ContactFile, save_contact_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(owned, lin, at):
    row = owned(lin, "朗悦搬家服务")

    def add(name, *phones, **fields):
        contact = ContactFile({"name": name, **fields}, phones)
        return save_contact_person(customer=row, contact=contact, by=lin, at=at)

    return add


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        (("沈建国", "13812345521"), ("沈建国",), True),
        (("沈总", "13812345521"), ("沈建国", "13812345521"), True),
        (("沈总", "051088888888"), ("李经理", "051088888888"), False),
        (("沈建国", "13812345521"), ("沈建军", "13912345521"), False),
        (("沈建国", "13812345521"), ("李想", "13912345521"), False),
        (("Jack Shen",), ("jack  shen",), True),
    ],
)
def test_who_may_be_one(person, one, other, may_be):
    rows = [person(*one), person(*other)]
    assert who_may_be_one(rows) == ([rows] if may_be else [])


def test_three_of_whom_each_is_like_the_next_are_one_group(person):
    rows = [person("沈总", "13812345521"), person("沈建国", "13812345521"), person("李想"), person("沈建国")]
    assert who_may_be_one(rows) == [[rows[0], rows[1], rows[3]]]


def test_they_are_hinted_chosen_side_by_side_and_made_one(client, person, lin, zhou):
    one, two = person("沈总", "13812345521"), person("沈建国", "13812345521", title="总经理", remarks="喜欢喝茶")
    client.force_login(lin)
    where = f"/customers/{one.customer_id}/contacts/merge/?who={one.pk}&who={two.pk}"
    assert where.replace("&", "&amp;") in client.get(f"/customers/{one.customer_id}/").content.decode()
    shown = client.get(where).shown
    assert {line.field for line in shown["lines"] if line.differs} == {"name"}
    done = client.post(where, {"take-name": two.pk})
    assert done.headers["Location"] == f"/customers/{one.customer_id}/"
    assert [(each.name, each.title) for each in ContactPerson.objects.all()] == [("沈建国", "总经理")]
    panel = client.get(f"/customers/{one.customer_id}/duplicates/").content.decode()
    undo = f"/customers/contacts/merges/{PeopleMerge.objects.get().pk}/undo/"
    assert undo in panel
    client.force_login(zhou)
    assert client.post(undo).status_code == 404
    client.force_login(lin)
    client.post(undo)
    assert ContactPerson.objects.count() == 2


def test_without_two_it_asks_who(client, person, lin):
    one, two = person("沈总"), person("李想")
    client.force_login(lin)
    where = f"/customers/{one.customer_id}/contacts/merge/"
    assert client.get(where).shown["people"] == [one, two]
    for query in (f"?who={one.pk}", f"?who={one.pk}&who={one.pk}", f"?who={one.pk}&who=x&who=99999"):
        assert client.get(where + query).shown["asked"]
    assert client.post(where).status_code == 200
    assert not PeopleMerge.objects.exists()
