"""Custom fields are filled in with the file, noted, undone, and seen only by whom they are for."""

import pytest
from django.urls import reverse

from genjin.core.audit.models import Entry
from genjin.core.fields import reading
from genjin.core.fields.services import change_field, retire_field
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.history import tell
from genjin.customers.models import Customer
from genjin.customers.services import identity, restoring
from genjin.customers.tests.described import VALUES, define

pytestmark = pytest.mark.django_db
OPEN = {code: value for code, value in VALUES.items() if code != "nianyusuan"}


@pytest.fixture(autouse=True)
def fields(qian, at):
    return {field.code: field for field in define(qian, at)}


@pytest.fixture
def row(owned, lin):
    return owned(lin)


def last(row):
    return Entry.objects.about("customer", row.pk).first()


def change(row, by, at, **values):
    return identity.change_customer(customer=row, fields={}, custom=values, by=by, at=at)


def test_a_new_customer_has_the_defaults(row):
    assert Customer.objects.get().custom == {"yuangongrenshu": 5}
    assert last(row).changes["custom.yuangongrenshu"] == [None, 5]


def test_a_change_is_noted_field_by_field(row, lin, at):
    change(row, lin, at, yuangongrenshu=40, guanxin=["jiage"])
    assert Customer.objects.get().custom == {"yuangongrenshu": 40, "guanxin": ["jiage"]}
    told = tell([last(row)], row, lin)[0]
    assert [(each.label, each.before, each.after) for each in told.changes] == [
        ("员工人数", "5", "40"),
        ("关心", "", "价格"),
    ]
    change(row, lin, at, yuangongrenshu=None, guanxin=None)
    assert Customer.objects.get().custom is None


def test_what_stands_already_is_no_change(row, lin, at):
    before = Entry.objects.count()
    change(row, lin, at, yuangongrenshu=5)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("values", [{"yuangongrenshu": "x"}, {"xianyongpinpai": "sap"}, {"nothing": 1}])
def test_what_is_no_value_is_refused_and_changes_nothing(row, lin, at, values):
    with pytest.raises(Refused):
        change(row, lin, at, **values)
    assert Customer.objects.get().custom == {"yuangongrenshu": 5}


def test_a_field_of_another_role_is_not_filled(row, lin, liang, at):
    with pytest.raises(NotPermitted):
        change(row, lin, at, nianyusuan="5.00")
    change(row, liang, at, nianyusuan="5.00")
    assert Customer.objects.get().custom["nianyusuan"] == "5.00"


def test_a_change_is_taken_back(row, lin, at):
    change(row, lin, at, **OPEN)
    restoring.undo(entry=last(row), by=lin, at=at)
    assert Customer.objects.get().custom == {"yuangongrenshu": 5}
    told = tell([last(row)], row, lin)[0]
    assert ("员工人数", "40", "5") in [(each.label, each.before, each.after) for each in told.changes]


def test_taking_back_leaves_other_fields_as_they_were(row, lin, liang, at):
    change(row, liang, at, nianyusuan="9.00")
    change(row, lin, at, yuangongrenshu=6)
    restoring.undo(entry=last(row), by=lin, at=at)
    assert Customer.objects.get().custom == {"yuangongrenshu": 5, "nianyusuan": "9.00"}


def test_the_page_shows_what_is_filled_in(client_of, row, lin, liang, at):
    change(row, lin, at, **OPEN)
    change(row, liang, at, nianyusuan="12800.00")
    for person, sees in ((lin, False), (liang, True)):
        page = client_of(person).get(reverse("customer", args=[row.pk])).content.decode()
        assert "金蝶" in page
        assert "139 0000 1111" in page
        assert ("年预算" in page) is sees
        assert ("¥12,800" in page) is sees


def test_without_values_the_page_asks_for_no_field(client_of, row, lin, monkeypatch):
    Customer.objects.update(custom=None)
    Entry.objects.update(changes={"name": [None, "x"]})
    reading.ask_again()
    monkeypatch.setattr(reading, "know", lambda _rows: pytest.fail("asked for the fields"))
    assert client_of(lin).get(reverse("customer", args=[row.pk])).status_code == 200


def test_the_form_offers_what_ones_role_may_fill(client_of, row, lin, liang):
    address = reverse("customer_file", args=[row.pk])
    assert "年预算" not in client_of(lin).get(address).content.decode()
    assert "年预算" in client_of(liang).get(address).content.decode()


def test_the_form_saves_and_a_forged_field_is_passed_over(client_of, row, lin, zhou):
    address = reverse("customer_file", args=[row.pk])
    sent = {"kind": "org", "name": row.name, "version": row.version, "custom_yuangongrenshu": "1,200"}
    sent |= {"custom_nianyusuan": "1", "custom_guanxin": ["jiage", "shouhou"], "custom_qianguo": "yes"}
    assert client_of(lin).post(address, sent).status_code == 303
    stands = {"yuangongrenshu": 1200, "guanxin": ["jiage", "shouhou"], "qianguo": True}
    assert Customer.objects.get().custom == stands
    wrong = client_of(lin).post(address, sent | {"custom_yuangongrenshu": "很多"})
    assert wrong.status_code == 422
    assert 'value="很多"' in wrong.content.decode()
    assert Customer.objects.get().custom == stands
    assert client_of(zhou).post(address, sent).status_code == 404


def test_what_a_role_does_not_see_stays_when_it_saves_the_file(client_of, row, lin, liang, at):
    change(row, liang, at, nianyusuan="12800.00")
    sent = {"kind": "org", "name": "另一个名字", "version": Customer.objects.get().version}
    assert client_of(lin).post(reverse("customer_file", args=[row.pk]), sent).status_code == 303
    assert Customer.objects.get().custom == {"nianyusuan": "12800.00"}


def test_a_new_customer_is_filled_in(client_of, lin, fields, qian, at):
    address = reverse("customer_new")
    assert 'value="5"' in client_of(lin).get(address).content.decode()
    sent = {"kind": "org", "name": "苏州启禾", "class_code": "", "custom_xianyongpinpai": "yongyou"}
    change_field(field=fields["hetongdaoqiri"], is_required=True, by=qian, at=at)
    refused = client_of(lin).post(address, sent)
    assert refused.status_code == 422
    assert client_of(lin).post(address, sent | {"custom_hetongdaoqiri": "2027-01-01"}).status_code == 303
    assert Customer.objects.get().custom == {"xianyongpinpai": "yongyou", "hetongdaoqiri": "2027-01-01"}


def test_the_history_tells_a_role_only_what_it_sees(row, lin, liang, at):
    change(row, liang, at, nianyusuan="12800.00", yuangongrenshu=7)
    assert [each.label for each in tell([last(row)], row, lin)[0].changes] == ["员工人数"]
    assert [each.label for each in tell([last(row)], row, liang)[0].changes] == ["员工人数", "年预算"]


def test_a_phone_is_masked_in_a_pool(client_of, pooled, east_one, lin):
    row = pooled(east_one, custom={"beiyongdianhua": "13900001111"})
    page = client_of(lin).get(reverse("customer", args=[row.pk])).content.decode()
    assert "13900001111" not in page.replace(" ", "")
    assert "139****1111" in page


def test_a_retired_field_is_shown_no_more_and_its_history_is(client_of, row, lin, fields, qian, at):
    change(row, lin, at, xianyongpinpai="jindie")
    retire_field(field=fields["xianyongpinpai"], by=qian, at=at)
    page = client_of(lin).get(reverse("customer", args=[row.pk])).content.decode()
    assert page.count("现用品牌") == 1
    assert Customer.objects.get().custom["xianyongpinpai"] == "jindie"
    assert "现用品牌" in [each.label for each in tell([last(row)], row, lin)[0].changes]


def test_contact_people_have_fields_of_their_own(client_of, row, lin, liang, qian, at):
    define(qian, at, subject="contact_person")
    address = reverse("contact_new", args=[row.pk])
    sent = {"name": "王总", "custom_hetongdaoqiri": "1980-03-02", "custom_nianyusuan": "3", "version": row.version}
    assert client_of(lin).post(address, sent).status_code == 303
    (person,) = row.contact_people.all()
    assert person.custom == {"hetongdaoqiri": "1980-03-02"}
    assert "1980-03-02" in client_of(lin).get(reverse("customer", args=[row.pk])).content.decode()
    assert ("合同到期日", "", "1980-03-02") in [
        (each.label, each.before, each.after) for each in tell([last(row)], row, lin)[0].changes
    ]
    change_it = reverse("contact_edit", args=[row.pk, person.pk])
    client_of(liang).post(change_it, {"name": "王总", "custom_nianyusuan": "3"})
    client_of(lin).post(change_it, {"name": "王总", "custom_yuangongrenshu": "2"})
    person.refresh_from_db()
    assert person.custom == {"yuangongrenshu": 2, "nianyusuan": "3.00"}
